"""Personal API tokens: shown once, kept as a digest, good for some permissions and some time."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from kernel.accounts.services import second_factor
from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.identity.models import ApiToken
from kernel.values import clock
from kernel.web.visitors import digest

PREFIX = "comitia_"
"""Lets scanners for leaked secrets know one when they see it."""
LONGEST_DAYS = 365


@dataclass(frozen=True)
class NewToken:
    """A token the moment it is made: the only time its secret is known."""

    row: ApiToken
    secret: str


def create(actor: Actor, *, name: str, scopes: Collection[str], days: int) -> NewToken:
    """Make a token good for `scopes`, which are permissions the actor holds, for 1 to 365 days.

    What the actor later loses, the token loses too. Raises Refused.
    """
    if actor.token_scopes is not None:
        raise NotNow(N_("A token cannot make tokens. Sign in to make one."))
    if second_factor.is_required(actor) and not actor.has_totp:
        raise NotNow(N_("Set up two-step sign-in first: your role needs it."))
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            N_("Enter a number of days from 1 to %(most)s."), field="days", most=LONGEST_DAYS
        )
    unknown = sorted(set(scopes) - actor.permissions)
    if unknown or not scopes:
        raise Refused(N_("Choose at least one permission, of those you have."), field="scopes")
    secret = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        account_id=actor.account_id,
        name=name,
        digest=digest(secret),
        scopes=sorted(set(scopes)),
        expires_at=clock.now() + timedelta(days=days),
    )
    db.session.add(row)
    record(actor, "api_token.created", row, after={"scopes": row.scopes})
    return NewToken(row, secret)


def revoke(actor: Actor, token_id: UUID) -> None:
    """End one of the actor's own tokens at once; raises NotFound when it is not hers or gone."""
    row = db.session.scalars(
        delete(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.account_id == actor.account_id)
        .returning(ApiToken)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is None:
        raise NotFound
    record(actor, "api_token.revoked", row)
