"""The forms and JSON bodies of missions, and what the API answers."""

from kernel.errors import N_
from kernel.fields import (
    Choice,
    Country,
    Date,
    DateTime,
    Identifier,
    Integer,
    ListOf,
    LongText,
    Nested,
    Schema,
    Text,
    TimeZone,
    Upload,
)
from missions.missions.rules import (
    Ending,
    Finding,
    InvitationState,
    MissionKind,
    MissionState,
    Precision,
)
from missions.missions.words import (
    ENDINGS,
    FINDINGS,
    INVITATION_STATES,
    KINDS,
    PRECISIONS,
    STATES,
)


class MissionFilterSchema(Schema):
    """What the list of missions is narrowed to."""

    state = Choice(MissionState, labels=STATES, label=N_("State"))
    country = Country(label=N_("Country"))
    kind = Choice(MissionKind, labels=KINDS, label=N_("Kind"))


class MissionSchema(Schema):
    """A new mission."""

    kind = Choice(MissionKind, labels=KINDS, label=N_("Kind"), required=True)
    country = Country(label=N_("Country"), required=True)
    title = Text(
        label=N_("Title"),
        hint=N_("For example “General election, Ruritania”."),
        required=True,
        max_length=200,
    )
    polling_day = Date(
        label=N_("Polling day"),
        hint=N_("If it is not fixed yet, enter the day to plan for."),
        required=True,
    )
    precision = Choice(
        Precision,
        labels=PRECISIONS,
        label=N_("How exactly polling day is known"),
        load_default=Precision.DAY,
    )
    time_zone = TimeZone(label=N_("Time zone of the country"), required=True)
    observers = Integer(
        label=N_("Observers"),
        hint=N_("How many the plan counts on. You can change this later."),
        load_default=0,
        min=0,
        max=2000,
    )
    staff = Integer(label=N_("Support staff"), load_default=0, min=0, max=2000)
    parent_id = Identifier(
        label=N_("Advance team of"), hint=N_("Only for an advance team: the mission it prepares.")
    )


class MissionChangeSchema(Schema):
    """What may be changed on a mission at any time; polling day moves in the work plan."""

    title = Text(label=N_("Title"), required=True, max_length=200)
    time_zone = TimeZone(label=N_("Time zone of the country"), required=True)
    observers = Integer(label=N_("Observers"), required=True, min=0, max=2000)
    staff = Integer(label=N_("Support staff"), required=True, min=0, max=2000)


class CorrespondenceSchema(Schema):
    """The next step of the correspondence with the country."""

    state = Choice(
        InvitationState, labels=INVITATION_STATES, label=N_("What happened"), required=True
    )
    on = Date(label=N_("On which day"), required=True)
    issued_by = Text(
        label=N_("Who signed the invitation or welcome"),
        hint=N_("Needed when it was received, for example “Chair of the Electoral Commission”."),
    )
    reference = Text(label=N_("Reference of the letter"))


class CorrespondenceForm(CorrespondenceSchema):
    """The page's form of a step: it also takes the letter itself."""

    letter = Upload(
        label=N_("The letter"), hint=N_("Kept with the invitation when it was received.")
    )


class AssessmentSchema(Schema):
    """What the pre-election assessment concluded."""

    finding = Choice(Finding, labels=FINDINGS, label=N_("Conclusion"), required=True)
    concluded_on = Date(label=N_("Concluded on"), required=True)
    summary = LongText(label=N_("Summary"), required=True, max_length=10_000)


class WaiverSchema(Schema):
    """Why a mission goes ahead without an assessment or against its advice."""

    reason = LongText(
        label=N_("Reason"),
        hint=N_("Kept with the mission and shown to whoever approves it."),
        required=True,
        max_length=4_000,
        rows=4,
    )


class EndingSchema(Schema):
    """How and why a mission ends early."""

    ending = Choice(
        Ending, labels=ENDINGS, label=N_("What happens"), required=True, widget="radios"
    )
    reason = LongText(label=N_("Reason"), required=True, max_length=4_000, rows=4)


class CompletionSchema(Schema):
    """What closing a mission waits for."""

    report_issued_on = Date(label=N_("Report issued on"))
    accounts_settled_on = Date(label=N_("Accounts settled on"))


class MissionQuery(MissionFilterSchema):
    """Which missions to list, and which page of them."""

    page = Integer(label=N_("Page"), load_default=1, min=1, max=100_000)


class MissionOutput(Schema):
    """A mission."""

    id = Identifier()
    kind = Choice(MissionKind)
    title = Text()
    country = Country()
    state = Choice(MissionState)
    polling_day = Date()
    precision = Choice(Precision)
    time_zone = Text()
    observers = Integer()
    staff = Integer()
    parent_id = Identifier()
    report_issued_on = Date()
    accounts_settled_on = Date()
    ending_reason = Text()
    version = Integer()


class MissionPageOutput(Schema):
    """One page of missions and how many there are in all."""

    items = ListOf(Nested(MissionOutput))
    total = Integer()
    page = Integer()


class InvitationOutput(Schema):
    """The correspondence with the country."""

    state = Choice(InvitationState)
    requested_on = Date()
    received_on = Date()
    issued_by = Text()
    reference = Text()
    answered_on = Date()
    version = Integer()


class AssessmentOutput(Schema):
    """What the assessment concluded."""

    finding = Choice(Finding)
    concluded_on = Date()
    summary = Text()
    recorded_by = Identifier()
    recorded_at = DateTime()
    version = Integer()


class WaiverOutput(Schema):
    """Why there is no assessment, or why the mission goes against it."""

    reason = Text()
    recorded_by = Identifier()
    recorded_at = DateTime()
    version = Integer()


class DatedPhaseOutput(Schema):
    """A phase by its signed days from polling day, and the dates that makes."""

    key = Text()
    first_day = Integer(min=-1000)
    last_day = Integer(min=-1000)
    starts_on = Date()
    ends_on = Date()
    version = Integer()


class DossierOutput(Schema):
    """A mission with what it stands on and what blocks its next step."""

    mission = Nested(MissionOutput)
    invitation = Nested(InvitationOutput)
    assessment = Nested(AssessmentOutput)
    waiver = Nested(WaiverOutput)
    phases = ListOf(Nested(DatedPhaseOutput))
    next_state = Choice(MissionState)
    blockers = ListOf(Text())
