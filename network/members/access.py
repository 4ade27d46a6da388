"""Who may see, import and change members."""

from uuid import UUID

from kernel.errors import Forbidden
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
