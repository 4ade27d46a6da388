"""What the visitor's browser is told and asked: its cookie, its kind."""

from flask import request, session
from flask_login import login_user, logout_user

from kernel.identity.queries import actor_by_session
from kernel.values import clock
from kernel.web.visitors import Visitor, digest

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def let_in(token: str) -> None:
    """Give the browser the cookie of a new session, and nothing of what it held before.

    A cookie planted before sign-in is worthless afterwards: both the session and its CSRF secret
    are new.
    """
    actor = actor_by_session(digest(token), clock.now())
    if actor is None:
        raise RuntimeError("a session that was just made opens nothing")
    session.clear()
    login_user(Visitor(actor, token))


def let_out() -> None:
    """Take the cookie's content back."""
    logout_user()
    session.clear()


def device() -> str:
    """The visitor's browser and system in a few words, for her list of sessions."""
    agent = request.user_agent.string
    known = [
        next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in known if name)
