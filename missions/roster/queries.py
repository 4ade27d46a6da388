"""Finding who is nominated for missions, and where people are expected on which days."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.models import Person
from kernel.values.periods import Period
from missions.missions.queries import ENDED as ENDED_MISSIONS
from missions.missions.queries import Mission
from missions.roster.models import Nomination
from missions.roster.rules import ENDED, PLACED, NominationState


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody is expected, and when."""

    mission_id: UUID
    title: str
    period: Period


_ORDER = {
    NominationState.ACCEPTED: 0,
    NominationState.SELECTED: 1,
    NominationState.RESERVE: 2,
    NominationState.SHORTLISTED: 3,
    NominationState.NOMINATED: 4,
    NominationState.REJECTED: 5,
    NominationState.WITHDRAWN: 6,
}


def nominations_of(mission_id: UUID) -> list[tuple[Nomination, str]]:
    """The nominations of a mission with the names of the people, whoever is counted on first."""
    statement = (
        select(Nomination, Person.name)
        .join(Person, _nominee())
        .where(Nomination.mission_id == mission_id, Nomination.removed_at.is_(None))
        .order_by(case(_ORDER, value=Nomination.state), Person.sort_key, Nomination.id)
    )
    return [(nomination, name) for nomination, name in db.session.execute(statement)]


def nomination_of(mission_id: UUID, nomination_id: UUID) -> Nomination:
    """One nomination of a mission, removed or not; raises NotFound."""
    found = db.session.scalars(
        select(Nomination).where(
            Nomination.mission_id == mission_id, Nomination.id == nomination_id
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def person_name(person_id: UUID) -> str:
    """What a person is called."""
    return db.session.scalars(select(Person.name).where(Person.id == person_id)).one()


def live_nomination(mission_id: UUID, person_id: UUID) -> Nomination | None:
    """The nomination of a person for a mission that has not ended, if there is one."""
    return db.session.scalars(
        select(Nomination).where(
            Nomination.mission_id == mission_id,
            Nomination.person_id == person_id,
            Nomination.removed_at.is_(None),
            Nomination.state.not_in(ENDED),
        )
    ).one_or_none()


def live_nominations_of(person_id: UUID, *, also_removed: bool = False) -> Sequence[Nomination]:
    """A person's nominations that have not ended, for whatever mission; held to be changed.

    Those that were removed are left out, unless asked for: they can be put back.
    """
    return db.session.scalars(
        select(Nomination)
        .where(
            Nomination.person_id == person_id,
            or_(Nomination.removed_at.is_(None), literal(also_removed)),
            Nomination.state.not_in(ENDED),
        )
        .order_by(Nomination.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def without_consent(most: int, person_id: UUID | None = None) -> list[tuple[UUID, str, int]]:
    """Missions with people nominated, or the one, who no longer agree to be found: id, title and how many.

    Missions that have ended are left out, and nominations that have.
    """
    statement = (
        select(Mission.id, Mission.title, func.count())
        .join(Nomination, _mission())
        .where(
            Nomination.consent_withdrawn_at.is_not(None),
            Nomination.removed_at.is_(None),
            Nomination.state.not_in(ENDED),
            Mission.state.not_in(ENDED_MISSIONS),
        )
        .group_by(Mission.tenant_id, Mission.id)
        .order_by(Mission.id)
        .limit(most)
    )
    if person_id is not None:
        statement = statement.where(Nomination.person_id == person_id)
    return [(id, title, people) for id, title, people in db.session.execute(statement)]


def placed_in(mission_ids: Collection[UUID]) -> list[tuple[Nomination, str]]:
    """Everybody who is counted on in some missions, by name; held until the transaction ends."""
    statement = (
        select(Nomination, Person.name)
        .join(Person, _nominee())
        .where(Nomination.mission_id.in_(mission_ids), Nomination.state.in_(PLACED))
        .order_by(Nomination.id)
        .with_for_update(of=Nomination)
    )
    return [(nomination, name) for nomination, name in db.session.execute(statement)]


def placed_elsewhere(
    person_ids: Collection[UUID], mission_id: UUID, days: Period | None
) -> Mapping[UUID, Placed]:
    """Who of some people is expected on any of these days in another mission that has not ended; one query."""
    if days is None:
        return {}
    statement = (
        select(
            Nomination.person_id,
            Mission.id,
            Mission.title,
            Nomination.starts_on,
            Nomination.ends_on,
        )
        .join(Mission, _mission())
        .where(
            Nomination.person_id.in_(person_ids),
            Nomination.mission_id != mission_id,
            Nomination.starts_on <= days.end,
            Nomination.ends_on >= days.start,
            Mission.state.not_in(ENDED_MISSIONS),
        )
        .order_by(Nomination.starts_on.desc())
    )
    return {
        row.person_id: Placed(row.id, row.title, Period(row.starts_on, row.ends_on))
        for row in db.session.execute(statement)
    }


def nominated_among(mission_id: UUID, person_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The states of those of some people who are nominated for a mission, by person."""
    statement = select(Nomination.person_id, Nomination.state).where(
        Nomination.mission_id == mission_id,
        Nomination.person_id.in_(person_ids),
        Nomination.removed_at.is_(None),
        Nomination.state.not_in(ENDED),
    )
    return {row.person_id: row.state for row in db.session.execute(statement)}


def _mission() -> ColumnElement[bool]:
    return and_(Mission.tenant_id == Nomination.tenant_id, Mission.id == Nomination.mission_id)


def _nominee() -> ColumnElement[bool]:
    return and_(Person.tenant_id == Nomination.tenant_id, Person.id == Nomination.person_id)
