"""The two choices that are on every page, for strangers too: language and theme."""

from flask import redirect, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from kernel.accounts.pages.blueprint import pages
from kernel.accounts.rules import safe_target
from kernel.accounts.schemas import PreferencesSchema
from kernel.accounts.services import profile
from kernel.web import PUBLIC, languages
from kernel.web.visitors import actor_or_none

YEAR = 365 * 24 * 3600
"""Seconds a browser remembers a choice."""


@pages.action("/preferences", permission=PUBLIC)
def preferences() -> ResponseReturnValue:
    """Keep what was chosen, for the person and for the browser, and go back.

    The browser remembers it too, so that the sign-in page goes on speaking the language chosen. What
    nobody offered is passed over.
    """
    try:
        loaded = PreferencesSchema().load_form(request.form)
    except ValidationError:
        loaded = {}
    chosen = {name: value for name, value in loaded.items() if value is not None}
    if chosen.get("language") not in languages.offered():
        chosen.pop("language", None)
    actor = actor_or_none()
    if actor is not None:
        profile.change_preferences(actor, **chosen)
    answer = redirect(_page_before() or "/", 303)
    for name, value in chosen.items():
        _remember(answer, name, str(value))
    return answer


def _page_before() -> str | None:
    """The path of the page the press came from, if it is one of this host."""
    before = request.referrer or ""
    return safe_target(before.removeprefix(request.host_url.rstrip("/")))


def _remember(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure
    )
