"""What importing a file of workshops, or a workshop's agenda, would do; plain values, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from kernel.values.outcomes import Change, Outcome, compared
from kernel.values.partial_dates import PartialDate


class EventKey(NamedTuple):
    """What a workshop is known by in a file: its programme, its title and its month."""

    programme: str
    title: str
    year: int
    month: int | None


@dataclass(frozen=True)
class EventRow:
    """A checked row of a file of workshops; `values` are those its filled cells give."""

    number: int
    programme: str
    title: str
    held: PartialDate
    values: Mapping[str, Any]

    @property
    def key(self) -> EventKey:
        """The workshop the row is about."""
        return EventKey(self.programme, self.title, self.held.year, self.held.month)


@dataclass(frozen=True)
class EventStep:
    """What one row does to the workshop it is about; `values` are what is to be written."""

    row: int
    key: EventKey
    held: PartialDate
    outcome: Outcome
    values: Mapping[str, Any]
    changes: tuple[Change, ...] = ()


def plan_events(
    rows: Iterable[EventRow], stored: Mapping[EventKey, Mapping[str, Any]]
) -> list[EventStep]:
    """Tell what rows would do to the workshops that exist.

    An empty cell says nothing and changes nothing; so a file that knows the month takes no day away.
    """
    steps = []
    for row in rows:
        given = dict(row.values)
        if row.held.day is not None:
            given["day"] = row.held.day
        told = compared(given, stored.get(row.key))
        steps.append(
            EventStep(row.number, row.key, row.held, told.outcome, told.values, told.changes)
        )
    return steps


@dataclass(frozen=True)
class SessionRow:
    """A checked row of an agenda: the session's code, and what its cells and its place there give."""

    number: int
    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class SessionStep:
    """What one row does to the session of that code."""

    row: int
    code: str
    outcome: Outcome
    values: Mapping[str, Any]
    changes: tuple[Change, ...] = ()


class AgendaProblem(StrEnum):
    """Why an agenda cannot take the place of the one there is."""

    LOCKED = "locked"
    DROPPED = "dropped"
    SHORTENED = "shortened"


@dataclass(frozen=True)
class AgendaClash:
    """A problem with one session: its row, if it has one, and `value`, what is wrong there.

    `minutes` is the most anybody attended.
    """

    problem: AgendaProblem
    value: str
    row: int | None = None
    minutes: int = 0


@dataclass(frozen=True)
class AgendaPlan:
    """What a file would make of an agenda: a step per row, the codes it drops, and what forbids it."""

    steps: tuple[SessionStep, ...]
    dropped: tuple[str, ...]
    clashes: tuple[AgendaClash, ...]


def plan_agenda(
    rows: Sequence[SessionRow],
    stored: Mapping[str, Mapping[str, Any]],
    attended: Mapping[str, int],
    *,
    locked: bool,
) -> AgendaPlan:
    """Tell what the rows would make of the agenda there is.

    `attended` has the most minutes on record for each session that has any record. The file is the whole
    agenda: a session it leaves out is dropped. Once attendance is locked nothing may change.
    """
    steps = tuple(_session_step(row, stored.get(row.code)) for row in rows)
    named = {step.code for step in steps}
    dropped = tuple(code for code in stored if code not in named)
    clashes = _locked(steps, dropped) if locked else _lost(steps, dropped, attended)
    return AgendaPlan(steps, dropped, tuple(clashes))


def _session_step(row: SessionRow, stored: Mapping[str, Any] | None) -> SessionStep:
    told = compared(row.values, stored)
    return SessionStep(row.number, row.code, told.outcome, told.values, told.changes)


def _locked(steps: Iterable[SessionStep], dropped: Iterable[str]) -> list[AgendaClash]:
    """Every change, since none is possible any more."""
    changed = [step for step in steps if step.outcome is not Outcome.UNCHANGED]
    return [
        *(AgendaClash(AgendaProblem.LOCKED, code) for code in dropped),
        *(AgendaClash(AgendaProblem.LOCKED, step.code, step.row) for step in changed),
    ]


def _lost(
    steps: Iterable[SessionStep], dropped: Iterable[str], attended: Mapping[str, int]
) -> list[AgendaClash]:
    """The sessions without which minutes on record would be lost."""
    clashes = [
        AgendaClash(AgendaProblem.DROPPED, code, minutes=attended[code])
        for code in dropped
        if code in attended
    ]
    for step in steps:
        scheduled = step.values.get("scheduled_minutes")
        most = attended.get(step.code, 0)
        if scheduled is not None and scheduled < most:
            clashes.append(
                AgendaClash(AgendaProblem.SHORTENED, str(scheduled), step.row, minutes=most)
            )
    return clashes
