"""Sign-in sessions: made at sign-in, and gone the moment somebody signs out or changes a password."""

import secrets
from datetime import timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import delete

from kernel.accounts import queries
from kernel.audit import record
from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.models import Account, ApiToken, SignInSession
from kernel.identity.queries import actor_by_person
from kernel.values import clock
from kernel.web.visitors import digest


def begin(account: Account, device: str) -> str:
    """Open a session and return the random token for its cookie; only the digest is kept."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        SignInSession(
            account_id=account.id,
            digest=digest(token),
            device=device,
            created_at=now,
            expires_at=now + timedelta(hours=current_app.config["SESSION_HOURS"]),
        )
    )
    record(actor_by_person(account.person_id, now), "account.signed_in", account, label="")
    return token


def end(actor: Actor) -> None:
    """Sign out: every copy of this session's cookie opens nothing from now on."""
    db.session.execute(delete(SignInSession).where(SignInSession.id == actor.sign_in_session_id))
    _record(actor, "account.signed_out")


def revoke(actor: Actor, sign_in_session_id: UUID) -> None:
    """End one of the actor's own sessions; raises NotFound when it is not hers or gone."""
    gone = db.session.execute(
        delete(SignInSession)
        .where(SignInSession.id == sign_in_session_id, SignInSession.account_id == actor.account_id)
        .returning(SignInSession.id)
    ).all()
    if not gone:
        raise NotFound
    _record(actor, "account.sessions_ended")


def revoke_others(actor: Actor) -> int:
    """End all of the actor's sessions but the one she is using; returns how many."""
    gone = db.session.execute(
        delete(SignInSession)
        .where(
            SignInSession.account_id == actor.account_id,
            SignInSession.id != actor.sign_in_session_id,
        )
        .returning(SignInSession.id)
    ).all()
    if gone:
        _record(actor, "account.sessions_ended")
    return len(gone)


def close_account_doors(account_id: UUID, *, tokens: bool) -> None:
    """End every session of an account, and with `tokens` its API tokens too."""
    db.session.execute(delete(SignInSession).where(SignInSession.account_id == account_id))
    if tokens:
        db.session.execute(delete(ApiToken).where(ApiToken.account_id == account_id))


def _record(actor: Actor, action: str) -> None:
    account = queries.account_by_id(actor.account_id)
    if account is None:
        raise NotFound
    record(actor, action, account, label="")
