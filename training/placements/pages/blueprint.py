"""What the pages of placements share: their blueprints, words, breadcrumbs and deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_time
from flask import request, url_for
from flask_babel import gettext
from markupsafe import Markup, escape
from marshmallow import ValidationError

from kernel.errors import Invalid
from kernel.fields import Schema
from kernel.values import clock
from kernel.values.paging import pages_of
from kernel.web import Pages
from kernel.web.formats import day, moment
from kernel.web.languages import reader
from kernel.web.menu import Link
from training.placements import words
from training.placements.queries import PAGE, Vacancy
from training.placements.rules.eligibility import Verdict
from training.placements.rules.vacancies import is_over

pages = Pages(
    "placements", "training.placements", url_prefix="/training/placements", section="training"
)
own_pages = Pages(
    "applications", "training.placements", url_prefix="/training/applications", section="training"
)


@dataclass(frozen=True)
class Deadline:
    """A deadline as a page tells it: where it was meant, and in the reader's zone if that is another.

    It is over from its moment on, though the job that closes the vacancy comes a little later.
    """

    meant: str
    own: str | None
    over: bool


def deadline_of(vacancy: Vacancy) -> Deadline:
    """When a vacancy closes: "12 March 2027, 23:59 (Europe/London)"."""
    local = vacancy.closes_at.astimezone(ZoneInfo(vacancy.time_zone))
    meant = gettext(
        "%(day)s, %(time)s (%(zone)s)",
        day=day(local.date()),
        time=format_time(local.time(), "short", locale=reader().locale),
        zone=vacancy.time_zone,
    )
    same = local.utcoffset() == vacancy.closes_at.astimezone(reader().zone).utcoffset()
    own = None if same else moment(vacancy.closes_at)
    return Deadline(meant, own, is_over(vacancy.closes_at, clock.now()))


def fact_of(verdict: Verdict) -> Markup:
    """The fact behind a verdict in the reader's language, the names in it kept in their own direction."""
    fact = words.fact_of(verdict)
    names = {name: Markup("<bdi>{}</bdi>").format(each) for name, each in fact.params.items()}
    text = escape(gettext(fact.text))
    return text % names if names else text


def vocabulary() -> dict[str, Any]:
    """What every template of placements uses."""
    return {"words": words, "deadline": deadline_of, "fact": fact_of}


def crumbs(*last: str, vacancy: Vacancy | None = None) -> Sequence[Link]:
    """The way to a page of placements."""
    trail = [Link(gettext("Placements"), url_for("placements.index"))]
    if vacancy is not None:
        trail.append(Link(vacancy.title, url_for("placements.vacancy", vacancy_id=vacancy.id)))
    return [*trail, *(Link(label, "") for label in last)]


def own_crumbs(last: str) -> Sequence[Link]:
    """The way to one of one's own applications."""
    return [Link(gettext("My applications"), url_for("applications.index")), Link(last, "")]


def asked_page() -> int:
    """The page in the address; what cannot be read is the first."""
    text = request.args.get("page", "1")
    readable = text.isascii() and text.isdigit() and 0 < len(text) < 7
    return max(1, int(text)) if readable else 1


def loaded(schema: Schema) -> dict[str, Any]:
    """What a button posted; raises Invalid for anything the button would not send."""
    try:
        return schema.load_form(request.form)
    except ValidationError as error:
        raise Invalid(error.messages_dict) from error


def pager(number: int, total: int, endpoint: str, **values: Any) -> dict[str, Any]:
    """What the pager draws: the page, how many there are, and the addresses on either side."""
    count = pages_of(total, PAGE)

    def address(page: int) -> str:
        return url_for(endpoint, page=page, **values) if 1 <= page <= count else ""

    return {
        "page": number,
        "pages": count,
        "previous": address(number - 1),
        "next": address(number + 1),
    }
