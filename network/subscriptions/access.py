"""Who may say how the mails of a group are written. What comes to oneself, everybody decides alone."""

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from network.permissions import NetworkPermission


def can_manage(actor: Actor, *, chairs: bool) -> bool:
    """Whether the actor decides on the mails of a group: its chair, and who keeps all groups."""
    may_chair = chairs and actor.can(NetworkPermission.GROUPS_TAKE_PART)
    return may_chair or actor.can(NetworkPermission.GROUPS_MANAGE)


def require_manage(actor: Actor, *, chairs: bool) -> None:
    """Raises Forbidden unless the actor decides on the mails of the group."""
    if not can_manage(actor, chairs=chairs):
        raise Forbidden(N_("Only the chair of the group and network administrators may do this."))
