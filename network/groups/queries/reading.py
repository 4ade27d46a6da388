"""Who reads and writes in which group: the predicates that every surface uses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Row,
    Select,
    Uuid,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    type_coerce,
)

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.affiliations import AT_ORGANISATION, is_with_active
from kernel.identity.models import Affiliation, Organisation
from network.groups.models import Group, GroupMembership
from network.groups.rules import GroupState, GroupVisibility, Joining
from network.groups.rules import Standing as Standing

READER = bindparam("reader", type_=Uuid())
ORGANISATIONS = bindparam("reader_organisations", type_=ARRAY(Uuid()))


def visible_groups() -> Select[tuple[UUID]]:
    """The ids of the groups a reader may read, for use inside other statements.

    The SQL function behind it also decides what search finds. Bind `reader_of(actor)`.
    """
    found = func.network.visible_groups(READER, ORGANISATIONS).table_valued("group_id")
    return select(type_coerce(found.c.group_id, Uuid()).label("group_id"))


def reader_of(actor: Actor) -> dict[str, Any]:
    """The parameters `visible_groups` needs."""
    return {"reader": actor.person_id, "reader_organisations": list(actor.organisation_ids)}


def readable_groups() -> Select[UUID, str, bool]:
    """Ids and names of the groups a reader may read, and whether each is active (`is_active`), for joins.

    Bind `reader_of(actor)`.
    """
    readable = visible_groups().subquery()
    is_active = (Group.state == GroupState.ACTIVE).label("is_active")
    return select(Group.id, Group.name, is_active).join(readable, readable.c.group_id == Group.id)


def writable_groups() -> Select[UUID, str]:
    """Ids and names of the groups a reader may write in, for joins. Bind `reader_of(actor)`."""
    return select(Group.id, Group.name).where(membership_exists(), Group.state == GroupState.ACTIVE)


def chaired_groups() -> Select[UUID]:
    """The ids of the groups a reader chairs, for use inside other statements. Bind `reader_of(actor)`."""
    return select(Group.id).where(chair_exists())


def current_affiliation(person: Any, organisation: Any) -> Any:
    """Whether a person is affiliated with an active organisation at the moment bound as `now`."""
    return (
        select(Affiliation.id)
        .join(Organisation, AT_ORGANISATION)
        .where(
            Affiliation.person_id == person,
            Affiliation.organisation_id == organisation,
            is_with_active(bindparam("now")),
        )
        .exists()
    )


# The clock of the database, as in `network.visible_groups`: pages and search agree to the moment.
CURRENT_GUEST: Any = GroupMembership.guest_until > func.now()
CURRENT_MEMBER: Any = and_(
    GroupMembership.ended_at.is_(None),
    or_(
        CURRENT_GUEST,
        current_affiliation(GroupMembership.person_id, GroupMembership.organisation_id),
    ),
)

# A guest chairs nothing, whatever she was before.
CURRENT_CHAIR: Any = and_(
    GroupMembership.is_chair, GroupMembership.organisation_id.is_not(None), CURRENT_MEMBER
)
_WITH_NOW: Any = GroupMembership.organisation_id == func.any(ORGANISATIONS)


def membership_exists() -> Any:
    """Whether the reader is in the group in hand, for an organisation she is with now or as a guest."""
    return _own_membership(or_(_WITH_NOW, CURRENT_GUEST))


def chair_exists() -> Any:
    """Whether the reader chairs the group in hand: neither a guest does, nor a chair who has left it."""
    return _own_membership(GroupMembership.is_chair, _WITH_NOW)


def _own_membership(*conditions: Any) -> Any:
    return (
        select(GroupMembership.id)
        .where(
            GroupMembership.tenant_id == Group.tenant_id,
            GroupMembership.group_id == Group.id,
            GroupMembership.person_id == READER,
            *conditions,
            GroupMembership.ended_at.is_(None),
        )
        .correlate(Group)
        .exists()
    )


_READ_BY = HotStatement(
    select(
        Group.id,
        Group.name,
        and_(membership_exists(), Group.state == GroupState.ACTIVE).label("mine"),
    )
    .where(Group.id.in_(visible_groups()))
    .order_by(func.lower(Group.name))
)


def groups_read_by(actor: Actor) -> Sequence[Row[Any]]:
    """The groups whose topics the actor may read, by name; `mine` are the active ones she is in."""
    return _READ_BY.rows(**reader_of(actor))


def reads(actor: Actor, group_id: UUID) -> bool:
    """Whether the actor may read a group, and not merely know of it."""
    statement = select(Group.id).where(Group.id == group_id, Group.id.in_(visible_groups()))
    return db.session.scalar(statement, reader_of(actor)) is not None


def chairs(actor: Actor, group_id: UUID) -> bool:
    """Whether the actor chairs a group: a chair who has left it is none."""
    statement = select(Group.id).where(Group.id == group_id, chair_exists())
    return db.session.scalar(statement, reader_of(actor)) is not None


def standing_in(actor: Actor, group_id: UUID) -> Standing:
    """Where the actor stands in a group she may read. Raises NotFound for any other."""
    db.session.flush()  # what was just changed counts, as for statements that are not prebuilt
    row = _STANDING.one_or_none(**reader_of(actor), group_id=group_id)
    if row is None:
        raise NotFound
    return standing_of(row)


_FACTS: tuple[Any, ...] = (
    Group.id.label("group_id"),
    Group.name.label("group"),
    Group.state.label("group_state"),
    Group.visibility.label("group_visibility"),
    Group.joining.label("group_joining"),
)


def standings() -> Select[*tuple[Any, ...]]:
    """What `standing_of` needs of each group a reader may read, for joins. Bind `reader_of(actor)`."""
    readable = visible_groups().subquery()
    return select(
        *_FACTS, membership_exists().label("is_member"), chair_exists().label("is_chair")
    ).join(readable, readable.c.group_id == Group.id)


_STANDING = HotStatement(standings().where(Group.id == bindparam("group_id", type_=Uuid())))


def standing_outside(group_id: UUID) -> Standing:
    """Where somebody stands who is not in a group; whoever asks must see to who may know. Raises NotFound."""
    outside = false().label("is_member"), false().label("is_chair")
    statement: Select[*tuple[Any, ...]] = select(*_FACTS, *outside).where(Group.id == group_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return standing_of(row)


def standing_of(row: Row[Any]) -> Standing:
    """Where the reader stands in a group, from a row with the columns of `standings`."""
    return Standing(
        group_id=row.group_id,
        name=row.group,
        state=GroupState(row.group_state),
        visibility=GroupVisibility(row.group_visibility),
        joining=Joining(row.group_joining),
        is_member=row.is_member,
        is_chair=row.is_chair,
    )


def current_members() -> Select[UUID, UUID, datetime]:
    """Groups (`group_id`), who is in them now (`person_id`) and since when, for joins. Bind `now`."""
    return select(
        GroupMembership.group_id, GroupMembership.person_id, GroupMembership.joined_at
    ).where(CURRENT_MEMBER)


def may_read(person: Any, group: Any) -> Any:
    """Whether a person may read a group: `visible_groups` for statements about many people. Bind `now`."""
    organisations = (
        select(Affiliation.organisation_id)
        .join(Organisation, AT_ORGANISATION)
        .where(
            Affiliation.person_id == person,
            is_with_active(bindparam("now")),
        )
        .correlate_except(Affiliation, Organisation)
    )
    found = func.network.visible_groups(
        person, func.array(organisations.scalar_subquery())
    ).table_valued("group_id")
    return (
        select(found.c.group_id).where(found.c.group_id == group).correlate_except(found).exists()
    )


@dataclass(frozen=True)
class WritableGroup:
    """A group one may write in."""

    id: UUID
    name: str
    is_open: bool


def groups_written_in(actor: Actor) -> list[WritableGroup]:
    """The groups the actor may write in, by name."""
    statement = (
        writable_groups()
        .add_columns(Group.visibility == GroupVisibility.OPEN)
        .order_by(func.lower(Group.name))
    )
    rows = db.session.execute(statement, reader_of(actor))
    return [WritableGroup(*row) for row in rows]


def name_of(group_id: UUID) -> str:
    """The name of a group, for what is sent to its members. Raises NotFound."""
    name = db.session.scalar(select(Group.name).where(Group.id == group_id))
    if name is None:
        raise NotFound
    return name


def named_groups() -> Select[UUID, str]:
    """Ids and names of all groups, for joins; whoever asks must see to who may see them."""
    return select(Group.id, Group.name)


def names_of(group_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of groups, for what is sent to their members."""
    statement = select(Group.id, Group.name).where(Group.id.in_(group_ids))
    return {row.id: row.name for row in db.session.execute(statement)}


def closed_names(group_ids: Collection[UUID]) -> list[str]:
    """The names of those of the groups in which not everybody may read, by name."""
    closed = Group.visibility != GroupVisibility.OPEN
    statement = select(Group.name).where(Group.id.in_(group_ids), closed)
    return list(db.session.scalars(statement.order_by(func.lower(Group.name))))


@dataclass(frozen=True)
class GroupFacts:
    """What a group is called, and whether everybody may know of it."""

    name: str
    is_open: bool


def facts_of(group_id: UUID) -> GroupFacts:
    """The plain facts of a group, whoever asks. Raises NotFound."""
    is_open = Group.visibility == GroupVisibility.OPEN
    row = db.session.execute(select(Group.name, is_open).where(Group.id == group_id)).one_or_none()
    if row is None:
        raise NotFound
    return GroupFacts(*row)
