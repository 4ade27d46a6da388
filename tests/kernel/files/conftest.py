from collections.abc import Iterator
from pathlib import Path

import pytest

from kernel.files.folder import FolderStorage
from kernel.files.s3 import S3Settings, S3Storage
from kernel.files.storage import FileStorage
from tests.kernel.files.seaweed import running_bucket


@pytest.fixture(scope="session")
def bucket() -> Iterator[S3Settings]:
    with running_bucket() as settings:
        yield settings


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> FileStorage:
    if request.param == "folder":
        return FolderStorage(tmp_path / "files")
    return S3Storage(request.getfixturevalue("bucket"))
