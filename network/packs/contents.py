"""What goes into a pack: the chosen items and topics, as far as its reader sees them at that moment.

A group whose mails carry no content sends none of it in a pack by mail either: the place of such a topic
or item is taken by a page with its address, without its title. A pack to fetch holds it whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from kernel.errors import NotFound
from kernel.files import StoredFile
from kernel.files.names import within
from kernel.identity.actor import Actor
from kernel.mail.network import mail_network
from network.library.queries import items
from network.packs.models import Pack
from network.packs.rules import Delivery
from network.subscriptions.queries import content_free_among
from network.topics import queries as topics

MOST_POSTS = 2_000
"""Posts of one topic, the first."""
_LONGEST_NAME = 255
"""Bytes of a file's name that every file system takes."""


@dataclass(frozen=True)
class PackFile:
    """A file of a document: where it lies in a pack, what it is called, where it is on the web."""

    path: str
    stored: StoredFile
    url: str
    language: str = ""


@dataclass(frozen=True)
class Document:
    """A page of a pack with its files; `id` is that of its item or topic, `group_id` of its group, if any."""

    id: UUID
    path: str
    template: str
    title: str
    language: str
    url: str
    group_id: UUID | None
    context: dict[str, Any]
    files: Sequence[PackFile] = field(default_factory=tuple)

    @property
    def is_withheld(self) -> bool:
        """Whether only its address is in the pack."""
        return not self.title

    def withheld(self) -> "Document":
        """Its address, and nothing of what it says."""
        return replace(self, template="withheld", title="", language="", context={}, files=())


def documents_of(actor: Actor, pack: Pack) -> list[Document]:
    """The documents of a pack, in the order they were chosen; what the actor does not see is left out."""
    found: list[Document] = []
    for item_id in pack.item_ids:
        document = _item(actor, item_id, len(found) + 1)
        if document:
            found.append(document)
    for topic_id in pack.topic_ids:
        document = _topic(actor, topic_id, len(found) + 1)
        if document:
            found.append(document)
    return _without_confidential(found) if pack.delivery == Delivery.MAIL else found


def _without_confidential(documents: Sequence[Document]) -> list[Document]:
    """The documents, with those of groups whose mails carry no content withheld."""
    quiet = content_free_among({one.group_id for one in documents if one.group_id})
    return [one.withheld() if one.group_id in quiet else one for one in documents]


def _item(actor: Actor, item_id: UUID, number: int) -> Document | None:
    try:
        seen = items.item_seen_by(actor, item_id)
    except NotFound:
        return None
    link = mail_network().link
    published = items.published_files(actor, item_id)
    files = [
        PackFile(
            _path(number, place, one.file),
            one.file,
            link("library.rendition", rendition_id=one.rendition_id),
            one.language,
        )
        for place, one in enumerate(published, start=1)
    ]
    context = {
        "item": seen.item,
        "organisation": seen.organisation,
        "filed": items.filed_under(seen.item),
        "published": published,
    }
    return Document(
        item_id,
        f"items/{number:02}.html",
        "item",
        seen.item.title,
        seen.item.language,
        link("library.item", item_id=item_id),
        seen.item.group_id,
        context,
        files,
    )


def _topic(actor: Actor, topic_id: UUID, number: int) -> Document | None:
    try:
        seen = topics.topic_seen_by(actor, topic_id)
    except NotFound:
        return None
    link = mail_network().link
    posts = topics.posts_to_read(actor, topic_id, MOST_POSTS)
    by_post = topics.files_to_read([post.id for post in posts])
    stored = [(post.id, file) for post in posts for file in by_post.get(post.id, [])]
    files = [
        PackFile(_path(number, place, file), file, link("topics.file", file_id=file.id))
        for place, (_, file) in enumerate(stored, start=1)
    ]
    context = {
        "topic": seen.topic,
        "group": seen.standing.name,
        "posts": posts,
        "post_of_file": [post_id for post_id, _ in stored],
    }
    return Document(
        topic_id,
        f"topics/{number:02}.html",
        "topic",
        seen.topic.title,
        seen.topic.language,
        link("topics.topic", topic_id=topic_id),
        seen.topic.group_id,
        context,
        files,
    )


def _path(document: int, place: int, file: StoredFile) -> str:
    """Numbers first: two files of one name stay apart, and a file manager keeps their order."""
    return f"files/{within(f'{document:02}-{place:02} {file.name}', _LONGEST_NAME)}"
