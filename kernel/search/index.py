"""Keeping things findable, in the transaction that changes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, TextClause, Uuid, bindparam, delete, func, text
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db
from kernel.db.scope import require_scope
from kernel.search.models import SearchEntry
from kernel.values import clock

LONGEST_BODY = 100_000
"""Characters of a body that are searched: PostgreSQL refuses a text vector above one megabyte."""

EVERYBODY = UUID(int=0)
"""The audience of words that stand in what the whole network may find."""


class Visibility(StrEnum):
    """Who may find a thing: everybody, or the groups, organisations or people named with it."""

    NETWORK = "network"
    GROUP = "group"
    ORGANISATION = "organisation"
    CONFIDENTIAL = "confidential"


_LEARN = text("select kernel.search_learn(:audience, :written)").bindparams(
    bindparam("audience", type_=ARRAY(Uuid()))
)
_COUNTRY = text("(select country from kernel.organisation where id = :whose)").bindparams(
    bindparam("whose", type_=Uuid())
)


@dataclass(frozen=True)
class Entry:
    """A findable thing; `target_id` is what a hit opens when that is not the thing itself.

    `language` is the ISO 639-1 code of the text. `audience` names who may find it, for every visibility
    but `NETWORK`. Searches are narrowed by the rest: `author_id` and `organisation_id` tell whose it is,
    `country` (ISO 3166, two letters) where it belongs, the organisation's unless said, and `changed_at`
    when it was written or last changed, now unless said.
    """

    kind: str
    object_id: UUID
    title: str
    body: str = ""
    language: str = "en"
    visibility: Visibility = Visibility.NETWORK
    audience: Sequence[UUID] = ()
    target_id: UUID | None = None
    author_id: UUID | None = None
    organisation_id: UUID | None = None
    country: str | None = None
    changed_at: datetime | None = None


def index(entry: Entry) -> None:
    """Make a thing findable, or bring what is found of it up to date."""
    body = entry.body[:LONGEST_BODY]
    changed = {
        "kind": entry.kind,
        "target_id": entry.target_id or entry.object_id,
        "title": entry.title,
        "body": body,
        "language": entry.language,
        "visibility": entry.visibility.value,
        "audience": list(entry.audience),
        "document": func.kernel.search_document(entry.language, entry.title, body),
        "changed_at": entry.changed_at or clock.now(),
        "author_id": entry.author_id,
        "organisation_id": entry.organisation_id,
        "country": entry.country or _country_of(entry.organisation_id),
    }
    statement = insert(SearchEntry).values(
        tenant_id=require_scope().tenant, id=entry.object_id, **changed
    )
    # The values again rather than `excluded`, which the application may not read.
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["tenant_id", "id"], set_=changed)
    )
    audience = list(entry.audience) or [EVERYBODY]
    db.session.execute(_LEARN, {"audience": audience, "written": f"{entry.title} {body}"})


def _country_of(organisation_id: UUID | None) -> TextClause | None:
    """Inside the statement; as text, because a select loses its schema in what an upsert sets."""
    if organisation_id is None:
        return None
    return _COUNTRY.bindparams(whose=organisation_id)


def remove(*object_ids: UUID) -> None:
    """Let things be found no more; those that were not findable are passed over."""
    db.session.execute(
        delete(SearchEntry).where(
            SearchEntry.tenant_id == require_scope().tenant, SearchEntry.id.in_(object_ids)
        ),
        execution_options={"synchronize_session": False},
    )
