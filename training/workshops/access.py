"""Who may change workshops and their agendas."""

from kernel.errors import Forbidden
from kernel.identity.actor import Actor
from training.permissions import TrainingPermission


def can_manage(actor: Actor) -> bool:
    """Programme officers run workshops; members see which there are."""
    return actor.can(TrainingPermission.WORKSHOPS_MANAGE)


def require_manage(actor: Actor) -> None:
    """Raises Forbidden unless the person runs workshops."""
    if not can_manage(actor):
        raise Forbidden()
