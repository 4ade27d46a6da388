"""Who gives out the functions of an organisation."""

from uuid import UUID

from kernel.errors import Forbidden
from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission


def can_give_functions(actor: Actor, organisation_id: UUID) -> bool:
    """An organisation's administrator or focal point does, and who administers the network."""
    return actor.can(KernelPermission.PEOPLE_ADMIT, organisation_id)


def require_functions(actor: Actor, organisation_id: UUID) -> None:
    """Raises Forbidden unless the actor gives out the functions of the organisation."""
    if not can_give_functions(actor, organisation_id):
        raise Forbidden()
