"""Who may do what with a group. Seeing one is decided by `queries.visible_groups`."""

from uuid import UUID

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission
from network.permissions import NetworkPermission


def can_create(actor: Actor) -> bool:
    """Whether the actor may make groups."""
    return actor.can(NetworkPermission.GROUPS_CREATE)


def can_manage(actor: Actor, *, chairs: bool) -> bool:
    """Whether the actor may change a group and its members: its chair, and who keeps all groups."""
    may_chair = chairs and actor.can(NetworkPermission.GROUPS_TAKE_PART)
    return may_chair or can_keep(actor)


def can_keep(actor: Actor) -> bool:
    """Whether the actor looks after all groups, those without a chair before all."""
    return actor.can(NetworkPermission.GROUPS_MANAGE)


def require_manage(actor: Actor, *, chairs: bool) -> None:
    """Raises Forbidden unless the actor may change the group."""
    if not can_manage(actor, chairs=chairs):
        raise Forbidden(N_("Only the chair of the group and network administrators may do this."))


def can_fill(actor: Actor, *, chairs: bool, organisation_id: UUID) -> bool:
    """Whether the actor names who holds a seat: who admits people there, and who may change the group."""
    return can_manage(actor, chairs=chairs) or actor.can(
        KernelPermission.PEOPLE_ADMIT, organisation_id
    )


def require_fill(actor: Actor, *, chairs: bool, organisation_id: UUID) -> None:
    """Raises Forbidden unless the actor names who holds the seat."""
    if not can_fill(actor, chairs=chairs, organisation_id=organisation_id):
        raise Forbidden(
            N_("The focal point of the organisation or the chair names who holds this seat.")
        )
