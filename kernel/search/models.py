"""What can be found. The application may write these tables and not read them: functions read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Computed, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table
from kernel.values import clock

_FACETS = (
    "kernel.search_facets(kind, language, author_id, organisation_id, country, visibility, audience,"
    " changed_at)"
)


class SearchEntry(Tenanted):
    """One findable thing. Its id is the thing's own; `target_id` is what a hit opens."""

    __tablename__ = "search_entry"
    __table_args__ = table(
        "kernel",
        CheckConstraint(
            "visibility in ('network', 'group', 'organisation', 'confidential')",
            name="visibility_known",
        ),
        CheckConstraint(
            "(visibility = 'network') = (cardinality(audience) = 0)", name="audience_named"
        ),
        Index(
            "ix_search_entry_document", "tenant_id", "document", "facets", postgresql_using="gin"
        ),
    )

    kind: Mapped[str]
    target_id: Mapped[UUID]
    title: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    visibility: Mapped[str]
    # Groups, organisations or people, as `visibility` says.
    audience: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    document: Mapped[str] = mapped_column(TSVECTOR())
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    # Whose it is; without foreign keys, for it outlives nothing and only narrows a search.
    author_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    country: Mapped[str | None]
    facets: Mapped[list[str]] = mapped_column(ARRAY(Text()), Computed(_FACETS, persisted=True))


class SearchWord(Tenanted):
    """A word that stands in what an audience may find, to be suggested to it for one mistyped.

    `audience` is a group, an organisation, a person, or `index.EVERYBODY`; `folded` is the word without
    accents.
    """

    __tablename__ = "search_word"
    __table_args__ = table(
        "kernel",
        UniqueConstraint("tenant_id", "audience", "word"),
        Index(
            "ix_search_word_folded",
            "tenant_id",
            "audience",
            "folded",
            postgresql_using="gin",
            postgresql_ops={"folded": "public.gin_trgm_ops"},
        ),
    )

    audience: Mapped[UUID]
    word: Mapped[str]
    folded: Mapped[str]
