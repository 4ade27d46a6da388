"""Who may do what in a topic. Seeing one is decided by its group's predicate."""

from typing import Final
from uuid import UUID

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from network.groups.queries import Standing
from network.permissions import NetworkPermission

ARCHIVED: Final = N_(
    "This group is archived: what was written can be read, and nothing is added or changed."
    " Its chair can reopen it."
)


def _require_active(standing: Standing) -> None:
    if not standing.is_active:
        raise Forbidden(ARCHIVED)


def can_write(actor: Actor, standing: Standing) -> bool:
    """Whether the actor may post in the group: its members, while it is active."""
    return actor.can(NetworkPermission.TOPICS_WRITE) and standing.is_member and standing.is_active


def require_write(actor: Actor, standing: Standing) -> None:
    """Raises Forbidden unless the actor may post in the group."""
    _require_active(standing)
    if not can_write(actor, standing):
        raise Forbidden(N_("Only members of the group write here. Join it, or ask its chair."))


def can_react(actor: Actor, standing: Standing) -> bool:
    """Whether the actor may say “thank you” to a post she sees: whoever writes in discussions."""
    return actor.can(NetworkPermission.TOPICS_WRITE) and standing.is_active


def require_react(actor: Actor, standing: Standing) -> None:
    """Raises Forbidden unless the actor may react to posts of the group."""
    _require_active(standing)
    if not can_react(actor, standing):
        raise Forbidden(N_("Only who writes in discussions can say something to a post."))


def can_edit(actor: Actor, standing: Standing, author_id: UUID) -> bool:
    """Whether the actor may change a post: her own."""
    return can_write(actor, standing) and actor.person_id == author_id


def require_edit(actor: Actor, standing: Standing, author_id: UUID) -> None:
    """Raises Forbidden unless the actor may change the post."""
    _require_active(standing)
    if not can_edit(actor, standing, author_id):
        raise Forbidden(N_("Only who wrote a post can change it."))


def can_moderate(actor: Actor, standing: Standing) -> bool:
    """Whether the actor may close topics and remove the posts of others: the chair of the group."""
    return can_write(actor, standing) and standing.is_chair


def require_moderate(actor: Actor, standing: Standing) -> None:
    """Raises Forbidden unless the actor chairs the group."""
    _require_active(standing)
    if not can_moderate(actor, standing):
        raise Forbidden(N_("Only the chair of the group can do this."))


def require_edit_or_moderate(actor: Actor, standing: Standing, author_id: UUID) -> None:
    """Raises Forbidden unless the actor wrote what it is about, or chairs the group."""
    if not can_edit(actor, standing, author_id):
        require_moderate(actor, standing)


def can_accept(actor: Actor, standing: Standing, author_id: UUID) -> bool:
    """Whether the actor may say which post answers a question: who asked it, and the chair."""
    return can_write(actor, standing) and (standing.is_chair or actor.person_id == author_id)


def require_accept(actor: Actor, standing: Standing, author_id: UUID) -> None:
    """Raises Forbidden unless the actor may say which post is the answer."""
    _require_active(standing)
    if not can_accept(actor, standing, author_id):
        raise Forbidden(N_("Only who asked the question, or the chair, can accept an answer."))


def can_move(actor: Actor, standing: Standing) -> bool:
    """Whether the actor may take topics out of the group, split and merge them, and put others in.

    Its chair, and an administrator who moderates and reads there.
    """
    moderates = actor.can(NetworkPermission.TOPICS_MODERATE) and standing.is_active
    return moderates or can_moderate(actor, standing)


def require_move(actor: Actor, standing: Standing) -> None:
    """Raises Forbidden unless the actor may move topics from and to the group."""
    _require_active(standing)
    if not can_move(actor, standing):
        raise Forbidden(N_("Only the chair of both groups, or an administrator, can do this."))
