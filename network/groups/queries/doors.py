"""What a reader knows of a group and how its door stands for her; requests and invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.sql.selectable import ScalarSelect

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from kernel.values import clock
from network.groups.models import Group, GroupInvitation, GroupMembership, JoinRequest
from network.groups.queries.reading import (
    CURRENT_CHAIR,
    CURRENT_MEMBER,
    ORGANISATIONS,
    READER,
    chair_exists,
    membership_exists,
    reader_of,
    visible_groups,
)
from network.groups.rules import Answer, GroupVisibility, Way, way_in
from network.permissions import NetworkPermission


@dataclass(frozen=True)
class Door:
    """A group somebody knows of, how far she may go, and what of hers waits for an answer."""

    group: Group
    is_in: bool
    is_chair: bool
    reads: bool
    way: Way
    request_id: UUID | None
    invitation_id: UUID | None


def _count_of_members() -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(GroupMembership)
        .where(
            GroupMembership.tenant_id == Group.tenant_id,
            GroupMembership.group_id == Group.id,
            GroupMembership.organisation_id.is_not(None),
            CURRENT_MEMBER,
        )
        .scalar_subquery()
    )


def _is_chaired() -> Any:
    """Whether somebody who chairs the group in hand is still one of its members."""
    return (
        select(GroupMembership.id)
        .where(
            GroupMembership.tenant_id == Group.tenant_id,
            GroupMembership.group_id == Group.id,
            CURRENT_CHAIR,
        )
        .exists()
    )


def known_to(actor: Actor) -> Any:
    """Who keeps all groups knows of each, though she reads none that she is not in.

    Of a private group, whoever is with an organisation knows the name and the purpose; of any group, who
    is invited into it.
    """
    if actor.can(NetworkPermission.GROUPS_MANAGE):
        return Group.id.is_not(None)
    private = Group.visibility == GroupVisibility.PRIVATE
    return or_(
        Group.id.in_(visible_groups()),
        and_(private, func.cardinality(ORGANISATIONS) > 0),
        _own_invitation().is_not(None),
    )


def _own_request() -> ScalarSelect[UUID]:
    """The request of the reader to the group in hand that waits for its answer."""
    return (
        select(JoinRequest.id)
        .where(
            JoinRequest.tenant_id == Group.tenant_id,
            JoinRequest.group_id == Group.id,
            JoinRequest.person_id == READER,
            JoinRequest.state == Answer.OPEN,
        )
        .correlate(Group)
        .scalar_subquery()
    )


def _own_invitation() -> ScalarSelect[UUID]:
    """The invitation of the reader into the group in hand that she has not answered."""
    return (
        select(GroupInvitation.id)
        .where(
            GroupInvitation.tenant_id == Group.tenant_id,
            GroupInvitation.group_id == Group.id,
            GroupInvitation.person_id == READER,
            GroupInvitation.state == Answer.OPEN,
        )
        .correlate(Group)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class Listed:
    """A group in the list; `chaired` is false where the last chair left and nobody was there to follow."""

    group: Group
    members: int
    chaired: bool
    way: Way

    @property
    def mine(self) -> bool:
        """Whether the reader is in it."""
        return self.way is Way.IN


def groups_listed(actor: Actor, *, kind: str | None = None) -> list[Listed]:
    """The groups the actor may know of, by name, each with how its door stands for her. One query."""
    statement = (
        select(
            Group,
            _count_of_members().label("members"),
            membership_exists().label("is_in"),
            _is_chaired().label("chaired"),
            _own_request().label("request_id"),
            _own_invitation().label("invitation_id"),
        )
        .where(known_to(actor))
        .order_by(func.lower(Group.name))
    )
    if kind is not None:
        statement = statement.where(Group.kind == kind)
    rows = db.session.execute(statement, reader_of(actor) | {"now": clock.now()})
    return [Listed(row.Group, row.members, row.chaired, _way(actor, row)) for row in rows]


def door_of(actor: Actor, group_id: UUID) -> Door:
    """How the door of a group stands for the actor. Raises NotFound for one she may not know of."""
    statement = select(
        Group,
        membership_exists().label("is_in"),
        chair_exists().label("is_chair"),
        Group.id.in_(visible_groups()).label("reads"),
        _own_request().label("request_id"),
        _own_invitation().label("invitation_id"),
    ).where(Group.id == group_id, known_to(actor))
    row = db.session.execute(statement, reader_of(actor)).one_or_none()
    if row is None:
        raise NotFound
    return Door(
        row.Group,
        is_in=row.is_in,
        is_chair=row.is_chair,
        reads=row.reads,
        way=_way(actor, row),
        request_id=row.request_id,
        invitation_id=row.invitation_id,
    )


def _way(actor: Actor, row: Row[Any]) -> Way:
    return way_in(
        row.Group.state,
        row.Group.joining,
        is_in=row.is_in,
        asked=row.request_id is not None,
        invited=row.invitation_id is not None,
        belongs=bool(actor.organisation_ids),
    )


def known_group(actor: Actor, group_id: UUID) -> Group | None:
    """A group, if the actor may know of it."""
    statement = select(Group).where(Group.id == group_id, known_to(actor))
    return db.session.scalars(statement, reader_of(actor)).one_or_none()


def group_known_to(actor: Actor, group_id: UUID) -> Group:
    """A group the actor may know of. Raises NotFound."""
    group = known_group(actor, group_id)
    if group is None:
        raise NotFound
    return group


def open_request(group_id: UUID, person_id: UUID) -> JoinRequest | None:
    """Somebody's request to a group that waits for its answer, to be answered with it."""
    statement = select(JoinRequest).where(
        JoinRequest.group_id == group_id,
        JoinRequest.person_id == person_id,
        JoinRequest.state == Answer.OPEN,
    )
    return db.session.scalars(statement).one_or_none()


