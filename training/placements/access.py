"""Who may do what with a vacancy and with applications."""

from uuid import UUID

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from training.permissions import TrainingPermission


def can_manage(actor: Actor) -> bool:
    """Whether this person drafts and publishes vacancies and reads what is sent for them."""
    return actor.can(TrainingPermission.VACANCIES_MANAGE)


def can_approve(actor: Actor, authors: tuple[UUID, ...]) -> bool:
    """Whether this person may approve a vacancy; nobody approves what she wrote herself."""
    return actor.can(TrainingPermission.VACANCIES_APPROVE) and actor.person_id not in authors


def require_approver(actor: Actor, authors: tuple[UUID, ...]) -> None:
    """Raises Forbidden for those who may not approve, and for the authors themselves."""
    actor.require(TrainingPermission.VACANCIES_APPROVE)
    if not can_approve(actor, authors):
        raise Forbidden(N_("Somebody else approves this vacancy: you wrote in it yourself."))
