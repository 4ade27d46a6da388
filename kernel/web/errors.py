"""Every way a request can fail, as a page for people and as problem+json for programs."""

from dataclasses import replace
from typing import Any, Final

import structlog
from flask import Flask, Response, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from kernel.db import db
from kernel.db.constraints import refusal
from kernel.errors import N_, Conflict, DomainError, Forbidden, Invalid, NotFound, TooMany
from kernel.web import given_back
from kernel.web.forms import translate
from kernel.web.menu import menu
from kernel.web.render import render
from kernel.web.visitors import actor_or_none, is_api_request

log = structlog.get_logger(__name__)

RETRY_SECONDS = 15

HEADINGS = {
    400: N_("This request could not be understood"),
    401: N_("Sign in first"),
    403: N_("You do not have permission to see this"),
    404: N_("Page not found"),
    405: N_("This page cannot be used that way"),
    409: N_("Somebody else changed this meanwhile"),
    413: N_("That is too large"),
    415: N_("This kind of content is not accepted"),
    422: N_("This could not be done"),
    428: N_("Say which version you are changing"),
    429: N_("Too many attempts"),
    500: N_("Something went wrong on our side"),
    503: N_("The service is away for a moment"),
}
TEXTS = {
    400: N_("Go back, reload the page and try again."),
    401: N_("Show a valid API token in the Authorization header."),
    403: N_("If you need it for your work, ask your network's administrator."),
    404: N_("Check the address, or start again from the home page."),
    405: N_("Go back and use the buttons on the page."),
    409: N_("Reload the page to see what it is now, then make your change again."),
    413: N_("Choose a smaller file, or send the content in parts."),
    415: N_("Send JSON with the header Content-Type: application/json."),
    422: N_("Check what was entered and try again."),
    428: N_("Send the version in the If-Match header."),
    429: N_("Wait a few minutes, then try again."),
    500: N_("We have been told. What you saved before is safe; try again in a few minutes."),
    503: N_("Nothing you entered is lost: it is kept on this page. Try again in a minute."),
}


def init_errors(app: Flask) -> None:
    """Register a handler for every family of failure."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(DataError, _out_of_range)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(InterfaceError, _database_away)
    app.register_error_handler(Exception, _unexpected)


CODES: Final = {error.status: error.code for error in (NotFound, Forbidden, Conflict, TooMany)}
"""What a refusal of the shell is called, as services call theirs."""


def failure(
    status: int,
    text: str | None = None,
    *,
    code: str | None = None,
    retry_after: int | None = None,
    **members: Any,
) -> Response:
    """The answer to a failed request. `text` is already translated; `members` extend the problem+json.

    `code` tells programs what was wrong; without one it is that of the status.
    """
    code = code or CODES.get(status)
    if status >= 500:
        g.network = None  # a page about a fault may not ask the database who is reading it
    heading = gettext(HEADINGS.get(status, HEADINGS[400]))
    text = text or gettext(TEXTS.get(status, TEXTS[400]))
    if is_api_request():
        answer = jsonify(
            type="about:blank", title=heading, status=status, detail=text, code=code, **members
        )
        answer.mimetype = "application/problem+json"
    else:
        answer = make_response(page_about(status, heading, text, **members))
    answer.status_code = status
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def page_about(status: int, heading: str, text: str, **context: Any) -> str:
    """The page about a failure; somebody signed in finds the way on in the bar of the shell.

    Not on a fault of ours, which may be that nobody can be asked who is reading; and the page that tells
    of a failure does not fail itself. No tab is marked: that would tell which addresses exist.
    """
    context |= {"status": status, "heading": heading, "text": text}
    if status < 500:
        try:
            if actor_or_none() is not None:
                return _page_inside(context)
        except Exception as error:
            log.error("no navigation on an error page", exc_info=error)
            g.network = None
    return render("shell/error.html", **context)


def _page_inside(context: dict[str, Any]) -> str:
    if context["status"] != 422:  # which alone htmx puts in place of the content
        context = context | {"fragment": False}
    sections = [replace(link, current=False) for link in menu().sections()]
    return render("shell/error.html", inside=True, sections=sections, **context)


def _domain(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    members: dict[str, Any] = dict(error.data)
    if isinstance(error, Invalid):
        members["errors"] = error.fields
    elif error.field:
        members["errors"] = {error.field: [translate(error.message)]}
    if isinstance(error, Conflict):
        members["current"] = {name: str(value) for name, value in error.current.items()}
    retry_after = error.retry_after if isinstance(error, TooMany) else None
    return failure(
        error.status, translate(error.message), code=error.code, retry_after=retry_after, **members
    )


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return failure(
        400, gettext("The page was open too long. Go back, reload it and send it again.")
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    data = getattr(error, "data", None) or {}
    if error.code == 422 and "messages" in data:
        by_location: dict[str, Any] = data["messages"]
        parts = [_as_dict(part) for part in by_location.values()]
        # A part of a form may come without a name.
        errors = {name or "": texts for part in parts for name, texts in part.items()}
        return failure(422, code="invalid", errors=errors)
    return failure(error.code)


def _as_dict(part: Any) -> dict[str, Any]:
    return part if isinstance(part, dict) else {"": part}


def _integrity(error: IntegrityError) -> ResponseReturnValue:
    db.session.rollback()
    foreseen = refusal(error)
    return _unexpected(error) if foreseen is None else _domain(foreseen)


def _out_of_range(error: DataError) -> ResponseReturnValue:
    """A NUL or a number no column holds, in an address where no schema looked at it."""
    db.session.rollback()
    log.warning("out of range", kind=type(error.orig).__name__)
    return failure(400)


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    return _domain(Conflict())


def _database_away(error: Exception) -> ResponseReturnValue:
    log.error("database away", kind=type(error).__name__)
    try:
        db.session.rollback()
    except (OperationalError, InterfaceError):
        db.session.remove()
    if is_api_request():
        return failure(503, retry_after=RETRY_SECONDS)
    return failure(
        503, retry_after=RETRY_SECONDS, typed=given_back.typed(), posted=given_back.posted()
    )


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error(
        "unexpected", path=request.url_rule.rule if request.url_rule else None, exc_info=error
    )
    db.session.rollback()
    return failure(500)
