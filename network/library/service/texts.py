"""Reading what is inside files, after they were added, and noting who uses an item."""

from uuid import UUID

from kernel.db import db
from kernel.files.backends import storage
from kernel.files.storage import FileMissing
from kernel.values import clock
from network.library.models import LibraryText, LibraryUse
from network.library.queries import texts, uses
from network.library.reading import Outcome, Reading, read
from network.library.rules.catalogue import WITH_TEXT, Format
from network.library.rules.links import items_named_in
from network.library.rules.versions import VersionState
from network.library.service import notices
from network.library.service.findable import index_version


def read_rendition(rendition_id: UUID) -> None:
    """Read the words of a file and let them be found once its version is published.

    A file that cannot be read stays as it is; who added it is told by mail. One that is gone meanwhile
    is passed over, as is one of a format without words.
    """
    row = texts.file_to_read(rendition_id)
    if row is None or Format(row.LibraryRendition.format) not in WITH_TEXT:
        return
    found = _read(row.StoredFile.key, Format(row.LibraryRendition.format))
    db.session.merge(
        LibraryText(
            id=rendition_id, outcome=found.outcome.value, body=found.text, read_at=clock.now()
        )
    )
    db.session.flush()
    if row.LibraryVersion.state == VersionState.PUBLISHED:
        index_version(row.LibraryItem, row.LibraryVersion)
    if found.outcome is Outcome.UNREADABLE:
        notices.tell_of_unreadable(row.StoredFile, row.LibraryVersion)


def note_uses(post_id: UUID) -> None:
    """Remember which published items a post names by their address; none for a post that is gone."""
    named = uses.published_among(items_named_in(uses.words_of_post(post_id) or ""))
    noted = {use.item_id: use for use in uses.noted_of(post_id)}
    for item_id in noted.keys() - set(named):
        db.session.delete(noted[item_id])
    for item_id in named:
        if item_id not in noted:
            db.session.add(LibraryUse(item_id=item_id, post_id=post_id))


def _read(key: str, form: Format) -> Reading:
    try:
        return read(b"".join(storage().get(key)), form)
    except FileMissing:
        return Reading(Outcome.UNREADABLE)
