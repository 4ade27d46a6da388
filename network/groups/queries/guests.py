"""Finding the invitations of guests that nobody accepted yet."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from kernel.db import db
from network.groups.models import Group, GuestInvitation


def guest_invitations_into(group_id: UUID) -> Sequence[GuestInvitation]:
    """The invitations of guests into a group."""
    statement = select(GuestInvitation).where(GuestInvitation.group_id == group_id)
    return db.session.scalars(statement).all()


def guest_invitation_by_id(guest_invitation_id: UUID) -> GuestInvitation | None:
    """An invitation of a guest."""
    statement = select(GuestInvitation).where(GuestInvitation.id == guest_invitation_id)
    return db.session.scalars(statement).one_or_none()


def guest_invitation_of(invitation_id: UUID) -> GuestInvitation | None:
    """Where an invitation that was accepted leads."""
    statement = select(GuestInvitation).where(GuestInvitation.invitation_id == invitation_id)
    return db.session.scalars(statement).one_or_none()


def group_by_id(group_id: UUID) -> Group:
    """The group somebody was invited to, whoever asks; raises NoResultFound where there is none."""
    return db.session.scalars(select(Group).where(Group.id == group_id)).one()
