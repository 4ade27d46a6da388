"""Finding missions and what they stand on. Whoever may not see missions finds none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import aliased

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.models import Membership, Organisation, OrganisationKind, Person
from missions.missions.models import Assessment, Invitation, Waiver
from missions.missions.models import Mission as Mission  # the types, for other features
from missions.missions.models import MissionPhase as MissionPhase
from missions.missions.phases import PHASE_NAMES
from missions.permissions import MissionsPermission

Ts = TypeVarTuple("Ts")

PAGE_SIZE = 25
LAST_PAGE = 100_000
_ASSESSOR, _WAIVER_AUTHOR = aliased(Person), aliased(Person)
ENDED = ("closed", "cancelled", "downsized")


@dataclass(frozen=True)
class MissionFilter:
    """What a list of missions is narrowed to; None takes all."""

    state: str | None = None
    country: str | None = None
    kind: str | None = None

    def __bool__(self) -> bool:
        return any((self.state, self.country, self.kind))


@dataclass(frozen=True)
class Dossier:
    """A mission with everything its next step is judged by, and the names of who recorded it."""

    mission: Mission
    invitation: Invitation
    assessment: Assessment | None
    waiver: Waiver | None
    assessed_by: str | None
    waived_by: str | None


def sees_missions(actor: Actor) -> bool:
    """Whether missions exist for this person at all; those who plan and approve see every one."""
    return actor.can(MissionsPermission.MISSION_SEE)


def mission_of(actor: Actor, mission_id: UUID) -> Mission:
    """One mission; raises NotFound when there is none the person may see."""
    found = db.session.scalars(
        select(Mission).where(visible(actor), Mission.id == mission_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def hold(mission_id: UUID) -> None:
    """Let nobody else hold the mission until this transaction ends."""
    db.session.execute(select(Mission.id).where(Mission.id == mission_id).with_for_update())


def keep(mission_id: UUID) -> None:
    """Let the mission neither end nor move until this transaction ends, and read it again.

    Others who keep it too need not wait.
    """
    mission = select(Mission).where(Mission.id == mission_id).with_for_update(read=True)
    phases = select(MissionPhase).where(MissionPhase.mission_id == mission_id)
    for statement in (mission, phases):
        db.session.scalars(statement, execution_options={"populate_existing": True}).all()


def title_of(mission_id: UUID) -> str:
    """The title of a mission, for a letter to people who may see it."""
    return db.session.scalars(select(Mission.title).where(Mission.id == mission_id)).one()


def dossier_of(actor: Actor, mission_id: UUID) -> Dossier:
    """A mission with its invitation, assessment and waiver; raises NotFound."""
    statement = _dossiers(actor).where(Mission.id == mission_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return Dossier(*row)


def dossiers_in(actor: Actor, states: Sequence[str], most: int) -> list[Dossier]:
    """The missions in some states with what they stand on, those that poll first before the others."""
    statement = (
        _dossiers(actor)
        .where(Mission.state.in_(states))
        .order_by(Mission.polling_day, Mission.id)
        .limit(most)
    )
    return [Dossier(*row) for row in db.session.execute(statement)]


def phases_of(mission_id: UUID) -> Sequence[MissionPhase]:
    """The phases of a mission in the order they begin."""
    statement = (
        select(MissionPhase)
        .where(MissionPhase.mission_id == mission_id)
        .order_by(MissionPhase.first_day, MissionPhase.last_day, MissionPhase.key)
    )
    return db.session.scalars(statement).all()


def phase_of(mission_id: UUID, key: str) -> MissionPhase:
    """One phase of a mission; raises NotFound when its kind has no such phase."""
    if key not in PHASE_NAMES:
        raise NotFound
    statement = select(MissionPhase).where(
        MissionPhase.mission_id == mission_id, MissionPhase.key == key
    )
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def missions(actor: Actor, narrowed: MissionFilter, page: int) -> tuple[Sequence[Mission], int]:
    """One page of missions, latest polling day first, and how many there are in all."""
    chosen = _filtered(select(Mission), actor, narrowed)
    statement = (
        chosen.order_by(Mission.polling_day.desc(), Mission.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    total = db.session.scalar(_filtered(select(func.count(Mission.id)), actor, narrowed))
    return db.session.scalars(statement).all(), total or 0


def all_missions(actor: Actor, narrowed: MissionFilter) -> Sequence[Mission]:
    """Every mission of a filter, for an export."""
    statement = _filtered(select(Mission), actor, narrowed)
    return db.session.scalars(statement.order_by(Mission.polling_day.desc(), Mission.id)).all()


def children_of(actor: Actor, mission_id: UUID) -> Sequence[Mission]:
    """The advance teams of a mission."""
    statement = select(Mission).where(visible(actor), Mission.parent_id == mission_id)
    return db.session.scalars(statement.order_by(Mission.polling_day, Mission.id)).all()


def open_children_of(actor: Actor, mission_id: UUID) -> list[Mission]:
    """The advance teams of a mission that have not ended."""
    return [child for child in children_of(actor, mission_id) if child.state not in ENDED]


def possible_parents(actor: Actor) -> Sequence[Mission]:
    """The missions an advance team may be sent ahead of."""
    statement = select(Mission).where(
        visible(actor), Mission.kind != "advance", Mission.state.not_in(ENDED)
    )
    return db.session.scalars(statement.order_by(Mission.title, Mission.id)).all()


def countries_with_missions(actor: Actor) -> list[str]:
    """ISO codes of the countries there is a mission to."""
    statement = select(Mission.country).where(visible(actor)).distinct().order_by(Mission.country)
    return list(db.session.scalars(statement))


def member_countries() -> list[str]:
    """ISO codes of the countries whose election management body is an active member."""
    statement = (
        select(Organisation.country)
        .where(
            Organisation.kind == OrganisationKind.EMB,
            Organisation.membership == Membership.ACTIVE,
            Organisation.country.is_not(None),
        )
        .order_by(Organisation.country)
    )
    return [country for country in db.session.scalars(statement) if country is not None]


def visible(actor: Actor) -> ColumnElement[bool]:
    """The rows of missions, and of what belongs to them, that the person may see."""
    return literal(sees_missions(actor))


def _dossiers(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(Mission, Invitation, Assessment, Waiver, _ASSESSOR.name, _WAIVER_AUTHOR.name)
        .join(Invitation, _of_mission(Invitation))
        .outerjoin(Assessment, _of_mission(Assessment))
        .outerjoin(Waiver, _of_mission(Waiver))
        .outerjoin(_ASSESSOR, _recorded(Assessment, _ASSESSOR))
        .outerjoin(_WAIVER_AUTHOR, _recorded(Waiver, _WAIVER_AUTHOR))
        .where(visible(actor))
    )


def _filtered(statement: Select[*Ts], actor: Actor, narrowed: MissionFilter) -> Select[*Ts]:
    statement = statement.where(visible(actor))
    for column, wanted in (
        (Mission.state, narrowed.state),
        (Mission.country, narrowed.country),
        (Mission.kind, narrowed.kind),
    ):
        if wanted is not None:
            statement = statement.where(column == wanted)
    return statement


def _recorded(part: type[Assessment | Waiver], person: type[Person]) -> ColumnElement[bool]:
    return and_(person.tenant_id == part.tenant_id, person.id == part.recorded_by)


def _of_mission(part: type[Invitation | Assessment | Waiver]) -> ColumnElement[bool]:
    return and_(part.tenant_id == Mission.tenant_id, part.mission_id == Mission.id)
