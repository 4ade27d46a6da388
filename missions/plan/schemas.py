"""The forms and JSON bodies of work plans, and what the API answers."""

from typing import Final

from kernel.errors import N_
from kernel.fields import (
    Boolean,
    Choice,
    Date,
    Decimal,
    Identifier,
    Integer,
    ListOf,
    LongText,
    Nested,
    Schema,
    Text,
)
from missions.missions.service import PRECISIONS, Precision
from missions.plan.rules import TaskState, Timing, Unmoving

TASK_STATES: Final = {
    TaskState.TODO: N_("To do"),
    TaskState.DOING: N_("Doing"),
    TaskState.BLOCKED: N_("Blocked"),
    TaskState.DONE: N_("Done"),
}
TIMINGS: Final = {
    Timing.ANCHORED: N_("Counted from polling day: it moves when polling day moves"),
    Timing.FIXED: N_("On a fixed date: it never moves"),
}
REASONS: Final = {
    Unmoving.DONE: N_("Done: done tasks keep their dates."),
    Unmoving.FIXED: N_("It has a fixed date."),
    Unmoving.SAME_DAY: N_("It is on that day already."),
}


class TaskSchema(Schema):
    """A task of a work plan."""

    title = Text(label=N_("Task"), required=True, max_length=200)
    timing = Choice(Timing, labels=TIMINGS, label=N_("When"), required=True, widget="radios")
    offset_days = Integer(
        label=N_("Days from polling day"),
        hint=N_("For a task counted from polling day: −21 is three weeks before, 7 a week after."),
        min=-1000,
        max=1000,
        # Keypads for numbers have no minus sign.
        widget="text",
    )
    starts_on = Date(label=N_("First day"), hint=N_("For a task on a fixed date."))
    days = Integer(
        label=N_("How many days it takes"),
        hint=N_("First and last day included."),
        load_default=1,
        min=1,
        max=400,
    )
    note = LongText(label=N_("Note"), max_length=4_000, rows=4)


class TaskStateSchema(Schema):
    """Where a task stands."""

    state = Choice(TaskState, labels=TASK_STATES, label=N_("State"), required=True)


class PhaseSchema(Schema):
    """The days of a phase, counted from polling day."""

    first_day = Integer(
        label=N_("First day, counted from polling day"),
        hint=N_("−8 is eight days before polling day."),
        required=True,
        min=-1000,
        max=1000,
        widget="text",
    )
    last_day = Integer(
        label=N_("Last day, counted from polling day"),
        required=True,
        min=-1000,
        max=1000,
        widget="text",
    )


class PollingDaySchema(Schema):
    """A new polling day."""

    polling_day = Date(label=N_("New polling day"), required=True)
    precision = Choice(
        Precision,
        labels=PRECISIONS,
        label=N_("How exactly polling day is known"),
        load_default=Precision.DAY,
    )


class ConfirmationSchema(Schema):
    """A button that confirms what the page shows."""


class TaskOutput(Schema):
    """A task of a work plan; without `offset_days` its dates are fixed."""

    id = Identifier()
    title = Text()
    state = Choice(TaskState)
    offset_days = Integer(min=-1000)
    starts_on = Date()
    days = Integer()
    note = Text()
    version = Integer()


class PhaseOutput(Schema):
    """A phase by its signed days from polling day."""

    key = Text()
    first_day = Integer(min=-1000)
    last_day = Integer(min=-1000)
    version = Integer()


class PeriodOutput(Schema):
    """The first and the last day, both included."""

    start = Date()
    end = Date()


class MovedTaskOutput(Schema):
    """A task in a move of polling day; `after` is null, and `reason` given, when it stays."""

    task_id = Identifier(attribute="task.id")
    title = Text(attribute="task.title")
    before = Nested(PeriodOutput)
    after = Nested(PeriodOutput)
    reason = Choice(Unmoving)


class MovedPhaseOutput(Schema):
    """A phase in a move of polling day."""

    key = Text()
    before = Nested(PeriodOutput)
    after = Nested(PeriodOutput)


class MovedLineOutput(Schema):
    """A budget line in a move, and why it changes."""

    description = Text(attribute="after.description")
    phase = Text(attribute="why.phase")
    before = Nested(PeriodOutput, attribute="why.was")
    after = Nested(PeriodOutput, attribute="why.period")
    units_before = Decimal(attribute="why.units_before")
    units = Decimal(attribute="why.units")


class BudgetMoveOutput(Schema):
    """What a move does to a budget."""

    lines = ListOf(Nested(MovedLineOutput))
    currency = Text(attribute="total_after.currency")
    total_before = Decimal(attribute="total_before.amount")
    total_after = Decimal(attribute="total_after.amount")
    returns_submission = Boolean()
    opens_revision = Boolean()


class MissionMoveOutput(Schema):
    """What a move does to one mission; `budget` is null when no line of it changes."""

    mission_id = Identifier(attribute="mission.id")
    tasks = ListOf(Nested(MovedTaskOutput))
    phases = ListOf(Nested(MovedPhaseOutput))
    budget = Nested(BudgetMoveOutput)


class MoveOutput(Schema):
    """A move of polling day: the mission first, then its advance teams."""

    polling_day = Date()
    precision = Choice(Precision)
    missions = ListOf(Nested(MissionMoveOutput))
