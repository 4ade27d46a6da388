"""File bytes in a folder on disk: the default, made for one machine."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from kernel.files.storage import CHUNK, FileMissing, StorageUnavailable, checked, is_key

_PART = ".part-"


class FolderStorage:
    """Keeps each file as `<root>/<tenant>/<random>`, readable by this process's user only."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, stream: BinaryIO) -> None:
        """Write beside the target, then rename: a reader never sees half a file."""
        target = self._path(key)
        with _reported():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=_PART)
            part = Path(name)
            try:
                with os.fdopen(descriptor, "wb") as out:
                    shutil.copyfileobj(stream, out, CHUNK)
                    out.flush()
                    os.fsync(out.fileno())
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise

    def get(self, key: str) -> Iterator[bytes]:
        """Open at once, so that a missing file is known before any header is sent."""
        path = self._path(key)
        with _reported():
            try:
                source = path.open("rb")
            except FileNotFoundError:
                raise FileMissing(key) from None
        return _chunks(source)

    def delete(self, key: str) -> None:
        """Remove the file if it is there."""
        with _reported():
            self._path(key).unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        """Tell whether the file is there."""
        with _reported():
            return self._path(key).is_file()

    def keys(self, tenant_id: int, before: datetime) -> Iterator[str]:
        """Look through the tenant's folder."""
        for path in self._older(tenant_id, before):
            key = f"{tenant_id}/{path.name}"
            if is_key(key):
                yield key

    def discard_parts(self, tenant_id: int, before: datetime) -> None:
        """Remove files that were never renamed to their key."""
        for path in self._older(tenant_id, before):
            if path.name.startswith(_PART):
                with _reported():
                    path.unlink(missing_ok=True)

    def _older(self, tenant_id: int, before: datetime) -> list[Path]:
        """The files of a tenant last written before a moment; none where nothing was ever put."""
        found = []
        with (
            _reported(),
            suppress(FileNotFoundError),
            os.scandir(self._root / str(tenant_id)) as entries,
        ):
            for entry in entries:
                with suppress(FileNotFoundError):  # deleted meanwhile
                    if entry.stat().st_mtime < before.timestamp():
                        found.append(Path(entry.path))
        return found

    def _path(self, key: str) -> Path:
        return self._root / checked(key)


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    with source:
        while chunk := source.read(CHUNK):
            yield chunk


@contextmanager
def _reported() -> Iterator[None]:
    """Turn a full, missing or unreadable disk into the error callers know."""
    try:
        yield
    except OSError as error:
        raise StorageUnavailable from error
