"""Who is asking: the signed-in browser, the API token, or nobody.

Flask-Login's user *is* the sign-in session row joined to its account: the cookie holds only a random
token, whose digest is looked up under row level security on every request. Deleting the row signs out
every copy of the cookie at once.
"""

import hashlib
from typing import Protocol, cast

from flask import Flask, Request, g, request, session
from flask_login import LoginManager, UserMixin, current_user

from kernel.db import db
from kernel.db.scope import become
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_session, actor_by_token
from kernel.values import clock

_USER = "_user_id"  # where Flask-Login keeps what `Visitor.get_id` gave it


class Visitor(UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps for one request: the actor, and the token its cookie holds."""

    def __init__(self, actor: Actor, token: str) -> None:
        self.actor = actor
        self.token = token

    def get_id(self) -> str:
        """What the cookie may know."""
        return self.token


def digest(token: str) -> bytes:
    """How tokens are kept: random enough that a plain hash suffices."""
    return hashlib.sha256(token.encode()).digest()


def init_visitors(app: Flask) -> None:
    """Teach Flask-Login to find visitors."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_by_cookie)
    manager.request_loader(_by_token)
    # Templates have `actor`; looking for it on a page about a fault would ask the database again.
    manager.init_app(app, add_context_processor=False)
    app.config["REMEMBER_COOKIE_DURATION"] = 0


def _by_cookie(token: str) -> Visitor | None:
    if is_api_request():
        return None
    actor = actor_by_session(digest(token), clock.now())
    return _arrived(actor, token)


def _by_token(incoming: Request) -> Visitor | None:
    if not is_api_request():
        return None
    scheme, _, token = incoming.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    return _arrived(actor_by_token(digest(token.strip()), clock.now()), token)


def _arrived(actor: Actor | None, token: str) -> Visitor | None:
    if actor is None:
        return None
    become(db.session(), actor.person_id, actor.organisation_ids)
    return Visitor(actor, token)


def is_api_request() -> bool:
    """Whether the request goes through the second door, /api/, which knows tokens and no cookies."""
    return request.path.startswith("/api/")


def actor_or_none() -> Actor | None:
    """The actor of this request, if anybody is signed in."""
    if "actor" not in g:
        if g.get("network") is None:
            return None
        g.actor = (
            current_user.actor if _shows_something() and current_user.is_authenticated else None
        )
    found: Actor | None = g.actor
    return found


def _shows_something() -> bool:
    """Whether there is a cookie of somebody signed in, or a token: most strangers bring neither."""
    return is_api_request() or _USER in session


def actor() -> Actor:
    """The actor of this request; only routes that ask for a permission or a sign-in may call it."""
    found = actor_or_none()
    if found is None:
        raise RuntimeError(f"{request.endpoint} asks for an actor but is public")
    return found


class Addressee(Protocol):
    """Whom a page is written to, as languages and times need it."""

    @property
    def language(self) -> str | None:
        """Her language, an ISO 639-1 code."""

    @property
    def time_zone(self) -> str | None:
        """Her time zone, an IANA name."""


def addressee() -> Addressee | None:
    """Whom this page is written to: who opened it by a secret link of hers, else who is signed in."""
    known: Addressee | None = g.get("addressee")
    return known or actor_or_none()


def current_network_time_zone() -> str:
    """The zone times are shown in: the person's own, else the network's."""
    found = addressee()
    if found is not None and found.time_zone:
        return found.time_zone
    return cast(str, g.network.time_zone) if g.get("network") else "UTC"
