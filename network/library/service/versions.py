"""Drafts: starting, changing and discarding them."""

from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_
from kernel.identity.actor import Actor
from network.library import access
from network.library.models import LibraryItem, LibraryVersion
from network.library.queries import items
from network.library.rules import versions as rules
from network.library.rules.catalogue import ItemVisibility
from network.library.service.renditions import drop
from network.permissions import NetworkPermission

for _open in ("original", "translation"):
    explain(
        f"uq_library_version_open_{_open}",
        N_(
            "A new version is being made already. Go on with that one, or wait until it is published."
        ),
    )
explain(
    "library_version_frozen",
    N_("A published version never changes. Start a new version."),
)


def make_version(
    actor: Actor,
    item: LibraryItem,
    *,
    language: str,
    title: str,
    summary: str,
    notes: str,
    translated_from: LibraryVersion | None = None,
) -> LibraryVersion:
    """Write a draft of the actor's into an item that she may add to."""
    line = None if translated_from is None else language
    version = LibraryVersion(
        id=new_id(),
        item_id=item.id,
        number=items.next_number(item.id, line),
        language=language,
        title=title,
        summary=summary,
        notes=notes,
        translated_from_id=None if translated_from is None else translated_from.id,
        created_by=actor.person_id,
        edited_by=actor.person_id,
    )
    db.session.add(version)
    db.session.flush()
    return version


def start_version(
    actor: Actor, item_id: UUID, *, title: str, summary: str | None = None, notes: str | None = None
) -> LibraryVersion:
    """Begin the next version of an item, in its language.

    Raises NotFound, Forbidden, and Refused while another version is being made.
    """
    seen = items.item_seen_by(actor, item_id)
    access.require_keep(actor, seen.standing)
    version = make_version(
        actor,
        seen.item,
        language=seen.item.language,
        title=title,
        summary=summary or "",
        notes=notes or "",
    )
    _record(actor, "started", seen.item, version, {"number": version.number})
    return version


def translate(
    actor: Actor,
    version_id: UUID,
    *,
    language: str,
    title: str,
    summary: str | None = None,
    notes: str | None = None,
) -> LibraryVersion:
    """Begin a translation of a published original; whoever sees it and may write can.

    Raises NotFound, Forbidden, and Refused for a translation or a version that was never published, for
    its own language, and while another translation into that language is being made.
    """
    seen = items.version_seen_by(actor, version_id)
    actor.require(NetworkPermission.LIBRARY_WRITE)
    source = seen.version
    rules.check_original(is_translation=source.translated_from_id is not None)
    rules.check_translatable(source.state, source.language, language)
    version = make_version(
        actor,
        seen.item,
        language=language,
        title=title,
        summary=summary or "",
        notes=notes or "",
        translated_from=source,
    )
    after = {"language": language, "follows": source.number}
    _record(actor, "started", seen.item, version, after)
    return version


def edit_draft(
    actor: Actor,
    version_id: UUID,
    *,
    version: int | None,
    title: str,
    summary: str | None = None,
    notes: str | None = None,
) -> LibraryVersion:
    """Change the words of a draft.

    Raises NotFound, Forbidden, Refused for what is no draft, and Conflict when `version` is not the one
    that stands.
    """
    seen = items.version_seen_by(actor, version_id)
    access.require_edit(actor, seen.standing, seen.version.created_by)
    rules.check_editable(seen.version.state)
    draft = seen.version
    before = {"title": draft.title, "summary": draft.summary, "notes": draft.notes}
    draft.expect(version, before)
    after = {"title": title, "summary": summary or "", "notes": notes or ""}
    draft.title, draft.summary, draft.notes = title, summary or "", notes or ""
    draft.edited_by = actor.person_id
    if seen.item.visibility == ItemVisibility.NETWORK:
        audit.record(actor, "library_version.changed", draft, before=before, after=after)
    else:
        _record(actor, "changed", seen.item, draft, {})
    return draft


def discard_draft(actor: Actor, version_id: UUID, *, version: int | None) -> None:
    """Throw a draft away with its files. Raises as `edit_draft` does."""
    seen = items.version_seen_by(actor, version_id)
    access.require_edit(actor, seen.standing, seen.version.created_by)
    rules.check_editable(seen.version.state)
    seen.version.expect(version, {})
    _record(actor, "discarded", seen.item, seen.version, {"number": seen.version.number})
    drop(items.renditions(version_id))
    db.session.delete(seen.version)
    db.session.flush()
    if not items.has_versions(seen.item.id):
        db.session.delete(seen.item)
        db.session.flush()


def _record(
    actor: Actor, verb: str, item: LibraryItem, version: LibraryVersion, after: dict[str, object]
) -> None:
    shown = item.visibility == ItemVisibility.NETWORK
    audit.record(
        actor,
        f"library_version.{verb}",
        version,
        after=after,
        label=version.title if shown else "",
    )
