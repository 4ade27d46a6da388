"""Single items, their versions and files, as far as a reader sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import aliased

from kernel.db import db
from kernel.errors import N_, NotFound
from kernel.files import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.models import Organisation, Person
from network.library.models import LibraryItem, LibraryRendition, LibraryText, LibraryVersion
from network.library.queries.visibility import (
    owns,
    reader_of,
    reviews,
    visible_files,
    visible_items,
    visible_versions,
)
from network.library.rules import catalogue
from network.library.rules.standing import ItemStanding
from network.library.rules.versions import READABLE, Pinned, VersionState


@dataclass(frozen=True)
class ItemSeen:
    """An item somebody sees, whose it is, and where she stands towards it."""

    item: LibraryItem
    owner: str
    organisation: str
    standing: ItemStanding


@dataclass(frozen=True)
class VersionSeen:
    """A version somebody sees, its item, and where she stands towards it."""

    version: LibraryVersion
    item: LibraryItem
    standing: ItemStanding


@dataclass(frozen=True)
class RenditionSeen:
    """A file of a version somebody sees; `outcome` is what became of reading it, None until it was read."""

    rendition: LibraryRendition
    file: StoredFile
    outcome: str | None


def item_seen_by(actor: Actor, item_id: UUID) -> ItemSeen:
    """An item the actor sees. Raises NotFound for any other, as if there were none."""
    statement = (
        select(
            LibraryItem,
            Person.name.label("owner"),
            Organisation.name.label("organisation"),
            owns().label("is_owner"),
            reviews().label("reviews"),
        )
        .join(Person, Person.id == LibraryItem.owner_id)
        .join(Organisation, Organisation.id == LibraryItem.organisation_id)
        .where(LibraryItem.id == item_id, visible_items())
    )
    row = db.session.execute(statement, reader_of(actor)).one_or_none()
    if row is None:
        raise NotFound
    standing = ItemStanding(row.is_owner, row.reviews)
    return ItemSeen(row.LibraryItem, row.owner, row.organisation, standing)


def version_seen_by(actor: Actor, version_id: UUID) -> VersionSeen:
    """A version the actor sees. Raises NotFound for any other, as if there were none."""
    statement = (
        select(LibraryVersion, LibraryItem, owns().label("is_owner"), reviews().label("reviews"))
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .where(LibraryVersion.id == version_id, visible_versions())
    )
    row = db.session.execute(statement, reader_of(actor)).one_or_none()
    if row is None:
        raise NotFound
    return VersionSeen(row.LibraryVersion, row.LibraryItem, ItemStanding(row.is_owner, row.reviews))


def versions_of(actor: Actor, item_id: UUID) -> Sequence[Row[LibraryVersion, str, int, str | None]]:
    """The versions of an item the actor sees: the originals, newest first, then translations.

    `author` made it; `follows` is the number of the original a translation was made from, which was
    withdrawn where there is a `withdrawn_because`.
    """
    source = aliased(LibraryVersion)
    statement = (
        select(
            LibraryVersion,
            Person.name.label("author"),
            source.number.label("follows"),
            source.withdrawal_reason.label("withdrawn_because"),
        )
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .join(Person, Person.id == LibraryVersion.created_by)
        .outerjoin(source, source.id == LibraryVersion.translated_from_id)
        .where(LibraryVersion.item_id == item_id, visible_versions())
        .order_by(
            LibraryVersion.translated_from_id.is_not(None),
            case((LibraryVersion.translated_from_id.is_not(None), LibraryVersion.language)),
            LibraryVersion.number.desc(),
        )
    )
    return db.session.execute(statement, reader_of(actor)).all()


def renditions_of(version_ids: Sequence[UUID]) -> dict[UUID, list[RenditionSeen]]:
    """The files of versions, by version, by language and format. Ask for versions somebody sees only."""
    statement = (
        select(LibraryRendition, StoredFile, LibraryText.outcome)
        .join(StoredFile, StoredFile.id == LibraryRendition.file_id)
        .outerjoin(LibraryText, LibraryText.id == LibraryRendition.id)
        .where(LibraryRendition.version_id.in_(version_ids))
        .order_by(LibraryRendition.language, LibraryRendition.format)
    )
    found: dict[UUID, list[RenditionSeen]] = {}
    for row in db.session.execute(statement):
        seen = RenditionSeen(row.LibraryRendition, row.StoredFile, row.outcome)
        found.setdefault(seen.rendition.version_id, []).append(seen)
    return found


def rendition_seen_by(actor: Actor, rendition_id: UUID) -> RenditionSeen:
    """A file the actor may open. Raises NotFound for any other, as if there were none."""
    statement = (
        select(LibraryRendition, StoredFile, LibraryText.outcome)
        .join(LibraryVersion, LibraryVersion.id == LibraryRendition.version_id)
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .join(StoredFile, StoredFile.id == LibraryRendition.file_id)
        .outerjoin(LibraryText, LibraryText.id == LibraryRendition.id)
        .where(LibraryRendition.id == rendition_id, visible_files())
    )
    row = db.session.execute(statement, reader_of(actor)).one_or_none()
    if row is None:
        raise NotFound
    return RenditionSeen(row.LibraryRendition, row.StoredFile, row.outcome)


def files_opened(actor: Actor, file_ids: Sequence[UUID]) -> set[UUID]:
    """Those of some files that the actor may open in the library."""
    statement = (
        select(LibraryRendition.file_id)
        .join(LibraryVersion, LibraryVersion.id == LibraryRendition.version_id)
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .where(LibraryRendition.file_id.in_(file_ids), visible_files())
    )
    return set(db.session.scalars(statement, reader_of(actor)))


def version_of(version_id: UUID) -> LibraryVersion | None:
    """A version, for what the service does by itself; None for one that was discarded."""
    statement = select(LibraryVersion).where(LibraryVersion.id == version_id)
    return db.session.scalars(statement).one_or_none()


@dataclass(frozen=True)
class PublishedFile:
    """A file of what is published in an item; `follows` is the version a translation was made from.

    `withdrawn_because` is as in `Pinned`.
    """

    rendition_id: UUID
    file: StoredFile
    language: str
    format: str
    title: str
    number: int
    follows: int | None
    withdrawn_because: str | None


def published_files(actor: Actor, item_id: UUID) -> list[PublishedFile]:
    """The files of the published original and translations of an item, for one who sees it."""
    source = aliased(LibraryVersion)
    statement = (
        select(
            LibraryRendition.id,
            StoredFile,
            LibraryRendition.language,
            LibraryRendition.format,
            LibraryVersion.title,
            LibraryVersion.number,
            source.number.label("follows"),
            source.withdrawal_reason,
        )
        .join(LibraryVersion, LibraryVersion.id == LibraryRendition.version_id)
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .join(StoredFile, StoredFile.id == LibraryRendition.file_id)
        .outerjoin(source, source.id == LibraryVersion.translated_from_id)
        .where(
            LibraryVersion.item_id == item_id,
            LibraryVersion.state == VersionState.PUBLISHED,
            visible_files(),
        )
        .order_by(
            LibraryVersion.translated_from_id.is_not(None),
            LibraryRendition.language,
            LibraryRendition.format,
        )
    )
    return [PublishedFile(*row) for row in db.session.execute(statement, reader_of(actor))]


def filed_under(item: LibraryItem) -> list[tuple[str, str]]:
    """What an item is filed under, in English messages: the name of each list, and the word."""
    return [
        (catalogue.SUBJECT, catalogue.SUBJECT_LABELS[catalogue.Subject(item.subject)]),
        (
            N_("Phase of the electoral cycle"),
            catalogue.PHASE_LABELS[catalogue.Phase(item.phase)],
        ),
        (N_("Licence"), catalogue.LICENCE_LABELS[catalogue.Licence(item.licence)]),
    ]


def group_of(item_id: UUID) -> UUID | None:
    """The group that alone sees an item, if one does."""
    return db.session.scalar(select(LibraryItem.group_id).where(LibraryItem.id == item_id))


def pinned(version: LibraryVersion) -> Pinned | None:
    """Which original a translation follows, and which one stands now; None for an original."""
    if version.translated_from_id is None:
        return None
    source = db.session.execute(
        select(LibraryVersion.number, LibraryVersion.withdrawal_reason).where(
            LibraryVersion.id == version.translated_from_id
        )
    ).one()
    return Pinned(source.number, original_number(version.item_id), source.withdrawal_reason)


def translations_of(version_id: UUID) -> Sequence[UUID]:
    """The translations of a version that can be read."""
    statement = select(LibraryVersion.id).where(
        LibraryVersion.translated_from_id == version_id, LibraryVersion.state.in_(READABLE)
    )
    return db.session.scalars(statement.order_by(LibraryVersion.id)).all()


def name_of(person_id: UUID) -> str:
    """What somebody who made a version is called."""
    return db.session.scalars(select(Person.name).where(Person.id == person_id)).one()


def locked(version_id: UUID) -> LibraryVersion:
    """A version, its row locked until the transaction ends, so that of two verbs one comes first."""
    statement = (
        select(LibraryVersion)
        .where(LibraryVersion.id == version_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).one()


def standing_version(item_id: UUID, language: str | None) -> LibraryVersion | None:
    """The published original of an item, or with a language its published translation into it."""
    return db.session.scalars(_line(item_id, language, VersionState.PUBLISHED)).one_or_none()


def original_number(item_id: UUID) -> int | None:
    """The number of the newest original of an item that was ever published."""
    return db.session.scalar(
        select(func.max(LibraryVersion.number)).where(
            LibraryVersion.item_id == item_id,
            LibraryVersion.translated_from_id.is_(None),
            LibraryVersion.state.in_(READABLE),
        )
    )


def next_number(item_id: UUID, language: str | None) -> int:
    """The number of the next original of an item, or of its next translation into a language."""
    line = _line(item_id, language).with_only_columns(func.max(LibraryVersion.number))
    return (db.session.scalar(line) or 0) + 1


def published_versions(item_id: UUID) -> Sequence[LibraryVersion]:
    """What of an item is to be found: its published original and translations."""
    statement = select(LibraryVersion).where(
        LibraryVersion.item_id == item_id, LibraryVersion.state == VersionState.PUBLISHED
    )
    return db.session.scalars(statement).all()


def makers_of(version: LibraryVersion) -> set[UUID]:
    """Who had a hand in a version: wrote it, changed it last, handed it in, or added a file."""
    files = (
        select(StoredFile.created_by)
        .join(LibraryRendition, LibraryRendition.file_id == StoredFile.id)
        .where(LibraryRendition.version_id == version.id)
    )
    made = {version.created_by, version.edited_by, version.submitted_by}
    return {person for person in made if person is not None} | set(db.session.scalars(files))


def renditions(version_id: UUID) -> Sequence[LibraryRendition]:
    """The files of a version."""
    statement = select(LibraryRendition).where(LibraryRendition.version_id == version_id)
    return db.session.scalars(statement.order_by(LibraryRendition.id)).all()


def renditions_like(version_id: UUID, language: str, format: str) -> Sequence[LibraryRendition]:
    """The file of a version in a language and a format, if there is one."""
    statement = select(LibraryRendition).where(
        LibraryRendition.version_id == version_id,
        LibraryRendition.language == language,
        LibraryRendition.format == format,
    )
    return db.session.scalars(statement).all()


def has_versions(item_id: UUID) -> bool:
    """Whether an item has any version."""
    found = select(LibraryVersion.id).where(LibraryVersion.item_id == item_id).limit(1)
    return db.session.scalar(found) is not None


def _line(
    item_id: UUID, language: str | None, state: VersionState | None = None
) -> Select[LibraryVersion]:
    statement = select(LibraryVersion).where(LibraryVersion.item_id == item_id)
    if language is None:
        statement = statement.where(LibraryVersion.translated_from_id.is_(None))
    else:
        statement = statement.where(
            LibraryVersion.translated_from_id.is_not(None), LibraryVersion.language == language
        )
    return statement if state is None else statement.where(LibraryVersion.state == state)
