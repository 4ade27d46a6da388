"""Adding items, filing them, and handing them on."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.errors import N_, Forbidden, Refused
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from network.groups import queries as groups
from network.library import access
from network.library.models import LibraryItem, LibraryVersion
from network.library.queries import items
from network.library.rules import catalogue, versions
from network.library.service.findable import index_item
from network.library.service.versions import make_version
from network.permissions import NetworkPermission


@dataclass(frozen=True)
class Filing:
    """What an item is filed under, who may see it, and when it is looked at again."""

    subject: catalogue.Subject
    phase: catalogue.Phase
    licence: catalogue.Licence
    visibility: catalogue.ItemVisibility
    review_on: date
    country: str | None = None
    group_id: UUID | None = None


def create_item(
    actor: Actor,
    *,
    title: str,
    language: str,
    summary: str | None = None,
    **filing: Any,
) -> tuple[LibraryItem, LibraryVersion]:
    """Add an item, owned by the actor for her organisation, with its first draft.

    `filing` are the fields of `Filing`. Raises Forbidden, and Refused for somebody who is with no
    organisation, for a group she does not belong to, and for a review date that has passed.
    """
    actor.require(NetworkPermission.LIBRARY_WRITE)
    filed = _checked(actor, Filing(**filing), before=None)
    item = LibraryItem(
        id=new_id(),
        title=title,
        summary=summary or "",
        language=language,
        owner_id=actor.person_id,
        organisation_id=_speaks_for(actor),
        created_by=actor.person_id,
        **_stored(filed),
    )
    db.session.add(item)
    db.session.flush()
    version = make_version(
        actor, item, language=language, title=title, summary=summary or "", notes=""
    )
    audit.record(actor, "library_item.created", item, after=_stored(filed), label=label(item))
    return item, version


def update_item(actor: Actor, item_id: UUID, *, version: int | None, **changes: Any) -> LibraryItem:
    """File an item anew: change fields of `Filing`.

    Raises NotFound, Forbidden, Refused as `create_item` does, and Conflict when `version` is not the one
    that stands.
    """
    seen = items.item_seen_by(actor, item_id)
    access.require_keep(actor, seen.standing)
    item = seen.item
    before = _filing_of(item)
    item.expect(version, _stored(before))
    filed = _checked(actor, replace(before, **changes), before=before)
    if filed.group_id is not None and filed.group_id != before.group_id:
        _check_owner(item.owner_id, filed.group_id)
    for field, value in _stored(filed).items():
        setattr(item, field, value)
    db.session.flush()
    index_item(item)
    audit.record(
        actor,
        "library_item.changed",
        item,
        before=_stored(before),
        after=_stored(filed),
        label=label(item),
    )
    return item


def hand_over(actor: Actor, item_id: UUID, *, version: int | None, owner_id: UUID) -> LibraryItem:
    """Give an item another owner, who answers for her own organisation.

    Raises NotFound, Forbidden, Conflict, and Refused for somebody who is with no active organisation, or
    may not see the item: she is with another organisation, or not in the group, that alone may.
    """
    seen = items.item_seen_by(actor, item_id)
    access.require_keep(actor, seen.standing)
    item = seen.item
    item.expect(version, {"owner_id": item.owner_id})
    organisation_id = groups.affiliation_of(owner_id)
    if organisation_id is None:
        raise Refused(
            N_("Choose somebody who works for a member of the network."), field="person_id"
        )
    only_theirs = item.visibility == catalogue.ItemVisibility.ORGANISATION
    if only_theirs and organisation_id != item.organisation_id:
        raise Refused(
            N_("Only people of one organisation may see this item. Choose one of them."),
            field="person_id",
        )
    if item.group_id is not None and not _reads(owner_id, item.group_id):
        raise Refused(
            N_("Only people of one group may see this item. Choose one of them."), field="person_id"
        )
    before = {"owner_id": item.owner_id, "organisation_id": item.organisation_id}
    item.owner_id, item.organisation_id = owner_id, organisation_id
    db.session.flush()
    index_item(item)
    after = {"owner_id": owner_id, "organisation_id": organisation_id}
    audit.record(
        actor, "library_item.handed_over", item, before=before, after=after, label=label(item)
    )
    return item


def label(item: LibraryItem) -> str:
    """What the trail calls an item: administrators read it, and see no item that is not for them."""
    return item.title if item.visibility == catalogue.ItemVisibility.NETWORK else ""


def _speaks_for(actor: Actor) -> UUID:
    organisation_id = groups.affiliation_of(actor.person_id)
    if organisation_id is None:
        raise Forbidden(N_("Only people of a member of the network add to the library."))
    return organisation_id


def _checked(actor: Actor, filed: Filing, *, before: Filing | None) -> Filing:
    if before is None or filed.review_on != before.review_on:
        versions.check_review_date(filed.review_on, clock.today(current_tenant().time_zone))
    if filed.group_id is not None and (before is None or filed.group_id != before.group_id):
        _check_group(actor, filed.group_id)
    if filed.visibility is not catalogue.ItemVisibility.GROUP:
        return replace(filed, group_id=None)
    if filed.group_id is None:
        raise Refused(N_("Choose the group that may see the item."), field="group_id")
    return filed


def _check_group(actor: Actor, group_id: UUID) -> None:
    """One shares with a group one belongs to."""
    if not any(group.id == group_id and group.mine for group in groups.groups_read_by(actor)):
        raise Refused(N_("Choose one of your groups."), field="group_id")


def _check_owner(owner_id: UUID, group_id: UUID) -> None:
    """Who answers for an item sees it, also when a librarian files it for her."""
    if not _reads(owner_id, group_id):
        raise Refused(
            N_("The owner of the item is not in this group. Choose a group they are in."),
            field="group_id",
        )


def _reads(person_id: UUID, group_id: UUID) -> bool:
    person = actor_by_person(person_id, clock.now())
    return person is not None and groups.reads(person, group_id)


def _filing_of(item: LibraryItem) -> Filing:
    return Filing(
        subject=catalogue.Subject(item.subject),
        phase=catalogue.Phase(item.phase),
        licence=catalogue.Licence(item.licence),
        visibility=catalogue.ItemVisibility(item.visibility),
        review_on=item.review_on,
        country=item.country,
        group_id=item.group_id,
    )


def _stored(filed: Filing) -> dict[str, Any]:
    """Words of the domain are stored by their value."""
    return {name: getattr(value, "value", value) for name, value in asdict(filed).items()}
