"""Who may see, import and change members."""

from typing import Protocol, TypeVar
from uuid import UUID

from kernel.errors import Forbidden, NotFound
from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission


def can_manage(actor: Actor) -> bool:
    """Network administrators import members and correct their facts."""
    return actor.can(KernelPermission.MEMBERS_MANAGE)


def can_admit(actor: Actor, organisation_id: UUID) -> bool:
    """An EMB's administrator or focal point admits its people; an administrator anybody's."""
    return actor.can(KernelPermission.PEOPLE_ADMIT, organisation_id)


def require_manage(actor: Actor) -> None:
    """Raises Forbidden unless the actor manages members."""
    if not can_manage(actor):
        raise Forbidden()


class Applied(Protocol):
    """An organisation as far as it decides who may see it."""

    @property
    def was_declined(self) -> bool:
        """Whether it applied, was refused, and never was a member."""


MemberT = TypeVar("MemberT", bound=Applied)


def shown_member(actor: Actor, member: MemberT | None) -> MemberT:
    """A member's page or answer; raises NotFound for who was refused, but to who manages members."""
    if member is None or (member.was_declined and not can_manage(actor)):
        raise NotFound
    return member
