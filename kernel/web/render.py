"""Drawing pages: what every template may use, and the answers a page can give."""

from typing import Any

from flask import Flask, g, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from kernel.web import languages
from kernel.web.menu import Link, menu
from kernel.web.templating import template
from kernel.web.visitors import actor_or_none

MAIN = "main"
"""The id of the element that holds a page's content."""


def init_render(app: Flask) -> None:
    """Give templates the shell's variables."""
    app.jinja_env.globals["csrf_token"] = generate_csrf
    app.jinja_env.globals["is_demo"] = app.config["DEMO"]
    app.context_processor(shell_context)


def shell_context() -> dict[str, Any]:
    """The shell's variables: tenant, actor, language, direction, theme and menus."""
    if g.get("network") is None:
        return {
            "tenant": None,
            "actor": None,
            "lang": languages.language(),
            "dir": languages.direction(),
            "theme": "auto",
            "sections": [],
            "side": [],
            "profile_url": "",
            "offered_languages": [],
        }
    actor = actor_or_none()
    return {
        "tenant": g.network,
        "actor": actor,
        "lang": languages.language(),
        "dir": languages.direction(),
        "theme": actor.theme if actor else request.cookies.get("theme", "auto"),
        "sections": menu().sections() if actor else [],
        "side": menu().side() if actor else [],
        "profile_url": menu().person(actor.person_id) if actor else "",
        "offered_languages": [
            Link(languages.NAMES[code], code) for code in languages.to_choose_from()
        ],
    }


def render(name: str, /, **context: Any) -> str:
    """A whole page, or what its <main> holds when htmx asks to swap just that."""
    context.setdefault("fragment", request.headers.get("HX-Target") == MAIN)
    with languages.one_reader():
        return render_template(template(name), **context)


def see_other(endpoint: str, **values: Any) -> Response:
    """Redirect after a POST, so that reloading does not send it again."""
    return redirect(url_for(endpoint, **values), code=303)
