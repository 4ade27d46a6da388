"""Who may do what with a group. Seeing one is decided by `queries.visible_groups`."""

from uuid import UUID

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from network.permissions import NetworkPermission


def can_create(actor: Actor) -> bool:
    """Whether the actor may make groups."""
    return actor.can(NetworkPermission.GROUPS_CREATE)


def can_manage(actor: Actor, chair_id: UUID) -> bool:
    """Whether the actor may change a group and its members: its chair, and who keeps all groups."""
    chairs = actor.person_id == chair_id and actor.can(NetworkPermission.GROUPS_TAKE_PART)
    return chairs or actor.can(NetworkPermission.GROUPS_MANAGE)


def require_manage(actor: Actor, chair_id: UUID) -> None:
    """Raises Forbidden unless the actor may change the group."""
    if not can_manage(actor, chair_id):
        raise Forbidden(N_("Only the chair of the group and network administrators may do this."))
