"""What waits for one person in groups: one statement for her home page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Row, Select, Text, Uuid, bindparam, literal, null, select, union_all

from kernel.db.hot import HotStatement
from kernel.identity.actor import Actor
from kernel.identity.models import Person
from network.groups.models import Group, GroupInvitation, GroupMembership, JoinRequest
from network.groups.queries.reading import READER, chair_exists, reader_of
from network.groups.rules import Answer, GroupState

_SOON = bindparam("soon", type_=Date())


def _columns(kind: str, target: Any, about: Any, due: Any) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        Group.id.label("group_id"),
        Group.name.label("group"),
        target.label("target_id"),
        about.label("about"),
        due.label("due"),
    )


def _chaired() -> tuple[Any, ...]:
    """The active groups the reader chairs."""
    return (Group.state == GroupState.ACTIVE, chair_exists())


def _requests() -> Select[Any]:
    return (
        _columns("request", JoinRequest.id, Person.name, null().cast(Date))
        .join(JoinRequest, JoinRequest.group_id == Group.id)
        .join(Person, Person.id == JoinRequest.person_id)
        .where(JoinRequest.state == Answer.OPEN, *_chaired())
    )


def _invitations() -> Select[Any]:
    return (
        _columns("invitation", GroupInvitation.id, Group.name, null().cast(Date))
        .join(GroupInvitation, GroupInvitation.group_id == Group.id)
        .where(
            GroupInvitation.state == Answer.OPEN,
            GroupInvitation.person_id == READER,
            Group.state == GroupState.ACTIVE,
        )
    )


def _terms() -> Select[Any]:
    """Terms of members, and the reader's own, that end soon or have ended."""
    return (
        _columns("term", GroupMembership.id, Person.name, GroupMembership.term_ends_on)
        .join(GroupMembership, GroupMembership.group_id == Group.id)
        .join(Person, Person.id == GroupMembership.person_id)
        .where(
            GroupMembership.term_ends_on <= _SOON,
            GroupMembership.ended_at.is_(None),
            *_chaired(),
        )
    )


def _chair_terms() -> Select[Any]:
    """The reader's own terms as a chair that end soon or have ended."""
    own = GroupMembership
    return (
        _columns("chair", null().cast(Uuid), null().cast(Text), own.chair_term_ends_on)
        .join(own, own.group_id == Group.id)
        .where(own.person_id == READER, own.chair_term_ends_on <= _SOON, *_chaired())
    )


_WAITING = HotStatement(union_all(_requests(), _invitations(), _terms(), _chair_terms()))


def waiting_for(actor: Actor, soon: date) -> Sequence[Row[Any]]:
    """Requests to answer, invitations of one's own, and terms that end until `soon`.

    Each row has a `kind` ("request", "invitation", "term" or "chair"), the group, and whom or what it is
    about.
    """
    return _WAITING.rows(**reader_of(actor), soon=soon)
