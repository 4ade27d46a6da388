"""Reading a budget: a version with everything that is added up from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.questions.plan_facts import PlanFacts, plan_facts
from missions.budgets import queries
from missions.budgets.access import VersionFacts
from missions.budgets.queries import StoredLine, StoredRate, StoredVersion
from missions.budgets.rules.differences import Difference, difference
from missions.budgets.rules.lines import BoundPhase
from missions.budgets.rules.totals import CostedLine, Costing, Rates, cost
from missions.permissions import MissionsPermission


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version of a budget added up, and the versions beside it, the oldest first."""

    subject: Subject
    plan: PlanFacts
    versions: tuple[StoredVersion, ...]
    version: StoredVersion
    lines: tuple[StoredLine, ...]
    rates: tuple[StoredRate, ...]
    costing: Costing

    @property
    def newest(self) -> bool:
        """Whether this is the version work goes on with."""
        return self.version.number == self.versions[-1].number

    @property
    def facts(self) -> VersionFacts:
        """What access rules ask about."""
        return VersionFacts(self.version.state, self.version.submitted_by, self.plan.ended)

    @property
    def stored_by_key(self) -> dict[UUID, StoredLine]:
        """Stored lines by the key the costing knows them by."""
        return {each.line.key: each for each in self.lines}

    @property
    def quoted(self) -> Rates:
        """The version's rates by currency."""
        return queries.rates_by_currency(self.rates)


@dataclass(frozen=True, slots=True)
class Compared:
    """A version and what it changed against an earlier one."""

    earlier: Sheet
    later: Sheet
    difference: Difference


def visible_plan(actor: Actor, subject: Subject, *, held: bool = False) -> PlanFacts:
    """The plan of the subject, held for who changes the budget.

    Raises NotFound unless the actor may see it and its budget.
    """
    found = plan_facts(actor, subject, held=held)
    if found is None or not actor.can(MissionsPermission.BUDGET_SEE):
        raise NotFound()
    return found


def bound_phases(plan: PlanFacts) -> tuple[BoundPhase, ...]:
    """The phases of a plan as lines are bound to them."""
    return tuple(BoundPhase(each.key, each.name, each.period) for each in plan.phases)


def open_sheet(actor: Actor, subject: Subject, number: int | None = None) -> Sheet | None:
    """A version of a subject's budget, the newest unless a number is given; None before it is started.

    Raises NotFound when the actor may not see it or there is no version of that number.
    """
    plan = visible_plan(actor, subject)
    versions = queries.versions(subject)
    if not versions and number is None:
        return None
    wanted = [each for each in versions if number in (None, each.number)]
    if not wanted:
        raise NotFound()
    return _sheets(subject, plan, versions, wanted[-1:])[0]


def open_line(sheet: Sheet, position: int) -> tuple[StoredLine, CostedLine]:
    """One line of a sheet by its place, with what it costs; raises NotFound."""
    for stored in sheet.lines:
        if stored.position == position:
            costed = next(c for c in sheet.costing.lines if c.line.key == stored.line.key)
            return stored, costed
    raise NotFound()


def history(actor: Actor, subject: Subject) -> list[Sheet]:
    """Every version added up, the newest first; raises NotFound when the actor may not see it."""
    plan = visible_plan(actor, subject)
    versions = queries.versions(subject)
    return _sheets(subject, plan, versions, versions)[::-1]


def compare(actor: Actor, subject: Subject, number: int) -> Compared:
    """What a version changed against the one before it; raises NotFound for the first version."""
    plan = visible_plan(actor, subject)
    versions = queries.versions(subject)
    pair = [each for each in versions if each.number in (number - 1, number)]
    if len(pair) != len(("earlier", "later")):
        raise NotFound()
    earlier, later = _sheets(subject, plan, versions, pair)
    return Compared(earlier, later, difference(earlier.costing, later.costing))


def _sheets(
    subject: Subject,
    plan: PlanFacts,
    versions: Sequence[StoredVersion],
    wanted: Sequence[StoredVersion],
) -> list[Sheet]:
    """Add up some versions; the number of queries does not depend on how many."""
    if not wanted:
        return []
    ids = [version.id for version in wanted]
    lines, rates = queries.lines(*ids), queries.rates(wanted[0].base, *ids)
    return [
        Sheet(
            subject=subject,
            plan=plan,
            versions=tuple(versions),
            version=version,
            lines=tuple(lines[version.id]),
            rates=tuple(rates[version.id]),
            costing=cost(
                (stored.line for stored in lines[version.id]),
                queries.rates_by_currency(rates[version.id]),
                version.base,
                version.shares,
                version.rules,
            ),
        )
        for version in wanted
    ]
