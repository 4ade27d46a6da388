"""Who may see and change participants and their attendance."""

from kernel.errors import Forbidden
from kernel.identity.actor import Actor
from training.permissions import TrainingPermission


def require_manage(actor: Actor) -> None:
    """Raises Forbidden unless the actor runs workshops: names and minutes are nobody else's."""
    if not actor.can(TrainingPermission.WORKSHOPS_MANAGE):
        raise Forbidden()