@dataclass(frozen=True)
class RequestSeen:
    """A request with who asked, for her and for whoever may answer it."""

    request: JoinRequest
    group: Group
    name: str
    organisation: str | None
    country: str | None


def request_seen_by(actor: Actor, request_id: UUID) -> RequestSeen:
    """A request of the actor's own, or to a group she knows of. Raises NotFound for any other.

    Whether she may answer it, `access` decides.
    """
    statement = (
        _requests()
        .where(JoinRequest.id == request_id, known_to(actor))
        .with_for_update(of=JoinRequest)
    )
    row = db.session.execute(statement, reader_of(actor)).one_or_none()
    if row is None:
        raise NotFound
    return RequestSeen(*row)


def requests_to(group_id: UUID) -> list[RequestSeen]:
    """The requests to a group that wait for their answer, the oldest first."""
    statement = (
        _requests()
        .where(JoinRequest.group_id == group_id, JoinRequest.state == Answer.OPEN)
        .order_by(JoinRequest.id)
    )
    return [RequestSeen(*row) for row in db.session.execute(statement)]


def _requests() -> Any:
    """Requests with who asked, and the organisation she would speak for."""
    return (
        select(JoinRequest, Group, Person.name, Organisation.name, Organisation.country)
        .join(Group, Group.id == JoinRequest.group_id)
        .join(Person, Person.id == JoinRequest.person_id)
        .outerjoin(Organisation, Organisation.id == JoinRequest.organisation_id)
    )


def open_invitation(group_id: UUID, person_id: UUID) -> GroupInvitation | None:
    """Somebody's invitation into a group that she has not answered."""
    statement = select(GroupInvitation).where(
        GroupInvitation.group_id == group_id,
        GroupInvitation.person_id == person_id,
        GroupInvitation.state == Answer.OPEN,
    )
    return db.session.scalars(statement).one_or_none()


def open_invitations(group_id: UUID) -> Sequence[GroupInvitation]:
    """The invitations into a group that wait for their answer, as rows to change."""
    statement = select(GroupInvitation).where(
        GroupInvitation.group_id == group_id, GroupInvitation.state == Answer.OPEN
    )
    return db.session.scalars(statement.order_by(GroupInvitation.id)).all()


def invitation_to(actor: Actor, group_invitation_id: UUID) -> GroupInvitation:
    """An invitation into a group the actor knows of, locked to be answered. Raises NotFound."""
    statement = (
        select(GroupInvitation)
        .join(Group, Group.id == GroupInvitation.group_id)
        .where(GroupInvitation.id == group_invitation_id, known_to(actor))
        .with_for_update(of=GroupInvitation)
    )
    found = db.session.scalars(statement, reader_of(actor)).one_or_none()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class InvitationSeen:
    """An invitation into a group as whoever is invited reads it, with the name of who invites her."""

    id: UUID
    inviter: str
    message: str
    term_ends_on: date | None
    invited_at: datetime


def own_invitation(actor: Actor, group_id: UUID) -> InvitationSeen:
    """The invitation of the actor into a group that she has not answered. Raises NotFound."""
    row = db.session.execute(
        select(
            GroupInvitation.id,
            Person.name,
            GroupInvitation.message,
            GroupInvitation.term_ends_on,
            GroupInvitation.invited_at,
        )
        .join(Person, Person.id == GroupInvitation.invited_by)
        .where(
            GroupInvitation.group_id == group_id,
            GroupInvitation.person_id == actor.person_id,
            GroupInvitation.state == Answer.OPEN,
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return InvitationSeen(*row)


def invitations_into(group_id: UUID) -> Sequence[Any]:
    """The invitations into a group that wait for their answer, with the names of those invited."""
    statement = (
        select(
            GroupInvitation.id,
            GroupInvitation.invited_at,
            Person.id.label("person_id"),
            Person.name,
        )
        .join(Person, Person.id == GroupInvitation.person_id)
        .where(GroupInvitation.group_id == group_id, GroupInvitation.state == Answer.OPEN)
        .order_by(GroupInvitation.id)
    )
    return db.session.execute(statement).all()
