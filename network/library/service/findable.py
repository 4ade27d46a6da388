"""Keeping what is published findable, in words of its files too."""

from uuid import UUID

from kernel import search
from network.library.models import LibraryItem, LibraryVersion
from network.library.queries import items
from network.library.queries.texts import texts_of
from network.library.rules.catalogue import ItemVisibility

SEARCH_KIND = "library"


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
        search.index(
            search.Entry(
                kind=SEARCH_KIND,
                object_id=rendition_id,
                target_id=item.id,
                title=version.title,
                body=f"{version.summary}\n{bodies[language]}",
                language=language,
                visibility=search.Visibility(item.visibility),
                audience=_audience(item),
                author_id=item.owner_id,
                organisation_id=item.organisation_id,
                country=item.country,
                changed_at=version.published_at,
            )
        )


def forget_version(version: LibraryVersion) -> None:
    """Let a version be found no more."""
    search.remove(*[rendition_id for rendition_id, _, _ in texts_of(version.id)])


def _audience(item: LibraryItem) -> list[UUID]:
    if item.visibility == ItemVisibility.GROUP:
        assert item.group_id is not None, "a check of the table"
        return [item.group_id]
    return [item.organisation_id] if item.visibility == ItemVisibility.ORGANISATION else []
