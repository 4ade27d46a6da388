"""Keeping and removing files: the row and the bytes stand or fall with the transaction.

Bytes are written before the row is committed and cannot take part in the transaction. So a rollback
removes what was written for it, and bytes of a removed file go only once its removal is committed.
"""

import hashlib
from io import BytesIO
from typing import BinaryIO, Protocol
from uuid import UUID

import structlog
from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.errors import N_, NotFound, Refused
from kernel.files.backends import storage
from kernel.files.models import StoredFile
from kernel.files.names import safe_name
from kernel.files.pictures import encoded_anew
from kernel.files.sniffing import media_type
from kernel.files.storage import CHUNK, StorageUnavailable, new_key
from kernel.identity.actor import Actor

log = structlog.get_logger(__name__)

LARGEST = 20 * 1024 * 1024
"""Bytes in one file."""
MOST = 10
"""Files taken at once, and hanging on one thing."""

_WRITTEN = "files_written"
_REMOVED = "files_removed"


class Upload(Protocol):
    """A file as a form hands it over (werkzeug's FileStorage is one)."""

    filename: str | None
    stream: BinaryIO


def store(actor: Actor, upload: Upload, *, field: str = "file", shown: bool = False) -> StoredFile:
    """Keep one file handed in by the actor; `shown` encodes a picture anew, to be seen in a page.

    Raises Refused (naming the form's field) for a file that is empty, too large or not of an
    accepted type, and StorageUnavailable when the bytes cannot be kept now.
    """
    name = safe_name(upload.filename)
    kind = media_type(name, upload.stream, field=field)
    size, digest = _measured(upload.stream)
    _check_size(name, size, field)
    picture = encoded_anew(name, kind, upload.stream, field=field) if shown else None
    stream = upload.stream
    if picture is not None:
        stream = BytesIO(picture.content)
        size, digest = _measured(stream)
    seen = picture if picture and not picture.moves else None
    key = new_key(actor.tenant_id)
    db.session.info.setdefault(_WRITTEN, []).append(key)
    storage().put(key, stream)
    row = StoredFile(
        key=key,
        name=name,
        media_type=kind,
        size=size,
        sha256=digest,
        created_by=actor.person_id,
        width=seen.width if seen else None,
        height=seen.height if seen else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def store_all(
    actor: Actor, uploads: list[Upload], *, field: str = "files", shown: bool = False
) -> list[StoredFile]:
    """Keep several files, or none when one of them or their number is refused."""
    check_count(len(uploads), field=field)
    return [store(actor, upload, field=field, shown=shown) for upload in uploads]


def check_count(number: int, *, field: str) -> None:
    """Raises Refused for more files than may hang on one thing, in whatever portions they come."""
    if number > MOST:
        raise Refused(N_("Choose at most %(most)s files."), field=field, most=MOST)


def keep(content: bytes, name: str, media_type: str, *, created_by: UUID) -> StoredFile:
    """Keep a document the service made itself; its row is written at the next flush.

    Raises StorageUnavailable when the bytes cannot be kept now.
    """
    key = new_key(require_scope().tenant)
    db.session.info.setdefault(_WRITTEN, []).append(key)
    storage().put(key, BytesIO(content))
    row = StoredFile(
        id=new_id(),
        key=key,
        name=safe_name(name),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).digest(),
        created_by=created_by,
    )
    db.session.add(row)
    return row


def file_by_id(file_id: UUID) -> StoredFile:
    """Find a file of the tenant; who may see it is the question of what it hangs on.

    Raises NotFound.
    """
    row = db.session.scalars(select(StoredFile).where(StoredFile.id == file_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def remove(row: StoredFile) -> None:
    """Remove a file: its row now, its bytes after the commit."""
    db.session.delete(row)
    db.session.info.setdefault(_REMOVED, []).append(row.key)


def _measured(stream: BinaryIO) -> tuple[int, bytes]:
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    stream.seek(0)
    return size, digest.digest()


def _check_size(name: str, size: int, field: str) -> None:
    if size == 0:
        raise Refused(N_("%(name)s is empty. Choose another file."), field=field, name=name)
    if size > LARGEST:
        raise Refused(
            N_("%(name)s is too large. Choose a file of at most %(most)s MB."),
            field=field,
            name=name,
            most=LARGEST // (1024 * 1024),
        )


@event.listens_for(Session, "after_commit")
def _delete_removed(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.info.pop(_WRITTEN, None)
    _delete_bytes(session.info.pop(_REMOVED, ()))


@event.listens_for(Session, "after_transaction_end")
def _forget_written(session: Session, transaction: SessionTransaction) -> None:
    """What is still noted when the outermost transaction ends was never committed."""
    if transaction.parent is None:
        session.info.pop(_REMOVED, None)
        _delete_bytes(session.info.pop(_WRITTEN, ()))


def _delete_bytes(keys: list[str] | tuple[str, ...]) -> None:
    """Bytes that stay behind are waste, not an error of whoever asked: note them for the operator."""
    for key in keys:
        try:
            storage().delete(key)
        except StorageUnavailable:
            log.warning("file bytes left behind", key=key)
