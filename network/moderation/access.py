"""Who decides on a post: the chair of its group, and administrators who may read it."""

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from network.groups.queries import Standing
from network.permissions import NetworkPermission


def can_decide(actor: Actor, standing: Standing) -> bool:
    """Whether the actor, who reads the group, moderates in it."""
    return standing.is_chair or actor.can(NetworkPermission.TOPICS_MODERATE)


def require_decide(actor: Actor, standing: Standing) -> None:
    """Raises Forbidden unless the actor moderates in the group."""
    if not can_decide(actor, standing):
        raise Forbidden(
            N_("Only the chair of the group, and administrators who read it, decide on its posts.")
        )
