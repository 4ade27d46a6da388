"""The files of a draft."""

from collections.abc import Sequence
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.errors import N_, Refused
from kernel.events import emit
from kernel.files import Upload, file_by_id, remove, store
from kernel.identity.actor import Actor
from network.library import access
from network.library.events import RenditionAdded
from network.library.models import LibraryRendition
from network.library.queries import items
from network.library.rules import catalogue, versions
from network.library.rules.catalogue import ItemVisibility

_TAKEN = ", ".join(catalogue.Format)


def add_rendition(
    actor: Actor, version_id: UUID, *, file: Upload | None, language: str | None = None
) -> LibraryRendition:
    """Add a file to a draft, in place of the one in the same language and format.

    Its format is what its content shows, its language that of the version unless told. Raises NotFound,
    Forbidden, and Refused for what is no draft, for no file or one that cannot be kept, and for a
    translation's file in another language.
    """
    seen = items.version_seen_by(actor, version_id)
    access.require_edit(actor, seen.standing, seen.version.created_by)
    versions.check_editable(seen.version.state)
    translated = seen.version.translated_from_id is not None
    language = language or seen.version.language
    versions.check_rendition_language(translated, seen.version.language, language)
    if file is None:
        raise Refused(N_("Choose a file."), field="file")
    stored = store(actor, file)
    found = catalogue.format_of(stored.media_type)
    if found is None:
        raise Refused(
            N_("The library does not take this kind of file. Choose one of these: %(types)s."),
            field="file",
            types=_TAKEN,
        )
    drop(items.renditions_like(version_id, language, found))
    rendition = LibraryRendition(
        id=new_id(), version_id=version_id, language=language, format=found, file_id=stored.id
    )
    db.session.add(rendition)
    db.session.flush()
    emit(RenditionAdded(rendition_id=rendition.id))
    _record(actor, "library_version.file_added", seen, {"file": stored.name})
    return rendition


def remove_rendition(actor: Actor, rendition_id: UUID) -> UUID:
    """Take a file from a draft; returns the version it was of. Raises as `add_rendition` does."""
    found = items.rendition_seen_by(actor, rendition_id)
    seen = items.version_seen_by(actor, found.rendition.version_id)
    access.require_edit(actor, seen.standing, seen.version.created_by)
    versions.check_editable(seen.version.state)
    name = found.file.name
    drop([found.rendition])
    _record(actor, "library_version.file_removed", seen, {"file": name})
    return seen.version.id


def drop(renditions: Sequence[LibraryRendition]) -> None:
    """Delete renditions with their files, to which nothing must lead any more."""
    files = [file_by_id(rendition.file_id) for rendition in renditions]
    for rendition in renditions:
        db.session.delete(rendition)
    db.session.flush()
    for file in files:
        remove(file)
    db.session.flush()


def _record(actor: Actor, action: str, seen: items.VersionSeen, after: dict[str, str]) -> None:
    shown = seen.item.visibility == ItemVisibility.NETWORK
    title = seen.version.title if shown else ""
    audit.record(actor, action, seen.version, after=after if shown else {}, label=title)
