"""The list of items, narrowed by what they are filed under, and the collections they are arranged in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from kernel.search import search
from network.library.models import (
    LibraryCollection,
    LibraryCollectionItem,
    LibraryItem,
    LibraryRendition,
    LibraryVersion,
)
from network.library.queries.visibility import (
    is_published,
    meant_for_all,
    owns,
    reader_of,
    reviews,
    visible_items,
)
from network.library.rules.versions import VersionState

PER_PAGE = 25
MOST_FOUND = 200
"""Items that words are looked for in at most, best first."""
SEARCH_KIND = "library"


@dataclass(frozen=True)
class ItemFilter:
    """What the list is narrowed to; empty is everything."""

    words: str = ""
    subject: str = ""
    phase: str = ""
    country: str = ""
    written_in: str = ""
    format: str = ""
    mine: bool = False
    overdue_on: date | None = None


@dataclass(frozen=True)
class ListedItem:
    """An item as lists show it, its title in the reader's language where there is a translation."""

    id: UUID
    title: str
    language: str
    subject: str
    phase: str
    country: str | None
    owner: str
    organisation: str
    number: int | None
    published_at: Any
    review_on: date
    keeps: bool
    group_id: UUID | None
    languages: tuple[str, ...]
    formats: tuple[str, ...]


@dataclass(frozen=True)
class ItemPage:
    """One page of the list, and whether another follows."""

    items: Sequence[ListedItem]
    has_more: bool


_Standing = aliased(LibraryVersion, name="standing")
_Translation = aliased(LibraryVersion, name="translation")


def item_page(
    actor: Actor, narrowed: ItemFilter, *, language: str = "en", page: int = 1
) -> ItemPage:
    """The items the actor sees, newest publication first; with words, the best match first.

    Words are looked for inside the files too. Two statements, three with words.
    """
    statement = _listed().where(visible_items(), *_conditions(narrowed))
    if narrowed.words:
        ids = _found(actor, narrowed.words)
        statement = statement.where(LibraryItem.id.in_(ids)).order_by(
            func.array_position(ids, LibraryItem.id)
        )
    statement = statement.order_by(
        _Standing.published_at.desc().nulls_first(), LibraryItem.id.desc()
    )
    statement = statement.offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1)
    rows = db.session.execute(statement, reader_of(actor) | {"shown_in": language}).all()
    return ItemPage(_with_files(rows[:PER_PAGE]), len(rows) > PER_PAGE)


def _listed() -> Select[*tuple[Any, ...]]:
    return (
        select(
            LibraryItem.id,
            func.coalesce(_Translation.title, LibraryItem.title).label("title"),
            func.coalesce(_Translation.language, LibraryItem.language).label("language"),
            LibraryItem.subject,
            LibraryItem.phase,
            LibraryItem.country,
            Person.name.label("owner"),
            Organisation.name.label("organisation"),
            _Standing.number,
            _Standing.published_at,
            LibraryItem.review_on,
            or_(owns(), reviews()).label("keeps"),
            LibraryItem.group_id,
        )
        .join(Person, Person.id == LibraryItem.owner_id)
        .join(Organisation, Organisation.id == LibraryItem.organisation_id)
        .outerjoin(
            _Standing,
            and_(
                _Standing.item_id == LibraryItem.id,
                _Standing.translated_from_id.is_(None),
                _Standing.state == VersionState.PUBLISHED,
            ),
        )
        .outerjoin(
            _Translation,
            and_(
                _Translation.item_id == LibraryItem.id,
                _Translation.translated_from_id.is_not(None),
                _Translation.state == VersionState.PUBLISHED,
                _Translation.language == bindparam("shown_in", type_=Text()),
            ),
        )
    )


def _conditions(narrowed: ItemFilter) -> list[Any]:
    """Conditions on the item in hand; language and format are those of one published file."""
    conditions: list[Any] = [
        getattr(LibraryItem, name) == value
        for name in ("subject", "phase", "country")
        if (value := getattr(narrowed, name))
    ]
    if narrowed.written_in or narrowed.format:
        conditions.append(_has_file(narrowed))
    if narrowed.mine:
        conditions.append(owns())
    if narrowed.overdue_on is not None:
        conditions += [
            LibraryItem.review_on < narrowed.overdue_on,
            _Standing.id.is_not(None),
        ]
    return conditions


def _has_file(narrowed: ItemFilter) -> Any:
    wanted = []
    if narrowed.written_in:
        wanted.append(LibraryRendition.language == narrowed.written_in)
    if narrowed.format:
        wanted.append(LibraryRendition.format == narrowed.format)
    version = aliased(LibraryVersion)
    return exists().where(
        version.tenant_id == LibraryItem.tenant_id,
        version.item_id == LibraryItem.id,
        version.state == VersionState.PUBLISHED,
        LibraryRendition.tenant_id == version.tenant_id,
        LibraryRendition.version_id == version.id,
        *wanted,
    )


