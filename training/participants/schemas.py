"""The forms, addresses and JSON bodies of participants, and what the API answers."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from flask_babel import gettext
from marshmallow import ValidationError, validates_schema
from marshmallow.fields import Field

from kernel import fields
from kernel.errors import N_
from kernel.fields import BaseField
from training.participants.rules import (
    BAD_MINUTES,
    GENDER_LABELS,
    OUT_OF_SESSION,
    RESULT_LABELS,
    Gender,
    Result,
    ScheduledSession,
    parse_minutes,
)


class MinutesField(BaseField):
    """Minutes attended of one session, at most its length: "90", "1h30", "180 min", "1:30"."""

    widget = "number"

    def __init__(self, session: ScheduledSession, **options: Any) -> None:
        self.session = session
        messages = {"invalid": BAD_MINUTES, "required": BAD_MINUTES, "too_long": OUT_OF_SESSION}
        super().__init__(error_messages=messages, **options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> int:
        attended = parse_minutes(str(value))
        if attended is None:
            raise self.make_error("invalid")
        if attended > self.session.minutes:
            raise self.make_error("too_long", code=self.session.code, minutes=self.session.minutes)
        return attended


def with_fields(base: type[fields.Schema], more: Mapping[str, Field[Any]]) -> fields.Schema:
    """A schema with fields of this workshop beside its own, such as one for each session."""
    return cast(fields.Schema, base.from_dict(dict(more), name=f"{base.__name__}OfWorkshop")())


class Correction(fields.Schema):
    """What is said beside a change to attendance that is locked."""

    reason = fields.LongText(
        label=N_("Reason for the correction"),
        hint=N_("Kept in the audit trail, for example where the signed sheet was found."),
        max_length=1_000,
        rows=3,
    )


def minutes_form(
    agenda: Sequence[ScheduledSession], on_record: Collection[UUID], *, locked: bool
) -> fields.Schema:
    """The form of one participant's minutes: what is on record may be corrected, not emptied."""
    minutes: dict[str, Field[Any]] = {
        one.field: MinutesField(
            one,
            label=f"{one.code} – {one.title}",
            required=one.id in on_record,
        )
        for one in agenda
    }
    return with_fields(Correction if locked else fields.Schema, minutes)


class ParticipantSchema(Correction):
    """What the list says of a participant: of one added by hand, or put right."""

    name = fields.Text(label=N_("Full name"), required=True)
    gender = fields.Choice(
        Gender, label=N_("Gender"), labels=GENDER_LABELS, load_default=Gender.NOT_DECLARED
    )
    country = fields.Country(label=N_("Country"), required=True)
    address = fields.Email(
        label=N_("Mail address"),
        hint=N_("An address the network knows is that same person."),
        required=True,
    )

    class Meta(fields.Schema.Meta):
        """The order of the form."""

        fields = ("name", "gender", "country", "address", "reason")


def participant_form(*, locked: bool) -> fields.Schema:
    """The form of what the list says of a participant; once attendance is locked it asks for the reason."""
    return ParticipantSchema(exclude=() if locked else ("reason",))


class ParticipantsUpload(fields.Schema):
    """A file of participants: the first step of an import."""

    file = fields.Upload(
        label=N_("File of participants"),
        hint=N_(
            "CSV or Excel (.xlsx) with full name, gender, country, e-mail,"
            " and a column of minutes for each session."
        ),
        required=True,
        attrs={"accept": ".csv,.txt,.tsv,.xlsx"},
    )


class ImportParticipantsOptions(fields.Schema):
    """How a file of participants is imported through the API."""

    dry_run = fields.Boolean(label=N_("Only tell what would happen"))
    leave_out = fields.Text(
        label=N_("Rows to leave out"),
        hint=N_("Numbers of rows with commas between them, such as 32,34."),
        max_length=2_000,
        load_default="",
    )


class SeenTally(fields.Schema):
    """What the person who locks attendance was told it amounts to."""

    earned = fields.Integer(label=RESULT_LABELS[Result.EARNED], widget="hidden")
    took_part = fields.Integer(label=RESULT_LABELS[Result.TOOK_PART], widget="hidden")
    absent = fields.Integer(label=RESULT_LABELS[Result.ABSENT], widget="hidden")


