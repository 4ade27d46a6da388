"""Files: bytes in a folder or in an S3 bucket, described by one row each."""

from kernel.files.backends import init_files
from kernel.files.models import StoredFile
from kernel.files.responses import respond, respond_shown
from kernel.files.service import (
    Upload,
    check_count,
    file_by_id,
    keep,
    remove,
    store,
    store_all,
)

__all__ = [
    "StoredFile",
    "Upload",
    "check_count",
    "file_by_id",
    "init_files",
    "keep",
    "remove",
    "respond",
    "respond_shown",
    "store",
    "store_all",
]
