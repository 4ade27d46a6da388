"""One participant: her minutes per session, correcting them, and taking her off the list."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.fields import FieldView
from kernel.web import Form, actor, posted_version, see_other
from kernel.web.languages import translated
from kernel.web.menu import Link
from training.participants import schemas, service
from training.participants.pages.blueprint import MANAGE, asks_reason, crumbs, pages
from training.participants.rules import GENDER_LABELS, RESULT_LABELS, ScheduledSession
from training.participants.service import AttendanceRecord


@pages.form("/<uuid:participant_id>", permission=MANAGE)
def person(workshop_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """What one participant attended, to look at and to correct."""
    seen = service.attendance_record(actor(), workshop_id, participant_id)
    form = asks_reason(
        Form(
            schemas.minutes_form(seen.agenda, seen.minutes, locked=seen.locked),
            {one.field: seen.minutes.get(one.id) for one in seen.agenda},
            version=seen.participant.version,
        )
    )
    if form.accepts(lambda data: _correct(seen, form, data)):
        flash(gettext("The minutes were saved."), "ok")
        return see_other(
            "participants.person", workshop_id=workshop_id, participant_id=participant_id
        )
    return form.render(
        "participants/person.html",
        seen=seen,
        minutes=[_field(form, one) for one in seen.agenda],
        genders=translated(GENDER_LABELS),
        results=translated(RESULT_LABELS),
        remove_url=url_for(
            "participants.remove", workshop_id=workshop_id, participant_id=participant_id
        ),
        crumbs=crumbs(workshop_id, seen.workshop.title, seen.participant.name),
    )


@pages.form("/<uuid:participant_id>/correct", permission=MANAGE)
def correct(workshop_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Put right what the list says of a participant besides her minutes."""
    seen = service.attendance_record(actor(), workshop_id, participant_id)
    form = asks_reason(
        Form(
            schemas.participant_form(locked=seen.locked),
            seen.participant,
            version=seen.participant.version,
        )
    )
    if form.accepts(
        lambda data: service.correct_details(
            actor(), participant_id, version=form.posted_version, **data
        )
    ):
        flash(gettext("The participant was corrected."), "ok")
        return see_other(
            "participants.person", workshop_id=workshop_id, participant_id=participant_id
        )
    return form.render(
        "participants/correct.html",
        seen=seen,
        crumbs=[
            *crumbs(workshop_id, seen.workshop.title, seen.participant.name)[:-1],
            Link(
                seen.participant.name,
                url_for(
                    "participants.person", workshop_id=workshop_id, participant_id=participant_id
                ),
            ),
            Link(gettext("Correct"), ""),
        ],
    )


@pages.action("/<uuid:participant_id>/remove", permission=MANAGE)
def remove(workshop_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    """Take somebody off the list."""
    seen = service.attendance_record(actor(), workshop_id, participant_id)
    service.remove_participant(actor(), participant_id, version=posted_version())
    flash(gettext("%(name)s was taken off the list.", name=seen.participant.name), "ok")
    return see_other("participants.index", workshop_id=workshop_id)


def _field(form: Form, session: ScheduledSession) -> FieldView:
    """The field of a session, saying how long it lasts."""
    hint = ngettext("Of %(num)s minute", "Of %(num)s minutes", session.minutes)
    return replace(form[session.field], hint=hint)


def _correct(seen: AttendanceRecord, form: Form, data: dict[str, Any]) -> None:
    minutes = {one.id: data[one.field] for one in seen.agenda if data[one.field] is not None}
    service.correct_attendance(
        actor(),
        seen.participant.id,
        minutes,
        reason=data.get("reason"),
        version=form.posted_version,
    )
