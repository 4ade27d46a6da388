"""Which version of a record an API client changes: `ETag` on the way out, `If-Match` on the way in."""

from typing import ClassVar

from flask import request

from kernel.errors import N_, DomainError


class VersionRequired(DomainError):
    """A change that does not say which version it was made on."""

    code: ClassVar[str] = "version-required"
    status: ClassVar[int] = 428


def expected_version() -> int:
    """The version named by `If-Match`, for example `"3"`; raises VersionRequired without one."""
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit()) or len(text) > len("2147483647"):
        raise VersionRequired(
            N_("Send the version you are changing in the If-Match header, for example “3”.")
        )
    return int(text)


def version_header(version: int) -> dict[str, str]:
    """The headers that name the version of a record in an answer."""
    return {"ETag": f'"{version}"'}
