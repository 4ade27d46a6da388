"""The addresses in mails at which one ends them without signing in (RFC 8058)."""

import base64
import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    bindparam,
    column,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db
from kernel.db.scope import require_scope
from kernel.mail.network import mail_network
from kernel.mail.sealing import derived_keys
from kernel.values import clock
from network.subscriptions.models import UnsubscribeToken
from network.subscriptions.rules import Ends

LIFE: Final = timedelta(days=200)
"""How long a link works; each month brings another."""


@dataclass(frozen=True)
class LinkFor:
    """Whose mail a link ends, and which."""

    person_id: UUID
    ends: Ends
    group_id: UUID | None = None


def one_click_headers(address: str) -> dict[str, str]:
    """The headers by which mail programs offer to end it with one press."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def unsubscribe_links(ended: Collection[LinkFor]) -> dict[LinkFor, str]:
    """Addresses that end mails, at the cost of one statement however many they are.

    The secret in an address is made from the application's key, so that it need not be kept: the database
    has its digest alone.
    """
    if not ended:
        return {}
    scope, network, now = require_scope(), mail_network(), clock.now()
    key = derived_keys("unsubscribe")[0]
    month = f"{now:%Y-%m}"
    secrets = {
        one: _secret(key, f"{scope.tenant} {one.person_id} {one.group_id or one.ends} {month}")
        for one in ended
    }
    parameters = {
        "tenant": scope.tenant,
        "person_id": [one.person_id for one in secrets],
        "ends": [one.ends.value for one in secrets],
        "group_id": [one.group_id for one in secrets],
        "digest": [digest_of(secret) for secret in secrets.values()],
        "now": now,
    }
    db.session.execute(_INSERT, parameters)
    before, after = network.link("subscriptions.unsubscribe", ending="~").split("~")
    return {one: f"{before}{secret}{after}" for one, secret in secrets.items()}


def digest_of(secret: str) -> bytes:
    """How the secret of a link is kept."""
    return hashlib.sha256(secret.encode()).digest()


def forget_old_links() -> None:
    """Delete the digests of links that work no more."""
    db.session.execute(
        delete(UnsubscribeToken).where(UnsubscribeToken.created_at < clock.now() - LIFE)
    )


def _secret(key: bytes, whose: str) -> str:
    made = hmac.digest(key, whose.encode(), hashlib.sha256)[:24]
    return base64.urlsafe_b64encode(made).decode()


def _insert() -> Any:
    kinds: dict[str, Any] = {
        "person_id": Uuid(),
        "ends": Text(),
        "group_id": Uuid(),
        "digest": LargeBinary(),
    }
    rows = (
        func.unnest(*(bindparam(name, type_=ARRAY(kind)) for name, kind in kinds.items()))
        .table_valued(*(column(name, kind) for name, kind in kinds.items()))
        .render_derived()
    )
    chosen = select(
        bindparam("tenant", type_=Integer()),
        func.gen_random_uuid(),
        *(rows.c[name] for name in kinds),
        bindparam("now", type_=DateTime(timezone=True)),
    )
    return (
        insert(cast(Table, UnsubscribeToken.__table__))
        .from_select(["tenant_id", "id", *kinds, "created_at"], chosen)
        .on_conflict_do_nothing(index_elements=["tenant_id", "digest"])
    )


_INSERT: Final = _insert()
