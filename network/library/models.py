"""Library items, their versions and renditions, what is read inside files, collections, and who uses what."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.values import clock

_OPEN = "state in ('draft', 'review')"
_STANDING = "state = 'published'"
_ORIGINAL = "translated_from_id is null"
_TRANSLATION = "translated_from_id is not null"


def _line(name: str, where: str, *columns: str) -> Index:
    """What there is once: among the originals of an item, or its translations into one language."""
    return Index(name, "tenant_id", "item_id", *columns, unique=True, postgresql_where=text(where))


class LibraryItem(Versioned, Tenanted):
    """What is kept and found. Title, summary and language are those of its published original."""

    __tablename__ = "library_item"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group"),
        tenant_key("owner_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("created_by", "kernel.person"),
        CheckConstraint(
            "visibility in ('network', 'group', 'organisation')", name="visibility_known"
        ),
        CheckConstraint(
            "(visibility = 'group') = (group_id is not null)", name="group_where_needed"
        ),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        Index("ix_library_item_review_on", "tenant_id", "review_on"),
        Index("ix_library_item_owner_id", "tenant_id", "owner_id"),
    )

    title: Mapped[str]
    summary: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    phase: Mapped[str]
    country: Mapped[str | None]
    licence: Mapped[str]
    visibility: Mapped[str]
    group_id: Mapped[UUID | None]
    owner_id: Mapped[UUID]
    # The organisation the owner answers for, which keeps the item when she leaves it.
    organisation_id: Mapped[UUID]
    review_on: Mapped[date]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class LibraryVersion(Versioned, Tenanted):
    """One version of an item, frozen by the database once it is published.

    An original has the next number of its item. A translation is pinned to the version it was made from;
    its number counts the translations into its language.
    """

    __tablename__ = "library_version"
    __table_args__ = table(
        "network",
        tenant_key("item_id", "network.library_item"),
        tenant_key("translated_from_id", "network.library_version"),
        tenant_key("created_by", "kernel.person"),
        tenant_key("edited_by", "kernel.person"),
        tenant_key("submitted_by", "kernel.person"),
        tenant_key("published_by", "kernel.person"),
        tenant_key("withdrawn_by", "kernel.person"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(
            "state in ('draft', 'review', 'published', 'superseded', 'withdrawn')",
            name="state_known",
        ),
        CheckConstraint("state = 'draft' or submitted_by is not null", name="submitter_known"),
        CheckConstraint(f"({_OPEN}) = (published_by is null)", name="published_by_somebody"),
        CheckConstraint(
            "published_by <> created_by and published_by <> edited_by"
            " and published_by <> submitted_by",
            name="published_by_another",
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawal_reason is not null)", name="withdrawal_has_reason"
        ),
        _line("uq_library_version_original", _ORIGINAL, "number"),
        _line("uq_library_version_translation", _TRANSLATION, "language", "number"),
        _line("uq_library_version_open_original", f"{_ORIGINAL} and {_OPEN}"),
        _line("uq_library_version_open_translation", f"{_TRANSLATION} and {_OPEN}", "language"),
        _line("uq_library_version_standing_original", f"{_ORIGINAL} and {_STANDING}"),
        _line(
            "uq_library_version_standing_translation", f"{_TRANSLATION} and {_STANDING}", "language"
        ),
        Index("ix_library_version_item_id", "tenant_id", "item_id"),
    )

    item_id: Mapped[UUID]
    number: Mapped[int]
    language: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    # What is new in it, for those who know the one before.
    notes: Mapped[str]
    translated_from_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(default="draft")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_by: Mapped[UUID]
    submitted_by: Mapped[UUID | None]
    submitted_at: Mapped[datetime | None]
    return_reason: Mapped[str | None]
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]


class LibraryRendition(Tenanted):
    """A version as a file, in one language and one format."""

    __tablename__ = "library_rendition"
    __table_args__ = table(
        "network",
        tenant_key("version_id", "network.library_version"),
        tenant_key("file_id", "kernel.stored_file"),
        tenant_unique("version_id", "language", "format"),
        tenant_unique("file_id"),
    )

    version_id: Mapped[UUID]
    language: Mapped[str]
    format: Mapped[str]
    file_id: Mapped[UUID]


class LibraryText(Tenanted):
    """What was read inside a rendition's file. Its id is the rendition's own.

    Apart from the rendition, which is frozen with its version: reading may end after publishing.
    """

    __tablename__ = "library_text"
    __table_args__ = table(
        "network",
        tenant_key("id", "network.library_rendition", ondelete="CASCADE"),
        CheckConstraint("outcome in ('read', 'cut', 'empty', 'unreadable')", name="outcome_known"),
    )

    outcome: Mapped[str]
    body: Mapped[str]
    read_at: Mapped[datetime] = mapped_column(default=clock.now)


class LibraryUse(Tenanted):
    """A post that names an item; whoever sees its topic sees that the item is used there."""

    __tablename__ = "library_use"
    __table_args__ = table(
        "network",
        tenant_key("item_id", "network.library_item"),
        tenant_key("post_id", "network.post", ondelete="CASCADE"),
        tenant_unique("item_id", "post_id"),
        Index("ix_library_use_post_id", "tenant_id", "post_id"),
    )

    item_id: Mapped[UUID]
    post_id: Mapped[UUID]


class LibraryCollection(Versioned, Tenanted):
    """Items that belong together, in an order. Its title is seen by everybody who sees the library."""

    __tablename__ = "library_collection"
    __table_args__ = table(
        "network",
        tenant_unique("title"),
        tenant_key("created_by", "kernel.person"),
    )

    title: Mapped[str]
    summary: Mapped[str]
    language: Mapped[str]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class LibraryCollectionItem(Tenanted):
    """An item's place in a collection."""

    __tablename__ = "library_collection_item"
    __table_args__ = table(
        "network",
        tenant_key("collection_id", "network.library_collection", ondelete="CASCADE"),
        tenant_key("item_id", "network.library_item"),
        tenant_unique("collection_id", "item_id"),
        CheckConstraint("position >= 1", name="position_from_one"),
    )

    collection_id: Mapped[UUID]
    item_id: Mapped[UUID]
    position: Mapped[int]
