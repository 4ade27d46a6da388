"""What a move of dates does to lines that count their units on a phase of the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kernel.values.periods import Period
from missions.budgets.rules.catalogue import Measure
from missions.budgets.rules.lines import BoundPhase, Line, count_units


@dataclass(frozen=True, slots=True)
class Recount:
    """Why a line changed: its phase moved, and its units with it (or stayed as many)."""

    phase: str
    period: Period
    was: Period
    measure: Measure

    @property
    def units(self) -> Decimal:
        """Days or nights counted now."""
        return count_units(self.measure, self.period)

    @property
    def units_before(self) -> Decimal:
        """Days or nights counted before the move."""
        return count_units(self.measure, self.was)


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A line before and after a move, with the reason."""

    before: Line
    after: Line
    why: Recount


def rebind(line: Line, phases: Mapping[str, BoundPhase]) -> MovedLine | None:
    """Count a line's units again on its phase as it is now; None when nothing moved.

    A line whose phase is no longer planned keeps what it counted last.
    """
    if line.phase is None:
        return None
    now = phases.get(line.phase.key)
    if now is None or now.period == line.phase.period:
        return None
    why = Recount(now.name, now.period, line.phase.period, line.measure)
    return MovedLine(line, replace(line, phase=now, units=why.units), why)


def rebind_all(lines: Iterable[Line], phases: Iterable[BoundPhase]) -> tuple[MovedLine, ...]:
    """The lines that a move of dates changes."""
    by_key = {phase.key: phase for phase in phases}
    moved = (rebind(line, by_key) for line in lines)
    return tuple(each for each in moved if each is not None)
