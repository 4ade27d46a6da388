"""The contract of `FileStorage`, on a folder and on a real S3 server."""

import io
import random
import secrets
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kernel.files.folder import FolderStorage
from kernel.files.s3 import S3Settings, S3Storage
from kernel.files.storage import (
    CHUNK,
    FileMissing,
    FileStorage,
    StorageUnavailable,
    checked,
    new_key,
)


def test_what_is_put_comes_back_byte_for_byte(storage: FileStorage) -> None:
    key, content = new_key(7), bytes(range(256)) * 1024
    storage.put(key, io.BytesIO(content))
    chunks = list(storage.get(key))
    assert b"".join(chunks) == content
    assert max(map(len, chunks)) <= CHUNK
    assert len(chunks) > 1


def test_an_empty_file_can_be_kept(storage: FileStorage) -> None:
    key = new_key(7)
    storage.put(key, io.BytesIO(b""))
    assert b"".join(storage.get(key)) == b""
    assert storage.exists(key)


def test_put_starts_at_the_position_of_the_stream(storage: FileStorage) -> None:
    key, stream = new_key(7), io.BytesIO(b"head|body")
    stream.seek(5)
    storage.put(key, stream)
    assert b"".join(storage.get(key)) == b"body"


def test_a_missing_file_is_known_before_the_first_byte(storage: FileStorage) -> None:
    with pytest.raises(FileMissing):
        storage.get(new_key(7))


def test_a_deleted_file_is_gone_and_deleting_again_is_no_error(storage: FileStorage) -> None:
    key = new_key(7)
    storage.put(key, io.BytesIO(b"x"))
    assert storage.exists(key)
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)
    with pytest.raises(FileMissing):
        storage.get(key)


def test_the_keys_of_one_tenant_are_listed_once_they_are_old_enough(storage: FileStorage) -> None:
    tenant = secrets.randbelow(10**6) + 10**6
    mine, theirs = {new_key(tenant) for _ in range(3)}, new_key(tenant * 10)
    for key in (*mine, theirs):
        storage.put(key, io.BytesIO(b"x"))
    now = datetime.now(UTC)
    assert set(storage.keys(tenant, now + timedelta(minutes=1))) == mine
    assert set(storage.keys(tenant, now - timedelta(minutes=1))) == set()
    assert list(storage.keys(tenant + 1, now + timedelta(minutes=1))) == []


def test_what_was_never_written_to_its_end_is_discarded_once_it_is_old(tmp_path: Path) -> None:
    storage, key = FolderStorage(tmp_path), new_key(7)
    storage.put(key, io.BytesIO(b"x"))
    part = tmp_path / "7" / ".part-left"
    part.write_bytes(b"half")
    now = datetime.now(UTC)
    storage.discard_parts(7, now - timedelta(minutes=1))
    assert part.exists()
    storage.discard_parts(7, now + timedelta(minutes=1))
    assert not part.exists()
    assert storage.exists(key)


@pytest.mark.parametrize(
    "key",
    ["", "7", "7/", "../etc/passwd", "7/../8/" + "a" * 40, "0/" + "a" * 40, "7/" + "a" * 40 + "\n"],
)
def test_no_operation_takes_a_key_we_did_not_make(storage: FileStorage, key: str) -> None:
    for operation in (storage.get, storage.delete, storage.exists):
        with pytest.raises(ValueError, match="not a file key"):
            operation(key)
    with pytest.raises(ValueError, match="not a file key"):
        storage.put(key, io.BytesIO(b"x"))


def test_keys_begin_with_the_tenant_and_never_repeat() -> None:
    keys = {new_key(12) for _ in range(1000)}
    assert len(keys) == 1000
    assert all(checked(key).startswith("12/") for key in keys)


def test_160_bits_of_the_systems_own_randomness_decide_a_key_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random.seed(1)
    first = new_key(12)
    random.seed(1)
    assert new_key(12) != first  # a seed decides nothing
    rests = [new_key(12).removeprefix("12/") for _ in range(1000)]
    # Every hexadecimal digit at every place: nothing in a key is fixed, counted or told by the clock.
    assert all(len(set(digits)) == 16 for digits in zip(*rests, strict=True))
    monkeypatch.setattr(secrets, "token_hex", lambda size: "ab" * size)
    assert new_key(12) == "12/" + "ab" * 20


class BreaksHalfway(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() >= CHUNK:
            raise ConnectionResetError("the sender went away")
        return super().read(size)


def test_a_folder_keeps_nothing_of_a_file_that_stops_halfway(tmp_path: Path) -> None:
    storage, key = FolderStorage(tmp_path), new_key(7)
    with pytest.raises(StorageUnavailable):
        storage.put(key, BreaksHalfway(b"x" * CHUNK * 3))
    assert not storage.exists(key)
    assert list((tmp_path / "7").iterdir()) == []


def test_files_in_a_folder_are_closed_to_other_users(tmp_path: Path) -> None:
    storage, key = FolderStorage(tmp_path / "files"), new_key(7)
    storage.put(key, io.BytesIO(b"x"))
    assert (tmp_path / "files" / key).stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        FolderStorage(tmp_path / "files").put(new_key(7), io.BytesIO(b"x"))


def test_a_server_that_is_away_is_unavailable() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{probe.getsockname()[1]}"
    storage = S3Storage(S3Settings("files", endpoint, access_key="a", secret_key="b"))
    for operation in (storage.get, storage.delete, storage.exists):
        with pytest.raises(StorageUnavailable):
            operation(new_key(7))
    with pytest.raises(StorageUnavailable):
        storage.put(new_key(7), io.BytesIO(b"x"))


def test_a_wrong_secret_is_unavailable_and_not_missing(bucket: S3Settings) -> None:
    storage = S3Storage(S3Settings(bucket.bucket, bucket.endpoint, access_key="x", secret_key="y"))
    with pytest.raises(StorageUnavailable):
        storage.get(new_key(7))


def test_the_secret_is_not_in_the_settings_text(bucket: S3Settings) -> None:
    assert bucket.secret_key
    assert bucket.secret_key not in repr(bucket)
