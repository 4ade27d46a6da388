"""Every SELECT of budgets. Statements are built once; rows come out as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, any_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.identity.models import Person
from kernel.questions import Subject
from kernel.values.money import ExchangeRate, Money
from kernel.values.periods import Period
from missions.budgets.models import Budget, BudgetLine, BudgetRate, BudgetVersion
from missions.budgets.rules.catalogue import RULE_SETS, Driver, Measure, Part, RuleSet
from missions.budgets.rules.lines import BoundPhase, Line
from missions.budgets.rules.totals import Shares
from missions.budgets.rules.versions import State
from missions.missions.queries import ENDED, Mission


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version without its lines: where it stands, by whom and since when."""

    budget_id: UUID
    id: UUID
    number: int
    lock: int
    state: State
    base: str
    rules: RuleSet
    shares: Shares
    opened_by_move: bool
    edited_at: datetime
    edited_by_name: str
    submitted_by: UUID | None
    submitted_at: datetime | None
    submitted_by_name: str | None
    decided_at: datetime | None
    decided_by_name: str | None
    return_reason: str | None


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line with its place on the version, its lock, and the dates it counted on before a move."""

    id: UUID
    position: int
    lock: int
    line: Line
    was: Period | None


@dataclass(frozen=True, slots=True)
class StoredRate:
    """An exchange rate with its lock."""

    id: UUID
    lock: int
    rate: ExchangeRate


@dataclass(frozen=True, slots=True)
class UndecidedVersion:
    """A version of a mission's budget that was submitted or returned, or that a move has opened."""

    mission_id: UUID
    title: str
    number: int
    state: State
    opened_by_move: bool
    submitted_by: UUID | None


# Calling an enumeration with a value takes several times as long as looking it up.
_DRIVERS = {each.value: each for each in Driver}
_MEASURES = {each.value: each for each in Measure}

_EDITOR, _SUBMITTER, _DECIDER = aliased(Person), aliased(Person), aliased(Person)


def _named(person: Any, column: Any) -> Any:
    return and_(person.tenant_id == BudgetVersion.tenant_id, person.id == column)


_VERSIONS = HotStatement(
    select(
        BudgetVersion.budget_id,
        BudgetVersion.id,
        BudgetVersion.number,
        BudgetVersion.version,
        BudgetVersion.state,
        Budget.base_currency,
        BudgetVersion.rule_set,
        BudgetVersion.contingency_share,
        BudgetVersion.overhead_share,
        BudgetVersion.opened_by_move,
        BudgetVersion.edited_at,
        _EDITOR.name.label("edited_by_name"),
        BudgetVersion.submitted_by,
        BudgetVersion.submitted_at,
        _SUBMITTER.name.label("submitted_by_name"),
        BudgetVersion.decided_at,
        _DECIDER.name.label("decided_by_name"),
        BudgetVersion.return_reason,
    )
    .join(
        Budget,
        and_(Budget.tenant_id == BudgetVersion.tenant_id, Budget.id == BudgetVersion.budget_id),
    )
    .join(_EDITOR, _named(_EDITOR, BudgetVersion.edited_by))
    .outerjoin(_SUBMITTER, _named(_SUBMITTER, BudgetVersion.submitted_by))
    .outerjoin(_DECIDER, _named(_DECIDER, BudgetVersion.decided_by))
    .where(Budget.subject_kind == bindparam("kind"), Budget.subject_id == bindparam("subject"))
    .order_by(BudgetVersion.number)
)

_LINES = HotStatement(
    select(
        BudgetLine.version_id,
        BudgetLine.id,
        BudgetLine.position,
        BudgetLine.version,
        BudgetLine.key,
        BudgetLine.category,
        BudgetLine.description,
        BudgetLine.driver,
        BudgetLine.rate,
        BudgetLine.currency,
        BudgetLine.persons,
        BudgetLine.units,
        BudgetLine.measure,
        BudgetLine.phase,
        BudgetLine.phase_name,
        BudgetLine.phase_start,
        BudgetLine.phase_end,
        BudgetLine.was_start,
        BudgetLine.was_end,
    )
    .where(
        BudgetLine.version_id == any_(bindparam("versions", type_=ARRAY(Uuid()))),
        BudgetLine.removed_at.is_(None),
    )
    .order_by(BudgetLine.position)
)

