"""Keeping things findable, in the transaction that changes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Executable, Integer, Uuid, bindparam, delete, func, text
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db
from kernel.db.hot import HotStatement
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


_LEARN = HotStatement(
    text("select kernel.search_learn(:audience, :written)").bindparams(
        bindparam("audience", type_=ARRAY(Uuid()))
    )
)
# As text, because a select loses its schema in what an upsert sets.
_COUNTRY = text("(select country from kernel.organisation where id = :organisation_id)").bindparams(
    bindparam("organisation_id", type_=Uuid())
)
_GIVEN = (
    "kind",
    "target_id",
    "title",
    "body",
    "language",
    "visibility",
    "audience",
    "changed_at",
    "author_id",
    "organisation_id",
    "country",
)


@dataclass(frozen=True)
class Entry:
    """A findable thing; `target_id` is what a hit opens when that is not the thing itself.

    `language` is the ISO 639-1 code of the text. `audience` names who may find it, for every visibility
    but `NETWORK`. Searches are narrowed by the rest: `author_id` and `organisation_id` tell whose it is,
    `country` (ISO 3166, two letters) where it belongs, the organisation's unless said, and `changed_at`
    when it was written or last changed, now unless said. What `is_part` of its target, as a reply is of
    its topic, bears the title of the whole, which is found before its parts.
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
    is_part: bool = False


def index(entry: Entry) -> None:
    """Make a thing findable, or bring what is found of it up to date."""
    body = entry.body[:LONGEST_BODY]
    db.session.flush()
    _PUT.send(
        tenant_id=require_scope().tenant,
        id=entry.object_id,
        kind=entry.kind,
        target_id=entry.target_id or entry.object_id,
        title=entry.title,
        body=body,
        language=entry.language,
        visibility=entry.visibility.value,
        audience=list(entry.audience),
        changed_at=entry.changed_at or clock.now(),
        author_id=entry.author_id,
        organisation_id=entry.organisation_id,
        country=entry.country,
        is_part=entry.is_part,
    )
    audience = list(entry.audience) or [EVERYBODY]
    _LEARN.rows(audience=audience, written=f"{entry.title} {body}")


def _put() -> Executable:
    given = {name: bindparam(name, type_=SearchEntry.__table__.c[name].type) for name in _GIVEN}
    changed = {
        **given,
        "document": func.kernel.search_document(
            given["language"],
            given["title"],
            given["body"],
            bindparam("is_part", type_=Boolean()),
        ),
        "country": func.coalesce(given["country"], _COUNTRY),
    }
    statement = insert(SearchEntry).values(
        tenant_id=bindparam("tenant_id", type_=Integer()),
        id=bindparam("id", type_=Uuid()),
        **changed,
    )
    # The values again rather than `excluded`, which the application may not read.
    return statement.on_conflict_do_update(index_elements=["tenant_id", "id"], set_=changed)


_PUT = HotStatement(_put())


def remove(*object_ids: UUID) -> None:
    """Let things be found no more; those that were not findable are passed over."""
    db.session.execute(
        delete(SearchEntry).where(
            SearchEntry.tenant_id == require_scope().tenant, SearchEntry.id.in_(object_ids)
        ),
        execution_options={"synchronize_session": False},
    )
