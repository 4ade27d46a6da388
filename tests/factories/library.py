"""Items of the library; to be called inside a block of a network."""

from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import Any

from werkzeug.datastructures import FileStorage

from kernel.identity.actor import Actor
from kernel.values import clock
from network.library import service
from network.library.models import LibraryItem, LibraryVersion
from network.library.rules.catalogue import ItemVisibility, Licence, Phase, Subject

_numbers = count(1)


def make_item(
    author: Actor, *, title: str = "", **given: Any
) -> tuple[LibraryItem, LibraryVersion]:
    """An item with its first draft, without a file."""
    values = {
        "title": title or f"Checklist {next(_numbers)}",
        "summary": "What to test before the ink is ordered.",
        "language": "en",
        "subject": Subject.VOTING_OPERATIONS,
        "phase": Phase.VOTING,
        "licence": Licence.CC_BY,
        "visibility": ItemVisibility.NETWORK,
        "review_on": clock.now().date() + timedelta(days=365),
        **given,
    }
    return service.create_item(author, **values)


def add_file(
    author: Actor,
    version: LibraryVersion,
    *,
    name: str = "checklist.txt",
    content: bytes = b"Silver nitrate, ten drops (fictional).",
    language: str | None = None,
) -> Any:
    """A file of a draft."""
    return service.add_rendition(
        author,
        version.id,
        language=language or version.language,
        file=FileStorage(BytesIO(content), name),
    )


def publish(author: Actor, reviewer: Actor, version: LibraryVersion) -> LibraryVersion:
    """Hand a draft with files in, and publish it."""
    service.submit(author, version.id, version=version.version)
    return service.publish(reviewer, version.id, version=version.version)


def make_published(
    author: Actor, reviewer: Actor, *, title: str = "", content: bytes = b"", **given: Any
) -> tuple[LibraryItem, LibraryVersion]:
    """An item with a published version of one text file."""
    item, version = make_item(author, title=title, **given)
    add_file(author, version, content=content or b"Silver nitrate, ten drops (fictional).")
    return item, publish(author, reviewer, version)