class SeenTallyBody(fields.Schema):
    """What attendance amounts to according to whoever locks it through the API."""

    earned = fields.Integer(label=RESULT_LABELS[Result.EARNED], required=True)
    took_part = fields.Integer(label=RESULT_LABELS[Result.TOOK_PART], required=True)
    absent = fields.Integer(label=RESULT_LABELS[Result.ABSENT], required=True)


class ParticipantQuery(fields.Schema):
    """How the list is narrowed: in the address of the page, and as parameters of the API."""

    q = fields.Text(label=N_("Name or mail address"), max_length=100)
    standing = fields.Choice(Result, label=N_("Standing"), labels=RESULT_LABELS)
    gender = fields.Choice(Gender, label=N_("Gender"), labels=GENDER_LABELS)
    country = fields.Country(label=N_("Country"))


class ParticipantListQuery(ParticipantQuery):
    """The list, one page at a time."""

    page = fields.Integer(label=N_("Page"), min=1, max=10_000, load_default=1)


class SessionMinutes(fields.Schema):
    """Minutes attended of one session."""

    session_id = fields.Identifier(label=N_("Session"), required=True)
    minutes = fields.Integer(label=N_("Minutes attended"), max=1_440, required=True)


class CorrectionBody(fields.Schema):
    """Minutes by session to set, through the API; the other sessions stay as they are."""

    minutes = fields.ListOf(fields.Nested(SessionMinutes), required=True)
    reason = fields.Text(label=N_("Reason for the correction"), max_length=1_000)

    @validates_schema
    def _name_each_session_once(self, data: dict[str, Any], **_: Any) -> None:
        if len({one["session_id"] for one in data["minutes"]}) < len(data["minutes"]):
            raise ValidationError(gettext("Name each session once."), "minutes")


class ParticipantOut(fields.Schema):
    """A participant as the API gives her."""

    id = fields.Identifier(attribute="participant_id")
    person_id = fields.Identifier()
    name = fields.Text(label=N_("Full name"))
    address = fields.Text(label=N_("Mail address"))
    gender = fields.Text(label=N_("Gender"))
    country = fields.Text(label=N_("Country"))
    organisation_id = fields.Identifier(label=N_("Organisation"))
    organisation = fields.Text(attribute="organisation_name", label=N_("Organisation"))
    attended_minutes = fields.Integer(attribute="standing.attended", label=N_("Minutes attended"))
    scheduled_minutes = fields.Integer(
        attribute="standing.scheduled", label=N_("Minutes scheduled")
    )
    standing = fields.Text(attribute="standing.result", label=N_("Standing"))


class ParticipantsPage(fields.Schema):
    """One page of the list."""

    items = fields.ListOf(fields.Nested(ParticipantOut))
    page = fields.Integer(label=N_("Page"))
    pages = fields.Integer(label=N_("Pages"))
    total = fields.Integer(label=N_("Participants"))


class SessionMinutesOut(fields.Schema):
    """One session of the agenda with what a participant attended; null is not on record."""

    session_id = fields.Identifier()
    code = fields.Text(label=N_("Session"))
    title = fields.Text(label=N_("Title"))
    scheduled_minutes = fields.Integer(label=N_("Minutes scheduled"))
    minutes = fields.Integer(label=N_("Minutes attended"))


class ParticipantDetail(ParticipantOut):
    """A participant with her minutes."""

    sessions = fields.ListOf(fields.Nested(SessionMinutesOut))


class TallyOut(fields.Schema):
    """How many people each standing counts."""

    earned = fields.Integer(label=RESULT_LABELS[Result.EARNED])
    took_part = fields.Integer(label=RESULT_LABELS[Result.TOOK_PART])
    absent = fields.Integer(label=RESULT_LABELS[Result.ABSENT])


class GenderTallyOut(TallyOut):
    """The standings of one gender."""

    gender = fields.Text(label=N_("Gender"))


class AttendanceOut(TallyOut):
    """What the attendance of a workshop amounts to, and whether it is final."""

    scheduled_minutes = fields.Integer(label=N_("Minutes scheduled"))
    locked_at = fields.DateTime(label=N_("Locked"))
    by_gender = fields.ListOf(fields.Nested(GenderTallyOut))
