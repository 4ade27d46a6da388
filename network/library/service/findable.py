"""Keeping what is published findable, in words of its files too."""

from collections.abc import Iterator
from uuid import UUID, uuid5

from kernel import search
from kernel.search.index import LONGEST_BODY
from network.library.models import LibraryItem, LibraryVersion
from network.library.queries import items
from network.library.queries.texts import texts_of
from network.library.rules.catalogue import ItemVisibility

SEARCH_KIND = "library"
MOST_PARTS = 20
"""A text as long as is read fills about ten."""


def index_item(item: LibraryItem) -> None:
    """Bring up to date what is found of an item: its title, its visibility, what is published."""
    for version in items.published_versions(item.id):
        index_version(item, version)


def index_version(item: LibraryItem, version: LibraryVersion) -> None:
    """Make a published version findable: one entry for each language it is in, with the longest text.

    Two formats of one language say the same; the entry has the id of the language's first file.
    """
    bodies: dict[str, str] = {}
    entries: dict[str, UUID] = {}
    for rendition_id, language, body in texts_of(version.id):
        entries.setdefault(language, rendition_id)
        bodies[language] = max(bodies.get(language, ""), body, key=len)
    for language, rendition_id in entries.items():
        words = f"{version.summary}\n{bodies[language]}"
        entry_ids = zip(_entry_ids(rendition_id), _parts(words), strict=False)
        for entry_id, part in entry_ids:
            search.index(
                search.Entry(
                    kind=SEARCH_KIND,
                    object_id=entry_id,
                    target_id=item.id,
                    title=version.title,
                    body=part,
                    language=language,
                    visibility=search.Visibility(item.visibility),
                    audience=_audience(item),
                    author_id=item.owner_id,
                    organisation_id=item.organisation_id,
                    country=item.country,
                    changed_at=version.published_at,
                    is_part=entry_id != rendition_id,
                )
            )


def forget_version(version: LibraryVersion) -> None:
    """Let a version be found no more."""
    found = texts_of(version.id)
    search.remove(*[one for rendition_id, _, _ in found for one in _entry_ids(rendition_id)])


def _entry_ids(rendition_id: UUID) -> list[UUID]:
    """The ids of what is found of a file: its own, and of each further part one made from it."""
    return [rendition_id, *(uuid5(rendition_id, str(part)) for part in range(1, MOST_PARTS))]


def _parts(words: str) -> Iterator[str]:
    """A long text in pieces that search takes whole, cut where a line ends."""
    while words:
        end = words.rfind("\n", 0, LONGEST_BODY) if len(words) > LONGEST_BODY else len(words)
        cut = end if end > 0 else LONGEST_BODY
        yield words[:cut]
        words = words[cut:].lstrip("\n")


def _audience(item: LibraryItem) -> list[UUID]:
    if item.visibility == ItemVisibility.GROUP:
        assert item.group_id is not None, "a check of the table"
        return [item.group_id]
    return [item.organisation_id] if item.visibility == ItemVisibility.ORGANISATION else []
