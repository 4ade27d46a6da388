"""What was read inside the files of the library."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, func, select

from kernel.db import db
from kernel.files import StoredFile
from network.library.models import LibraryItem, LibraryRendition, LibraryText, LibraryVersion


def texts_of(version_id: UUID) -> Sequence[Row[UUID, str, str]]:
    """Id, language and text of each file of a version, oldest first; no text where none was read yet."""
    statement = (
        select(
            LibraryRendition.id,
            LibraryRendition.language,
            func.coalesce(LibraryText.body, "").label("body"),
        )
        .outerjoin(LibraryText, LibraryText.id == LibraryRendition.id)
        .where(LibraryRendition.version_id == version_id)
        .order_by(LibraryRendition.id)
    )
    return db.session.execute(statement).all()


def file_to_read(
    rendition_id: UUID,
) -> Row[LibraryRendition, StoredFile, LibraryVersion, LibraryItem] | None:
    """A rendition with its file, version and item, for reading it; None when it is gone."""
    statement = (
        select(LibraryRendition, StoredFile, LibraryVersion, LibraryItem)
        .join(StoredFile, StoredFile.id == LibraryRendition.file_id)
        .join(LibraryVersion, LibraryVersion.id == LibraryRendition.version_id)
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .where(LibraryRendition.id == rendition_id)
    )
    return db.session.execute(statement).one_or_none()
