"""File bytes in an S3 bucket, for more than one machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from kernel.files.storage import CHUNK, FileMissing, StorageUnavailable, checked, is_key

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from types_boto3_s3 import S3Client

_ABSENT = {"404", "NoSuchKey", "NotFound"}


@dataclass(frozen=True)
class S3Settings:
    """Where the bucket is; no endpoint means the region's own, no keys the machine's role."""

    bucket: str
    endpoint: str | None = None
    region: str = "us-east-1"
    access_key: str | None = None
    secret_key: str | None = field(default=None, repr=False)


class S3Storage:
    """Keeps each file as one private object named by its key."""

    def __init__(self, settings: S3Settings) -> None:
        self._bucket = settings.bucket
        self._client = _client(settings)

    def put(self, key: str, stream: BinaryIO) -> None:
        """Upload in one request, which S3 keeps whole or not at all."""
        with _reported():
            self._client.put_object(Bucket=self._bucket, Key=checked(key), Body=stream)

    def get(self, key: str) -> Iterator[bytes]:
        """Ask at once, so that a missing object is known before any header is sent."""
        with _reported():
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=checked(key))
            except ClientError as error:
                if _absent(error):
                    raise FileMissing(key) from None
                raise
        return _chunks(answer["Body"])

    def delete(self, key: str) -> None:
        """Remove the object; S3 answers the same when there is none."""
        with _reported():
            self._client.delete_object(Bucket=self._bucket, Key=checked(key))

    def exists(self, key: str) -> bool:
        """Ask for the object's head."""
        with _reported():
            try:
                self._client.head_object(Bucket=self._bucket, Key=checked(key))
            except ClientError as error:
                if _absent(error):
                    return False
                raise
        return True

    def keys(self, tenant_id: int, before: datetime) -> Iterator[str]:
        """List the objects below the tenant, page by page."""
        pages = self._client.get_paginator("list_objects_v2")
        with _reported():
            for page in pages.paginate(Bucket=self._bucket, Prefix=f"{tenant_id}/"):
                for entry in page.get("Contents", []):
                    if entry["LastModified"] < before and is_key(entry["Key"]):
                        yield entry["Key"]

    def discard_parts(self, tenant_id: int, before: datetime) -> None:
        """Nothing to do: S3 keeps a request whole or not at all."""


def _client(settings: S3Settings) -> "S3Client":
    """Short timeouts, a request waits; checksums only where asked, not all servers know them."""
    return boto3.client(
        "s3",
        endpoint_url=settings.endpoint,
        region_name=settings.region,
        aws_access_key_id=settings.access_key,
        aws_secret_access_key=settings.secret_key,
        config=Config(
            connect_timeout=3,
            read_timeout=20,
            retries={"total_max_attempts": 3, "mode": "standard"},
            s3={"addressing_style": "path"} if settings.endpoint else None,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def _absent(error: ClientError) -> bool:
    return error.response["Error"]["Code"] in _ABSENT


def _chunks(body: "StreamingBody") -> Iterator[bytes]:
    try:
        with _reported():
            yield from body.iter_chunks(CHUNK)
    finally:
        body.close()


@contextmanager
def _reported() -> Iterator[None]:
    """Turn a refusal or silence of the server into the error callers know."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StorageUnavailable from error
