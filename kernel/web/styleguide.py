"""The living style guide at `/dev/ui`: every macro in each of its states, with invented data.

It exists in the demonstration and in tests only. Screenshots, axe and overflow checks look at it:
a macro that is not shown here is a macro nobody checks.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import Flask, abort
from flask.typing import ResponseReturnValue

from kernel.errors import Conflict, Message
from kernel.fields import FieldView
from kernel.fields.view import Option
from kernel.web.errors import HEADINGS, TEXTS
from kernel.web.forms import translate
from kernel.web.render import render
from kernel.web.routes import SIGNED_IN, Pages

pages = Pages("styleguide", __name__, url_prefix="/dev/ui")

LINES = (
    ("Observer travel", 48000, 39500, 51200, "bad", "Over"),
    ("Accommodation and daily allowance", 36500, 30100, 35800, "ok", "On track"),
    ("Ground and boat transport", 21000, 18900, 26750, "bad", "Over"),
    ("Communications", 6400, 4100, 5150, "info", "Under"),
    ("Report and printing", 9000, 0, 9000, "warn", "Watch"),
)
COUNTRIES = (("GH", "Ghana"), ("MT", "Malta"), ("SB", "Solomon Islands"), ("WS", "Samoa"))


@dataclass
class SampleForm:
    """Stands where a bound form stands."""

    fields: list[FieldView]
    values: dict[str, Any]
    errors: dict[str, list[str]] = field(default_factory=dict)
    key: str = "0197f2aa-0000-7000-8000-000000000000"
    version: int | None = 3
    conflict: Conflict | None = None


def _view(name: str, widget: str, label: str, hint: str = "", **more: Any) -> FieldView:
    return FieldView(
        name=name,
        label=label,
        hint=hint,
        widget=widget,
        required=more.pop("required", True),
        choices=[Option(*pair) for pair in more.pop("choices", ())],
        attrs=more,
    )


def sample_form(errors: dict[str, list[str]] | None = None) -> SampleForm:
    """One field of every widget."""
    fields = [
        _view("title", "text", "Title", "What the mission is called on every page."),
        _view("summary", "textarea", "Summary", "Two or three sentences.", rows="4"),
        _view("email", "email", "Mail address", autocomplete="email", required=False),
        _view("country", "select", "Country", choices=COUNTRIES),
        _view("format", "radios", "Format", choices=(("team", "Team"), ("expert", "Expert"))),
        _view("languages", "checkboxes", "Languages", "Every one the team needs.",
              choices=(("en", "English"), ("fr", "French"), ("ar", "Arabic"))),
        _view("waiver", "checkbox", "The assessment is waived", "A reason is asked for next."),
        _view("polling_day", "date", "Polling day"),
        _view("people", "number", "Observers"),
        _view("amount", "money", "Amount", "Pence are optional.", currency="GBP"),
        _view("invitation", "file", "Invitation", "PDF or image, up to 10 MB.", required=False),
    ]  # fmt: skip
    values = {
        "title": "Solomon Islands general election",
        "summary": "An observer group of twelve, for ten days around polling day.",
        "country": "SB",
        "format": "team",
        "languages": ["en", "fr"],
        "waiver": "on",
        "polling_day": "2027-04-14",
        "people": "12",
        "amount": "12k",
    }
    return SampleForm(fields, values, errors or {})


def sample_errors() -> dict[str, list[str]]:
    """A message for several kinds of field."""
    return {
        "title": ["Enter a title"],
        "format": ["Choose a format"],
        "amount": ["Enter an amount, for example 1,250"],
    }


@pages.page("", permission=SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show everything."""
    now = dt.datetime(2026, 11, 21, 10, 42, tzinfo=dt.UTC)
    return render(
        "styleguide/index.html",
        form=sample_form(sample_errors()),
        lines=LINES,
        countries=COUNTRIES,
        now=now,
        amount=Decimal("-1250.5"),
    )


@pages.page("/form", permission=SIGNED_IN)
def plain_form() -> ResponseReturnValue:
    """Show the same form without errors, keeping a draft."""
    return render("styleguide/form.html", form=sample_form())


@pages.page("/conflict", permission=SIGNED_IN)
def conflict() -> ResponseReturnValue:
    """Show the page somebody sees who saved second."""
    form = sample_form()
    form.conflict = Conflict(
        current={**form.values, "title": "Solomon Islands elections", "country": "WS", "version": 4}
    )
    return render("shell/conflict.html", form=form)


@pages.page("/error/<int:status>", permission=SIGNED_IN)
def error(status: int) -> ResponseReturnValue:
    """Show an error page; with 503, one that gives back what was typed."""
    if status not in HEADINGS:
        abort(404)
    heading, text = (translate(Message(words[status])) for words in (HEADINGS, TEXTS))
    typed = [("summary", "An observer group of twelve.")] if status == 503 else []
    return render("shell/error.html", status=status, heading=heading, text=text, typed=typed)


def init_styleguide(app: Flask) -> None:
    """Mount the style guide; called in the demonstration and in tests only."""
    app.register_blueprint(pages)
