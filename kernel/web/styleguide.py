"""The living style guide at `/dev/ui`: every macro in each of its states, with invented data.

It exists in the demonstration and in tests only. Screenshots, axe and overflow checks look at it:
a macro that is not shown here is a macro nobody checks.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from babel import Locale
from flask import Flask, abort
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale
from markupsafe import Markup

from kernel.errors import Conflict, Message
from kernel.fields import FieldView
from kernel.fields.view import Option
from kernel.web import languages
from kernel.web.errors import HEADINGS, TEXTS, page_about
from kernel.web.forms import translate
from kernel.web.pictures import Bar, BarState, Mark, Milestone, Place, gantt, inset, world_map
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
MEMBERS = """
    AG AU BS BD BB BZ BW BN CM CA CY DM SZ FJ GA GM GH GD GY IN JM KE KI LS MW MY MV MT MU MZ NA NR
    NZ NG PK PG RW KN LC VC WS SC SL SG SB ZA LK TZ TG TO TT TV UG GB VU ZM
"""
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


def sample_rows() -> list[Bar | Milestone]:
    """Return one bar in every state and two milestones."""
    day = dt.date
    return [
        Bar("Assessment visit", day(2027, 1, 11), day(2027, 1, 22), BarState.DONE, "done"),
        Bar("Recruit observers", day(2027, 2, 1), day(2027, 3, 12), BarState.DOING, "doing"),
        Bar("Budget approval", day(2027, 2, 15), day(2027, 2, 26), BarState.BLOCKED, "blocked"),
        Bar(
            "Advance team in the country with a long name",
            day(2027, 3, 22),
            day(2027, 4, 2),
            BarState.TODO,
            url="/dev/ui",
        ),
        Milestone("Polling day", day(2027, 4, 14)),
        Milestone("Interim statement", day(2027, 4, 16), url="/dev/ui"),
        Bar("Final report", day(2027, 4, 19), day(2027, 6, 11), BarState.TODO),
    ]


def sample_gantt(rows: list[Bar | Milestone]) -> Markup:
    """Draw the chart of the sample rows."""
    return gantt(
        rows,
        title="Mission timeline",
        description="Seven steps from January to June 2027.",
        today=dt.date(2027, 2, 20),
        today_label="Today",
        month_name=lambda month: str(format_date(month, "MMM")),
        rtl=languages.direction() == "rtl",
    )


def sample_places() -> list[Place]:
    """Every member of the first network; three of them marked."""
    marks = {"SB": Mark.ACTIVE, "MT": Mark.PLANNED, "LC": Mark.DONE}
    names = (get_locale() or Locale("en")).territories
    return [
        Place(code, names[code], f"/dev/ui?country={code}", marks.get(code, Mark.NONE))
        for code in MEMBERS.split()
    ]


@pages.page("/pictures", permission=SIGNED_IN)
def pictures() -> ResponseReturnValue:
    """Show the chart and the map."""
    rows, places = sample_rows(), sample_places()
    return render(
        "styleguide/pictures.html",
        rows=rows,
        states={state.value: state.value.capitalize() for state in BarState},
        chart=sample_gantt(rows),
        map=world_map(places, "Member countries", "56 countries; the table names them all."),
        insets=[
            ("Eastern Caribbean", inset("caribbean", places, "Eastern Caribbean")),
            ("Pacific", inset("pacific", places, "Pacific")),
        ],
        places=places,
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
    typed = [("Summary", "An observer group of twelve.")] if status == 503 else []
    return page_about(status, heading, text, typed=typed)


def init_styleguide(app: Flask) -> None:
    """Mount the style guide; called in the demonstration and in tests only."""
    app.register_blueprint(pages)
