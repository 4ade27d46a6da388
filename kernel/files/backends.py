"""Which storage the configuration names."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask import Flask, current_app

from kernel.files.folder import FolderStorage
from kernel.files.storage import FileStorage


def storage_from(address: str) -> FileStorage:
    """Return the storage of an address: a folder, or `s3://bucket?endpoint=https://…&region=…`.

    The keys of S3 are taken where boto3 looks for them: AWS_ACCESS_KEY_ID and
    AWS_SECRET_ACCESS_KEY, or the role of the machine.
    """
    parts = urlsplit(address)
    if parts.scheme != "s3":
        return FolderStorage(Path(address))
    options = {name: values[0] for name, values in parse_qs(parts.query).items()}
    unknown = set(options) - {"endpoint", "region"}
    if unknown or not parts.netloc:
        raise ValueError("the address of the files needs a bucket, and takes endpoint and region")
    # boto3 takes a quarter of a second to import, in every process.
    from kernel.files.s3 import S3Settings, S3Storage

    return S3Storage(
        S3Settings(
            bucket=parts.netloc,
            endpoint=options.get("endpoint"),
            region=options.get("region", "us-east-1"),
        )
    )


def init_files(app: Flask) -> None:
    """Give the application the storage it is configured with."""
    app.extensions["comitia_files"] = storage_from(app.config["FILES"])


def storage() -> FileStorage:
    """The application's storage."""
    found: FileStorage = current_app.extensions["comitia_files"]
    return found
