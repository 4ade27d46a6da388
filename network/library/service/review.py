"""From draft to published, superseded and withdrawn."""

from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.values import clock
from network.library import access
from network.library.events import VersionDecided, VersionSubmitted
from network.library.models import LibraryItem, LibraryVersion
from network.library.queries import items
from network.library.rules import versions as rules
from network.library.rules.catalogue import ItemVisibility
from network.library.rules.versions import VersionState
from network.library.service.findable import forget_version, index_version


def submit(actor: Actor, version_id: UUID, *, version: int | None) -> LibraryVersion:
    """Hand a draft in for review; who reviews is told by mail.

    Raises NotFound, Forbidden, Refused for what is no draft or has no file, and Conflict when `version`
    is not the one that stands.
    """
    seen = items.version_seen_by(actor, version_id)
    access.require_edit(actor, seen.standing, seen.version.created_by)
    draft = items.locked(version_id)
    rules.check_submittable(draft.state, len(items.renditions(version_id)))
    draft.expect(version, {})
    _move(
        actor,
        "library_version.submitted",
        seen.item,
        draft,
        VersionState.REVIEW,
        submitted_by=actor.person_id,
        submitted_at=clock.now(),
        return_reason=None,
    )
    emit(VersionSubmitted(version_id=version_id))
    return draft


def return_to_author(
    actor: Actor, version_id: UUID, *, version: int | None, reason: str
) -> LibraryVersion:
    """End a review without publishing: the version is a draft again, and its author learns why.

    Its authors may take it back themselves. Raises NotFound, Forbidden, Refused for what is not in
    review, and Conflict.
    """
    seen = items.version_seen_by(actor, version_id)
    access.require_return(actor, seen.standing, seen.version.created_by)
    found = items.locked(version_id)
    rules.check_in_review(found.state)
    found.expect(version, {})
    _move(
        actor,
        "library_version.returned",
        seen.item,
        found,
        VersionState.DRAFT,
        return_reason=reason,
    )
    if actor.person_id != found.created_by:
        emit(VersionDecided(version_id=version_id))
    return found


def publish(actor: Actor, version_id: UUID, *, version: int | None) -> LibraryVersion:
    """Publish what somebody else made; the version that stood before it is superseded.

    Raises NotFound, Forbidden for one of its makers and for who does not review, Refused for what is not
    in review and for a translation of what was withdrawn, and Conflict.
    """
    seen = items.version_seen_by(actor, version_id)
    access.require_review(actor, seen.standing)
    found = items.locked(version_id)
    rules.check_in_review(found.state)
    rules.check_not_own(actor.person_id, items.makers_of(found))
    rules.check_source(items.pinned(found))
    found.expect(version, {})
    _supersede(actor, seen.item, found)
    _move(
        actor,
        "library_version.published",
        seen.item,
        found,
        VersionState.PUBLISHED,
        published_by=actor.person_id,
        published_at=clock.now(),
    )
    if found.translated_from_id is None:
        seen.item.title, seen.item.summary = found.title, found.summary
    db.session.flush()
    index_version(seen.item, found)
    emit(VersionDecided(version_id=version_id))
    return found


def withdraw(
    actor: Actor,
    version_id: UUID,
    *,
    version: int | None,
    reason: str,
    translations: bool = False,
) -> LibraryVersion:
    """Take back a published version: the page says why, and its files are closed.

    So it is with its `translations` if asked for; those that stay say what became of their original.

    Raises NotFound, Forbidden, Refused for what was never published or is withdrawn, and Conflict.
    """
    seen = items.version_seen_by(actor, version_id)
    access.require_keep(actor, seen.standing)
    found = items.locked(version_id)
    rules.check_withdrawable(found.state)
    found.expect(version, {})
    with_it = items.translations_of(version_id) if translations else ()
    for each in [found, *map(items.locked, with_it)]:
        _move(
            actor,
            "library_version.withdrawn",
            seen.item,
            each,
            VersionState.WITHDRAWN,
            withdrawn_by=actor.person_id,
            withdrawn_at=clock.now(),
            withdrawal_reason=reason,
        )
        forget_version(each)
    return found


def _supersede(actor: Actor, item: LibraryItem, successor: LibraryVersion) -> None:
    translated = successor.translated_from_id is not None
    standing = items.standing_version(item.id, successor.language if translated else None)
    if standing is not None:
        _move(actor, "library_version.superseded", item, standing, VersionState.SUPERSEDED)
        forget_version(standing)


def _move(
    actor: Actor,
    action: str,
    item: LibraryItem,
    version: LibraryVersion,
    state: VersionState,
    **columns: Any,
) -> None:
    """Change the state with the columns that go with it; the trail repeats a reason where all may read it."""
    before, version.state = version.state, state.value
    for name, value in columns.items():
        setattr(version, name, value)
    shown = item.visibility == ItemVisibility.NETWORK
    said = {name: value for name, value in columns.items() if shown and name.endswith("_reason")}
    audit.record(
        actor,
        action,
        version,
        before={"state": before},
        after={"state": state.value, **said},
        label=version.title if shown else "",
    )
