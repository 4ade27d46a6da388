"""Who sees which item, version and file: conditions on the library's tables, for every statement.

Bind `reader_of(actor)`. A version is seen by who sees its item and the version itself: one that is still
being made only by its author, the item's owner, and who reviews for the owner's organisation.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Uuid, and_, bindparam, exists, func, or_, select

from kernel.identity.actor import Actor
from network.groups.queries import reader_of as reader_of_groups
from network.groups.queries import visible_groups
from network.library.models import LibraryItem, LibraryVersion
from network.library.rules.catalogue import ItemVisibility
from network.library.rules.versions import OPEN, VersionState
from network.permissions import NetworkPermission

_READER = bindparam("reader", type_=Uuid())
_ORGANISATIONS = bindparam("reader_organisations", type_=ARRAY(Uuid()))
_REVIEWS_ALL = bindparam("reviews_all", type_=Boolean())
_REVIEWED = bindparam("reviewed_organisations", type_=ARRAY(Uuid()))


def reader_of(actor: Actor) -> dict[str, Any]:
    """The parameters the conditions below need."""
    everywhere, organisations = _reviewed_by(actor)
    return reader_of_groups(actor) | {
        "reviews_all": everywhere,
        "reviewed_organisations": organisations,
    }


def meant_for_all() -> Any:
    """Whether the reader sees what the network shares: a guest of a group belongs to no organisation."""
    return func.cardinality(_ORGANISATIONS) > 0


def reaches() -> Any:
    """Whether the item in hand is meant for the reader."""
    return or_(
        and_(LibraryItem.visibility == ItemVisibility.NETWORK, meant_for_all()),
        and_(
            LibraryItem.visibility == ItemVisibility.GROUP,
            LibraryItem.group_id.in_(visible_groups()),
        ),
        and_(
            LibraryItem.visibility == ItemVisibility.ORGANISATION,
            LibraryItem.organisation_id == func.any(_ORGANISATIONS),
        ),
    )


def owns() -> Any:
    """Whether the reader owns the item in hand, for an organisation she is with now."""
    return and_(
        LibraryItem.owner_id == _READER, LibraryItem.organisation_id == func.any(_ORGANISATIONS)
    )


def reviews() -> Any:
    """Whether the reader reviews for the organisation of the item in hand."""
    return or_(_REVIEWS_ALL, LibraryItem.organisation_id == func.any(_REVIEWED))


def _is_shown() -> Any:
    """Whether the version in hand was ever published, or is the reader's own."""
    return or_(LibraryVersion.state.not_in(OPEN), LibraryVersion.created_by == _READER)


def is_published() -> Any:
    """Whether anything of the item in hand is published."""
    return exists().where(
        LibraryVersion.tenant_id == LibraryItem.tenant_id,
        LibraryVersion.item_id == LibraryItem.id,
        LibraryVersion.state == VersionState.PUBLISHED,
    )


def visible_items() -> Any:
    """Whether the reader sees the item in hand."""
    shown = (
        select(LibraryVersion.id)
        .where(
            LibraryVersion.tenant_id == LibraryItem.tenant_id,
            LibraryVersion.item_id == LibraryItem.id,
            _is_shown(),
        )
        .correlate(LibraryItem)
        .exists()
    )
    return and_(reaches(), or_(owns(), reviews(), shown))


def visible_versions() -> Any:
    """Whether the reader sees the version in hand, beside which its item stands."""
    return and_(reaches(), or_(owns(), reviews(), _is_shown()))


def visible_files() -> Any:
    """Whether the reader may open the files of the version in hand; a withdrawn one is closed."""
    return and_(
        visible_versions(),
        or_(LibraryVersion.state != VersionState.WITHDRAWN, owns(), reviews()),
    )


def _reviewed_by(actor: Actor) -> tuple[bool, list[UUID]]:
    """Whether somebody reviews for the whole network, and else for which organisations."""
    review = NetworkPermission.LIBRARY_REVIEW
    held_at = {held.organisation_id for held in actor.held_roles if held.organisation_id}
    return actor.can_everywhere(review), [one for one in held_at if actor.can(review, one)]