_RATES = HotStatement(
    select(
        BudgetRate.version_id,
        BudgetRate.id,
        BudgetRate.version,
        BudgetRate.currency,
        BudgetRate.units_per_base,
        BudgetRate.quoted_on,
        BudgetRate.source,
    )
    .where(BudgetRate.version_id == any_(bindparam("versions", type_=ARRAY(Uuid()))))
    .order_by(BudgetRate.currency)
)


def undecided(most: int) -> list[UndecidedVersion]:
    """Versions of missions' budgets that somebody must act on, the longest untouched first."""
    statement = (
        select(
            Mission.id,
            Mission.title,
            BudgetVersion.number,
            BudgetVersion.state,
            BudgetVersion.opened_by_move,
            BudgetVersion.submitted_by,
        )
        .join(
            Budget,
            and_(Budget.tenant_id == BudgetVersion.tenant_id, Budget.id == BudgetVersion.budget_id),
        )
        .join(
            Mission,
            and_(Mission.tenant_id == Budget.tenant_id, Mission.id == Budget.subject_id),
        )
        .where(
            Budget.subject_kind == "mission",
            Mission.state.not_in(ENDED),
            or_(
                BudgetVersion.state.in_([State.SUBMITTED, State.RETURNED]),
                and_(BudgetVersion.state == State.DRAFT, BudgetVersion.opened_by_move),
            ),
        )
        .order_by(BudgetVersion.edited_at, BudgetVersion.id)
        .limit(most)
    )
    return [
        UndecidedVersion(mission_id, title, number, State(state), moved, by)
        for mission_id, title, number, state, moved, by in db.session.execute(statement)
    ]


def versions(subject: Subject) -> list[StoredVersion]:
    """All versions of a subject's budget, the oldest first; empty when none was started."""
    return [_version(row) for row in _VERSIONS.rows(kind=subject.kind, subject=subject.id)]


def version(subject: Subject, number: int) -> StoredVersion:
    """The version of that number, which there must be."""
    return next(each for each in versions(subject) if each.number == number)


def lines(*versions: UUID) -> dict[UUID, list[StoredLine]]:
    """The lines of versions in their order, without those removed, by version."""
    found: dict[UUID, list[StoredLine]] = {version: [] for version in versions}
    for row in _LINES.rows(versions=list(versions)):
        found[row.version_id].append(_line(row))
    return found


def rates(base: str, *versions: UUID) -> dict[UUID, list[StoredRate]]:
    """The exchange rates of versions in the order of their currencies, by version."""
    found: dict[UUID, list[StoredRate]] = {version: [] for version in versions}
    for row in _RATES.rows(versions=list(versions)):
        found[row.version_id].append(_rate(row, base))
    return found


