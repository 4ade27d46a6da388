"""What pages and API show of an item: its versions in words a reader follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kernel.identity.actor import Actor
from network.library import access
from network.library.queries import items
from network.library.rules.catalogue import Format
from network.library.rules.versions import OPEN, READABLE, Pinned, VersionState

if TYPE_CHECKING:
    from network.library.models import LibraryVersion


@dataclass(frozen=True)
class VersionShown:
    """A version with its author, its files, and for a translation what it follows.

    `files` is empty where the reader may not open them: of a withdrawn version.
    """

    row: "LibraryVersion"
    author: str
    pinned: Pinned | None
    files: Sequence[items.RenditionSeen]

    @property
    def is_open(self) -> bool:
        """Whether it is still being made."""
        return self.row.state in OPEN


def versions_shown(actor: Actor, seen: items.ItemSeen) -> list[VersionShown]:
    """The versions of an item that a reader sees. Two statements."""
    rows = items.versions_of(actor, seen.item.id)
    opened = [
        row.LibraryVersion.id
        for row in rows
        if row.LibraryVersion.state != VersionState.WITHDRAWN or seen.standing.keeps
    ]
    files = items.renditions_of(opened)
    newest = max(
        (
            row.LibraryVersion.number
            for row in rows
            if row.LibraryVersion.translated_from_id is None
            and row.LibraryVersion.state in READABLE
        ),
        default=None,
    )
    return [
        VersionShown(
            row.LibraryVersion,
            row.author,
            None if row.follows is None else Pinned(row.follows, newest, row.withdrawn_because),
            files.get(row.LibraryVersion.id, ()),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class FileRow:
    """What can be read now in one language, by format; for a translation, what it follows."""

    language: str
    pinned: Pinned | None
    by_format: Mapping[str, items.PublishedFile]


@dataclass(frozen=True)
class FileTable:
    """What can be read now: languages × formats."""

    formats: Sequence[str]
    rows: Sequence[FileRow]


def file_table(files: Sequence[items.PublishedFile]) -> FileTable:
    """The published files of an item, a row for each language of its original and for each translation.

    Formats stand in the order of `Format`.
    """
    original = next((file.number for file in files if file.follows is None), None)
    rows: dict[tuple[str, Pinned | None], dict[str, items.PublishedFile]] = {}
    for file in files:
        follows = file.follows
        pinned = None if follows is None else Pinned(follows, original, file.withdrawn_because)
        rows.setdefault((file.language, pinned), {})[file.format] = file
    given = {file.format for file in files}
    return FileTable(
        formats=[form.value for form in Format if form in given],
        rows=[FileRow(language, pinned, found) for (language, pinned), found in rows.items()],
    )


@dataclass(frozen=True)
class MayDo:
    """What a page offers its reader with a version; each service asks again."""

    edit: bool
    submit: bool
    give_back: bool
    publish: bool
    withdraw: bool
    translate: bool


def may_do(actor: Actor, seen: items.VersionSeen, *, files: int, makers: set[UUID]) -> MayDo:
    """What somebody may do with a version she sees."""
    state, standing = seen.version.state, seen.standing
    edits = access.can_edit(actor, standing, seen.version.created_by)
    is_draft, in_review = state == VersionState.DRAFT, state == VersionState.REVIEW
    reviewer = access.can_review(actor, standing) and actor.person_id not in makers
    return MayDo(
        edit=is_draft and edits,
        submit=is_draft and edits and files > 0,
        give_back=in_review and access.can_return(actor, standing, seen.version.created_by),
        publish=in_review and reviewer,
        withdraw=state in READABLE and access.can_keep(actor, standing),
        translate=state in READABLE
        and seen.version.translated_from_id is None
        and access.can_write(actor),
    )
