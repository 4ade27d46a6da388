"""A form sent twice, or an API call repeated after a lost answer, does its work once.

Every form carries a random key, every API POST may carry an `Idempotency-Key`. The first request that
succeeds writes its key and its answer in its own transaction; a repetition gets the same answer. Two at
once meet at the primary key: the second is rolled back whole and answered like the first.

The key alone does not make a repetition. Who goes back to a form that was sent, types something else and
sends it again under the same key has written something new, which must not be lost.
"""

import hashlib
from datetime import datetime
from os import SEEK_END
from uuid import UUID, uuid5

from flask import Response, redirect, request
from sqlalchemy import CheckConstraint, Uuid, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, db, table, tenant_key
from kernel.db.hot import HotStatement
from kernel.values import clock
from kernel.web.visitors import actor as signed_in
from kernel.web.visitors import actor_or_none

FIELD = "_key"
HEADER = "Idempotency-Key"
_OF_THE_SHELL = frozenset({FIELD, "csrf_token"})


class IdempotencyKey(Tenanted):
    """What was asked under a key, by whom, and what was answered. Its id is made of key and content."""

    __tablename__ = "idempotency_key"
    __table_args__ = table(
        "kernel",
        tenant_key("account_id", "kernel.account", ondelete="CASCADE"),
        CheckConstraint("status between 200 and 399", name="only_success"),
    )

    account_id: Mapped[UUID]
    method_and_path: Mapped[str]
    status: Mapped[int]
    location: Mapped[str | None]
    body: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


_EARLIER = HotStatement(
    select(IdempotencyKey.status, IdempotencyKey.location, IdempotencyKey.body).where(
        IdempotencyKey.id == bindparam("key", type_=Uuid()),
        IdempotencyKey.account_id == bindparam("account_id", type_=Uuid()),
    )
)


def _presented_key() -> UUID | None:
    if request.method != "POST" or actor_or_none() is None:
        return None
    text = request.headers.get(HEADER) or ("" if request.is_json else request.form.get(FIELD, ""))
    try:
        return uuid5(UUID(text), _content())
    except ValueError:
        return None


def _content() -> str:
    """The digest of where a request goes and what it says; for a file stand its name and size."""
    if request.is_json:
        said = request.get_data(cache=True)
    else:
        fields = [pair for pair in request.form.items(multi=True) if pair[0] not in _OF_THE_SHELL]
        files = [
            (name, file.filename, file.stream.seek(0, SEEK_END), file.stream.seek(0))
            for name, file in request.files.items(multi=True)
        ]
        said = repr((fields, files)).encode()
    return hashlib.sha256(_method_and_path().encode() + b"\n" + said).hexdigest()


def earlier_answer() -> Response | None:
    """The answer this request was given before, if it was."""
    key = _presented_key()
    if key is None:
        return None
    actor = signed_in()
    row = _EARLIER.one_or_none(key=key, account_id=actor.account_id)
    if row is None:
        return None
    if row.location is not None and row.body is None:
        return redirect(row.location, row.status)  # type: ignore[return-value]
    answer = Response(row.body or "", row.status, mimetype="application/json")
    if row.location is not None:
        answer.headers["Location"] = row.location
    return answer


def remember_answer(response: Response) -> None:
    """Write the key beside the work it did; raises IntegrityError when another request was faster."""
    key = _presented_key()
    actor = actor_or_none()
    if key is None or actor is None or response.status_code >= 400:
        return
    if response.status_code < 300 and not response.is_json:
        return  # a page that was shown again did no work
    db.session.add(
        IdempotencyKey(
            id=key,
            account_id=actor.account_id,
            method_and_path=_method_and_path(),
            status=response.status_code,
            location=response.headers.get("Location"),
            body=response.get_data(as_text=True) if response.is_json else None,
        )
    )


def lost_race(error: IntegrityError) -> bool:
    """Whether a commit failed because the same key was committed meanwhile."""
    diag = getattr(error.orig, "diag", None)
    return getattr(diag, "constraint_name", None) == "pk_idempotency_key"


def _method_and_path() -> str:
    return f"{request.method} {request.path}"
