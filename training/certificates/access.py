"""Who may issue certificates, and who may have one."""

from uuid import UUID

from kernel.errors import Forbidden, NotFound
from kernel.identity.actor import Actor
from training.permissions import TrainingPermission


def may_manage(actor: Actor) -> bool:
    """Whether the actor runs workshops: certificates are issued and taken back by nobody else."""
    return actor.can(TrainingPermission.WORKSHOPS_MANAGE)


def require_manage(actor: Actor) -> None:
    """Raises Forbidden unless the actor runs workshops."""
    if not may_manage(actor):
        raise Forbidden()


def require_read(actor: Actor, person_id: UUID) -> None:
    """Raises NotFound unless the certificate is the actor's own, or she runs workshops."""
    if actor.person_id != person_id and not may_manage(actor):
        raise NotFound