def _found(actor: Actor, words: str) -> list[UUID]:
    hits = search(actor, words, kinds=[SEARCH_KIND], limit=MOST_FOUND)
    return list(dict.fromkeys(hit.target_id for hit in hits))


def _with_files(rows: Sequence[Row[Any]]) -> list[ListedItem]:
    """The rows with the languages and formats of what is published in them."""
    statement = (
        select(LibraryVersion.item_id, LibraryRendition.language, LibraryRendition.format)
        .join(LibraryRendition, LibraryRendition.version_id == LibraryVersion.id)
        .where(
            LibraryVersion.item_id.in_([row.id for row in rows]),
            LibraryVersion.state == VersionState.PUBLISHED,
        )
    )
    files = db.session.execute(statement).all()
    return [
        ListedItem(
            **row._asdict(),
            languages=tuple(sorted({file.language for file in files if file.item_id == row.id})),
            formats=tuple(sorted({file.format for file in files if file.item_id == row.id})),
        )
        for row in rows
    ]


def items_by_id(
    actor: Actor, item_ids: Sequence[UUID], *, language: str = "en"
) -> list[ListedItem]:
    """Those of the items the actor sees, in the order given."""
    statement = _listed().where(LibraryItem.id.in_(item_ids), visible_items())
    rows = db.session.execute(statement, reader_of(actor) | {"shown_in": language}).all()
    order = {item_id: place for place, item_id in enumerate(item_ids)}
    return sorted(_with_files(rows), key=lambda item: order[item.id])


def published_items(actor: Actor, most: int = 500) -> Sequence[Row[UUID, str]]:
    """Id and title of the published items the actor sees, by title, to choose from."""
    statement = (
        select(LibraryItem.id, LibraryItem.title)
        .where(visible_items(), is_published())
        .order_by(func.lower(LibraryItem.title), LibraryItem.id)
        .limit(most)
    )
    return db.session.execute(statement, reader_of(actor)).all()


def collections(actor: Actor) -> Sequence[Row[LibraryCollection, int]]:
    """The collections the actor sees by title, each with how many of its items she sees."""
    statement = (
        select(LibraryCollection, _seen_in().label("items"))
        .where(_is_shown())
        .order_by(func.lower(LibraryCollection.title), LibraryCollection.id)
    )
    return db.session.execute(statement, reader_of(actor)).all()


def collection_seen_by(actor: Actor, collection_id: UUID) -> LibraryCollection:
    """A collection the actor sees. Raises NotFound for any other, as if there were none."""
    statement = select(LibraryCollection).where(LibraryCollection.id == collection_id, _is_shown())
    found = db.session.scalars(statement, reader_of(actor)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _is_shown() -> Any:
    """Whether the collection in hand is: to a guest only for what her group has in it."""
    return or_(meant_for_all(), _seen_in() > 0)


def _seen_in() -> Any:
    """How many items of the collection in hand the reader sees."""
    return (
        select(func.count())
        .select_from(LibraryCollectionItem)
        .join(LibraryItem, LibraryItem.id == LibraryCollectionItem.item_id)
        .where(
            LibraryCollectionItem.tenant_id == LibraryCollection.tenant_id,
            LibraryCollectionItem.collection_id == LibraryCollection.id,
            visible_items(),
        )
        .scalar_subquery()
    )


def items_in(actor: Actor, collection_id: UUID, *, language: str = "en") -> list[ListedItem]:
    """The items of a collection that the actor sees, in its order."""
    return items_by_id(
        actor, [place.item_id for place in places_in(collection_id)], language=language
    )


def places_in(collection_id: UUID) -> Sequence[LibraryCollectionItem]:
    """The places of a collection, in its order."""
    statement = (
        select(LibraryCollectionItem)
        .where(LibraryCollectionItem.collection_id == collection_id)
        .order_by(LibraryCollectionItem.position, LibraryCollectionItem.id)
    )
    return db.session.scalars(statement).all()


def collections_of(item_id: UUID) -> Sequence[LibraryCollection]:
    """The collections an item is in, by title."""
    statement = (
        select(LibraryCollection)
        .join(LibraryCollectionItem, LibraryCollectionItem.collection_id == LibraryCollection.id)
        .where(LibraryCollectionItem.item_id == item_id)
        .order_by(func.lower(LibraryCollection.title))
    )
    return db.session.scalars(statement).all()