def newest_to_write(subject: Subject) -> tuple[Budget, BudgetVersion] | None:
    """A budget and its newest version, locked: whoever writes waits for whoever wrote before."""
    row = db.session.execute(
        select(Budget, BudgetVersion)
        .join(
            Budget,
            and_(
                Budget.tenant_id == BudgetVersion.tenant_id,
                Budget.id == BudgetVersion.budget_id,
            ),
        )
        .where(Budget.subject_kind == subject.kind, Budget.subject_id == subject.id)
        .order_by(BudgetVersion.number.desc())
        .limit(1)
        .with_for_update(of=BudgetVersion)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def in_force_to_write(budget: UUID) -> BudgetVersion | None:
    """The approved version of a budget as a record."""
    return db.session.scalars(
        select(BudgetVersion).where(
            BudgetVersion.budget_id == budget, BudgetVersion.state == State.APPROVED
        )
    ).one_or_none()


def line_to_write(version: UUID, position: int) -> BudgetLine | None:
    """A line of a version by its place, also one that was removed."""
    return db.session.scalars(
        select(BudgetLine).where(BudgetLine.version_id == version, BudgetLine.position == position)
    ).one_or_none()


def lines_to_write(version: UUID) -> list[BudgetLine]:
    """The lines of a version as records, without those removed."""
    statement = (
        select(BudgetLine)
        .where(BudgetLine.version_id == version, BudgetLine.removed_at.is_(None))
        .order_by(BudgetLine.position)
    )
    return list(db.session.scalars(statement))


def rate_to_write(version: UUID, currency: str) -> BudgetRate | None:
    """The rate of a version for a currency, as a record."""
    return db.session.scalars(
        select(BudgetRate).where(BudgetRate.version_id == version, BudgetRate.currency == currency)
    ).one_or_none()


def rates_to_write(version: UUID) -> list[BudgetRate]:
    """The rates of a version as records."""
    return list(db.session.scalars(select(BudgetRate).where(BudgetRate.version_id == version)))


def next_position(version: UUID) -> int:
    """The place of the next line: places count from 1 and are not used again."""
    last = db.session.scalar(
        select(func.max(BudgetLine.position)).where(BudgetLine.version_id == version)
    )
    return (last or 0) + 1


def uses_of_currency(version: UUID, currency: str) -> int:
    """How many lines of a version are in a currency."""
    count = db.session.scalar(
        select(func.count())
        .select_from(BudgetLine)
        .where(
            BudgetLine.version_id == version,
            BudgetLine.currency == currency,
            BudgetLine.removed_at.is_(None),
        )
    )
    return count or 0


def as_line(record: BudgetLine) -> Line:
    """A stored line as the rules know it."""
    return Line(
        key=record.key,
        category=record.category,
        description=record.description,
        driver=_DRIVERS[record.driver],
        rate=Money(record.rate, record.currency),
        persons=record.persons,
        units=record.units,
        measure=_MEASURES[record.measure],
        phase=_bound(record.phase, record.phase_name, record.phase_start, record.phase_end),
    )


def rates_by_currency(stored: Iterable[StoredRate]) -> Mapping[str, ExchangeRate]:
    """Rates as the rules take them."""
    return {each.rate.foreign: each.rate for each in stored}


@lru_cache(maxsize=1024)
def _bound(key: Any, name: Any, start: Any, end: Any) -> BoundPhase | None:
    """A phase, made once for all the lines of a budget that count its days."""
    return None if key is None else BoundPhase(key, name, Period(start, end))


def _line(row: Sequence[Any]) -> StoredLine:
    """A line from a row of `_LINES`, by position: a long budget feels the time names take."""
    _, id_, position, lock, key, category, description, driver, *factors, was_start, was_end = row
    rate, currency, persons, units, measure, *phase = factors
    line = Line(
        key,
        category,
        description,
        _DRIVERS[driver],
        Money(rate, currency),
        persons,
        units,
        _MEASURES[measure],
        _bound(*phase),
    )
    was = None if was_start is None else Period(was_start, was_end)
    return StoredLine(id_, position, lock, line, was)


def _rate(row: Any, base: str) -> StoredRate:
    quoted = ExchangeRate(base, row.currency, row.units_per_base, row.quoted_on, row.source)
    return StoredRate(row.id, row.version, quoted)


def _version(row: Any) -> StoredVersion:
    return StoredVersion(
        budget_id=row.budget_id,
        id=row.id,
        number=row.number,
        lock=row.version,
        state=State(row.state),
        base=row.base_currency,
        rules=RULE_SETS[row.rule_set],
        shares=shares(row.contingency_share, row.overhead_share),
        opened_by_move=row.opened_by_move,
        edited_at=row.edited_at,
        edited_by_name=row.edited_by_name,
        submitted_by=row.submitted_by,
        submitted_at=row.submitted_at,
        submitted_by_name=row.submitted_by_name,
        decided_at=row.decided_at,
        decided_by_name=row.decided_by_name,
        return_reason=row.return_reason,
    )


def shares(contingency: Decimal, overhead: Decimal) -> Shares:
    """The two shares by the part they make."""
    return {Part.CONTINGENCY: contingency, Part.OVERHEAD: overhead}
