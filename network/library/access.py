"""Who may do what in the library. Seeing an item is decided by `queries.visibility`."""

from uuid import UUID

from kernel.errors import N_, Forbidden
from kernel.identity.actor import Actor
from network.library.rules.standing import ItemStanding
from network.permissions import NetworkPermission


def can_write(actor: Actor) -> bool:
    """Whether the actor may add items and versions."""
    return actor.can(NetworkPermission.LIBRARY_WRITE)


def can_keep(actor: Actor, standing: ItemStanding) -> bool:
    """Whether the actor may change what an item is filed under: its owner, and who reviews."""
    return can_write(actor) and standing.keeps


def require_keep(actor: Actor, standing: ItemStanding) -> None:
    """Raises Forbidden unless the actor may change what the item is filed under."""
    if not can_keep(actor, standing):
        raise Forbidden(N_("Only the owner of the item, or who reviews the library, can do this."))


def can_edit(actor: Actor, standing: ItemStanding, created_by: UUID) -> bool:
    """Whether the actor may change a draft: its author, and the owner of the item."""
    return can_write(actor) and (standing.is_owner or actor.person_id == created_by)


def require_edit(actor: Actor, standing: ItemStanding, created_by: UUID) -> None:
    """Raises Forbidden unless the actor may change the draft."""
    if not can_edit(actor, standing, created_by):
        raise Forbidden(N_("Only the author of a draft, or the owner of the item, can change it."))


def can_review(actor: Actor, standing: ItemStanding) -> bool:
    """Whether the actor may publish what others made in an item, and return it to them."""
    return actor.can(NetworkPermission.LIBRARY_REVIEW) and standing.reviews


def require_review(actor: Actor, standing: ItemStanding) -> None:
    """Raises Forbidden unless the actor may publish in the item."""
    if not can_review(actor, standing):
        raise Forbidden(N_("Only who reviews the library can publish a version or return it."))


def can_return(actor: Actor, standing: ItemStanding, created_by: UUID) -> bool:
    """Whether the actor may end a review without publishing: who reviews, and the authors themselves."""
    return can_review(actor, standing) or can_edit(actor, standing, created_by)


def require_return(actor: Actor, standing: ItemStanding, created_by: UUID) -> None:
    """Raises Forbidden unless the actor may end the review."""
    if not can_return(actor, standing, created_by):
        raise Forbidden(N_("Only who reviews the library, or its author, can return a version."))


def can_arrange(actor: Actor) -> bool:
    """Whether the actor may make collections and change them: they are the whole network's."""
    return actor.can_everywhere(NetworkPermission.LIBRARY_REVIEW)


def require_arrange(actor: Actor) -> None:
    """Raises Forbidden unless the actor may make collections and change them."""
    if not can_arrange(actor):
        raise Forbidden(N_("Only who reviews for the whole network arranges collections."))
