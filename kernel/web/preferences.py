"""Switching language and theme from the menu of any page, signed in or not."""

from urllib.parse import urlsplit

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kernel.identity.preferences import THEMES, choose_language, choose_theme
from kernel.web import languages
from kernel.web.routes import PUBLIC, Pages
from kernel.web.visitors import actor_or_none

pages = Pages("preferences", __name__)

YEAR = 365 * 24 * 3600
"""Seconds a browser remembers a choice made before signing in."""


@pages.action("/preferences", permission=PUBLIC)
def change() -> ResponseReturnValue:
    """Keep what was chosen, for the person or else for the browser, and go back."""
    actor = actor_or_none()
    language, theme = request.form.get("language"), request.form.get("theme")
    if actor is not None and language is not None:
        choose_language(actor, language, languages.offered())
    if actor is not None and theme is not None:
        choose_theme(actor, theme)
    answer = redirect(_back(), 303)
    # The sign-in page after signing out keeps speaking the language that was chosen.
    if language in languages.offered():
        _remember(answer, languages.COOKIE, language)
    if theme in THEMES:
        _remember(answer, "theme", theme)
    return answer


def _back() -> str:
    """The page the choice was made on, if it is one of ours."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host or not came_from.path.startswith("/"):
        return "/"
    path = "/" + came_from.path.lstrip("/")  # never //another.host
    return f"{path}?{came_from.query}" if came_from.query else path


def _remember(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure
    )
