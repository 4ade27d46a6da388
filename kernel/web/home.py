"""The page people land on: what waits for them, and what each part of the service lets them do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import request, url_for
from flask.typing import ResponseReturnValue

from kernel.questions.waiting import SOON, Waiting, WaitingIn, waiting_for
from kernel.values import clock
from kernel.web.menu import menu
from kernel.web.render import render
from kernel.web.routes import SIGNED_IN, Pages
from kernel.web.visitors import actor

pages = Pages("home", __name__)

FIRST: Final = 5
"""How many things of a module are shown before one asks for the others."""


@dataclass(frozen=True)
class Row:
    """A thing that waits, and how pressing it is: "overdue", "soon", or nothing."""

    thing: Waiting
    pressing: str


@dataclass(frozen=True)
class Group:
    """What waits in a module; `more` are not shown, and `more_url` shows them."""

    key: str
    label: str
    rows: Sequence[Row]
    more: int
    more_url: str


@pages.page("/", permission=SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show what waits for this person, most urgent first, and the entry points she may open."""
    now = clock.now()
    waiting = waiting_for(actor(), now)
    return render(
        "home/index.html",
        waiting=[_group(each, now) for each in waiting],
        total=sum(len(each.items) for each in waiting),
        entries=menu().overview(),
    )


def _group(waiting: WaitingIn, now: datetime) -> Group:
    key = waiting.module
    shown = waiting.items if request.args.get("all") == key else waiting.items[:FIRST]
    return Group(
        key,
        menu().label_of(key),
        [Row(each, _pressing(each, now)) for each in shown],
        more=len(waiting.items) - len(shown),
        more_url=url_for("home.index", all=key, _anchor=f"waiting-{key}"),
    )


def _pressing(waiting: Waiting, now: datetime) -> str:
    if waiting.due is None or waiting.due > now + SOON:
        return ""
    return "overdue" if waiting.due <= now else "soon"
