"""Adding, changing, removing and putting back the lines of a draft."""

from collections.abc import Iterable
from typing import Final

from kernel.db import db, new_id
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.values import clock
from missions.budgets import queries
from missions.budgets.models import Budget, BudgetLine, BudgetVersion
from missions.budgets.rules.lines import BoundPhase, Line, LineEntry, plain, planned
from missions.budgets.service.drafts import draft, rules_of
from missions.budgets.service.sheets import bound_phases, visible_plan
from missions.budgets.service.trail import line_values, trail

_LAST: Final = 2**31 - 1
"""No line has a place beyond what the column holds; asking for one would be a fault of the database."""


def add_line(actor: Actor, subject: Subject, number: int, entry: LineEntry) -> int:
    """Add a line to the draft and return its place on the version.

    Raises NotFound, Forbidden, or Refused with the field that is wrong.
    """
    budget, version = draft(actor, subject, number)
    phases = bound_phases(visible_plan(actor, subject))
    line = planned(entry, new_id(), phases, rules_of(version))
    _check_currency(budget, version, line.rate.currency)
    record = BudgetLine(version_id=version.id, position=queries.next_position(version.id))
    fill(record, line)
    db.session.add(record)
    trail(actor, "budget.line_added", budget, version, after=line_values(record))
    return record.position


def change_line(
    actor: Actor,
    subject: Subject,
    number: int,
    position: int,
    entry: LineEntry,
    *,
    lock: int | None,
) -> None:
    """Change a line of the draft; `lock` is its version as it was read.

    Raises NotFound, Forbidden, Refused, or Conflict when somebody else changed the line meanwhile.
    """
    budget, version = draft(actor, subject, number)
    phases = bound_phases(visible_plan(actor, subject))
    record = _present_line(version, position)
    before = line_values(record)
    record.expect(lock, entered(record))
    line = planned(entry, record.key, _with_own(phases, record), rules_of(version))
    _check_currency(budget, version, line.rate.currency)
    fill(record, line)
    record.was_start = record.was_end = None
    trail(actor, "budget.line_changed", budget, version, before, line_values(record))


def remove_line(
    actor: Actor, subject: Subject, number: int, position: int, *, lock: int | None
) -> int:
    """Take a line off the draft; returns the lock with which it can be put back.

    Raises NotFound, Forbidden, Refused, or Conflict when somebody else changed the line meanwhile.
    """
    budget, version = draft(actor, subject, number)
    record = _present_line(version, position)
    record.expect(lock, entered(record))
    record.removed_at = clock.now()
    trail(actor, "budget.line_removed", budget, version, before=line_values(record))
    return record.version


def put_line_back(
    actor: Actor, subject: Subject, number: int, position: int, *, lock: int | None
) -> None:
    """Undo a removal; `lock` is what `remove_line` returned.

    Raises NotFound, Forbidden, Refused when the currency has no rate now or the line is on the draft,
    or Conflict when it was put back and changed meanwhile.
    """
    budget, version = draft(actor, subject, number)
    record = _line(version, position)
    record.expect(lock, entered(record))
    if record.removed_at is None:
        raise NotNow(N_("This line is on the budget: there is nothing to put back."))
    _check_currency(budget, version, record.currency)
    record.removed_at = None
    trail(actor, "budget.line_put_back", budget, version, after=line_values(record))


def entered(record: BudgetLine) -> dict[str, object]:
    """A line as it was entered, by the names of the form."""
    return {
        "category": record.category,
        "description": record.description,
        "driver": record.driver,
        "persons": record.persons,
        "units": None if record.phase or record.units is None else plain(record.units),
        "measure": record.measure,
        "phase": record.phase,
        "rate": plain(record.rate),
        "currency": record.currency,
    }


def fill(record: BudgetLine, line: Line) -> None:
    """Write a line of the rules into its record."""
    record.key = line.key
    record.category = line.category
    record.description = line.description
    record.driver = line.driver
    record.rate = line.rate.amount
    record.currency = line.rate.currency
    record.persons = line.persons
    record.units = line.units
    record.measure = line.measure
    phase = line.phase
    record.phase = phase.key if phase else None
    record.phase_name = phase.name if phase else None
    record.phase_start = phase.period.start if phase else None
    record.phase_end = phase.period.end if phase else None


def _line(version: BudgetVersion, position: int) -> BudgetLine:
    """A line of the version, also one that was removed; raises NotFound."""
    record = queries.line_to_write(version.id, position) if position <= _LAST else None
    if record is None:
        raise NotFound()
    return record


def _present_line(version: BudgetVersion, position: int) -> BudgetLine:
    record = _line(version, position)
    if record.removed_at is not None:
        raise NotFound()
    return record


def _with_own(phases: Iterable[BoundPhase], record: BudgetLine) -> list[BoundPhase]:
    """The phases of the plan, and the line's own when the plan no longer has it."""
    own = queries.as_line(record).phase
    known = list(phases)
    if own is not None and own.key not in {phase.key for phase in known}:
        known.append(own)
    return known


def _check_currency(budget: Budget, version: BudgetVersion, currency: str) -> None:
    if currency == budget.base_currency:
        return
    if queries.rate_to_write(version.id, currency) is None:
        raise Refused(
            N_("Add an exchange rate for %(currency)s first."), field="currency", currency=currency
        )
