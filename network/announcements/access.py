"""Who may do what with an announcement. Seeing one is decided by `queries.is_seen`."""

from collections.abc import Collection
from uuid import UUID

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from network.permissions import NetworkPermission


def can_see(actor: Actor) -> bool:
    """Whether announcements exist for the actor."""
    return actor.can(NetworkPermission.ANNOUNCEMENTS_SEE)


def can_send(actor: Actor) -> bool:
    """Whether the actor may tell any audience."""
    return actor.can(NetworkPermission.ANNOUNCEMENTS_SEND)


def can_write(actor: Actor, chaired: Collection[UUID]) -> bool:
    """Whether the actor may announce at all: who tells any audience, and chairs their own groups."""
    may_chair = bool(chaired) and actor.can(NetworkPermission.GROUPS_TAKE_PART)
    return can_send(actor) or may_chair


def require_write(actor: Actor, chaired: Collection[UUID]) -> None:
    """Raises Forbidden unless the actor may announce."""
    if not can_write(actor, chaired):
        raise Forbidden(N_("Only the secretariat and chairs of groups announce."))


def can_keep(actor: Actor, author_id: UUID) -> bool:
    """Whether the actor may change, send and count an announcement: its author, and who keeps all."""
    return actor.person_id == author_id or actor.can(NetworkPermission.ANNOUNCEMENTS_KEEP)


def require_keep(actor: Actor, author_id: UUID) -> None:
    """Raises Forbidden unless the actor keeps the announcement."""
    if not can_keep(actor, author_id):
        raise Forbidden(
            N_("Only the author of an announcement, or a network administrator, can do this.")
        )
