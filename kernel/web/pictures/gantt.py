"""A Gantt chart: bars and milestones over months, mirrored where text runs from right to left."""

import datetime as dt
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

NAMES = 190
"""Width of the column of names, in px; it stays in view while the bars are scrolled."""
ROW = 32
TOP = 36
LEAST_WIDTH = 736
LEAST_DAY = 2.0
"""Least px for a day; a long plan grows wider and is scrolled."""
MARGIN = 6
LEAST_MONTH = 34
"""Least px for a month's name; where months are narrower, only some are named."""
LONGEST_LINE = 28
"""Letters of a name that fit into its column; a longer one takes two lines, and is cut after them."""
BASELINES = {1: (21,), 2: (14, 28)}
"""Where the lines of a name stand in its row, by how many there are."""

MonthName = Callable[[dt.date], str]


class BarState(StrEnum):
    """State of a task; each has a shape of its own beside its colour."""

    TODO = "todo"  # hollow
    DOING = "doing"  # full
    DONE = "done"  # full, with a tick
    BLOCKED = "blocked"  # full, with a cross


@dataclass(frozen=True)
class Bar:
    """A task from its first to its last day, both included. `note` shows on hover."""

    name: str
    first: dt.date
    last: dt.date
    state: BarState
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Milestone:
    """Something that happens on one day."""

    name: str
    on: dt.date
    note: str = ""
    url: str = ""

    @property
    def first(self) -> dt.date:
        """The day itself, as a bar would say it."""
        return self.on

    @property
    def last(self) -> dt.date:
        """The day itself, as a bar would say it."""
        return self.on


Row = Bar | Milestone


@dataclass(frozen=True)
class Scale:
    """Days to px. In right-to-left pages the axis starts on the right."""

    first: dt.date
    last: dt.date
    width: float
    rtl: bool

    @property
    def day(self) -> float:
        """Width of one day, in px."""
        return (self.width - 2 * MARGIN) / ((self.last - self.first).days + 1)

    def at(self, day: dt.date) -> float:
        """Where a day begins."""
        return self.mirrored(MARGIN + (day - self.first).days * self.day)

    def mirrored(self, x: float) -> float:
        """A place counted from the side where reading starts."""
        return self.width - x if self.rtl else x

    def span(self, first: dt.date, last: dt.date) -> tuple[float, float]:
        """Left edge and width of the days from `first` to `last`, both included."""
        one, other = self.at(first), self.at(last + dt.timedelta(days=1))
        return min(one, other), abs(other - one)


def gantt(
    rows: Sequence[Row],
    *,
    title: str,
    description: str,
    today: dt.date,
    today_label: str,
    month_name: MonthName,
    rtl: bool = False,
) -> Markup:
    """Draw the rows in their order; raises ValueError when there are none.

    `month_name` names the month of its first day in the reader's language.
    """
    if not rows:
        raise ValueError("a chart needs at least one row")
    scale = _scale(rows, rtl)
    height = TOP + ROW * len(rows) + 22
    stripes = range(1, len(rows), 2)
    names = [_stripe(index, NAMES) for index in stripes]
    names += [_name(row, TOP + ROW * index, rtl) for index, row in enumerate(rows)]
    bars = [_stripe(index, scale.width) for index in stripes]
    bars += _months(scale, height, month_name)
    bars += [_row(row, TOP + ROW * index, scale) for index, row in enumerate(rows)]
    bars += _today(scale, today, today_label, height)
    return Markup(
        '<div class="gantt" role="group" aria-label="{}"><p class="vh">{}</p>'
        '<div class="gantt-names">{}</div>{}</div>'
    ).format(
        title, description, _picture(NAMES, height, names), _picture(scale.width, height, bars)
    )


def _picture(width: float, height: int, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {0:.0f} {1}" width="{0:.0f}" height="{1}" focusable="false">{2}</svg>'
    ).format(width, height, Markup("").join(parts))


def _scale(rows: Sequence[Row], rtl: bool) -> Scale:
    """Whole months round everything that is drawn."""
    first = min(row.first for row in rows).replace(day=1)
    last = _next_month(max(row.last for row in rows)) - dt.timedelta(days=1)
    days = (last - first).days + 1
    return Scale(first, last, max(LEAST_WIDTH, days * LEAST_DAY + 2 * MARGIN), rtl)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _stripe(index: int, width: float) -> Markup:
    return Markup('<rect class="stripe" y="{}" width="{:.0f}" height="{}"/>').format(
        TOP + ROW * index, width, ROW
    )


def _months(scale: Scale, height: int, month_name: MonthName) -> list[Markup]:
    named_every = max(1, round(LEAST_MONTH / (scale.day * 30) + 0.49))
    parts = []
    month, index = scale.first, 0
    while month <= scale.last:
        x = scale.at(month)
        parts.append(
            Markup('<line class="grid" x1="{0:.1f}" x2="{0:.1f}" y1="26" y2="{1}"/>').format(
                x, height - 22
            )
        )
        if index % named_every == 0:
            inset = -5 if scale.rtl else 5
            parts.append(
                Markup('<text class="month" x="{:.1f}" y="18">{}</text>').format(
                    x + inset, month_name(month)
                )
            )
        month, index = _next_month(month), index + 1
    return parts


def _name(row: Row, y: int, rtl: bool) -> Markup:
    lines = textwrap.wrap(row.name, LONGEST_LINE, max_lines=2, placeholder="…")
    # Isolated: a name keeps its own direction on a page of the other.
    drawn = [
        Markup(
            '<text x="{}" y="{}">\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}</text>'
        ).format(NAMES - 6 if rtl else 6, y + baseline, line)
        for line, baseline in zip(lines, BASELINES[len(lines)], strict=True)
    ]
    return _linked(row, Markup("").join(drawn))


def _row(row: Row, y: int, scale: Scale) -> Markup:
    drawn = _diamond(row, y, scale) if isinstance(row, Milestone) else _bar(row, y, scale)
    return _linked(row, drawn)


def _linked(row: Row, drawn: Markup) -> Markup:
    about = f"{row.name}: {row.note}" if row.note else row.name
    inside = Markup("<title>{}</title>{}").format(about, drawn)
    if not row.url:
        return Markup("<g>{}</g>").format(inside)
    # The table beside the chart holds the same links for the keyboard.
    return Markup('<a href="{}" tabindex="-1">{}</a>').format(row.url, inside)


def _bar(bar: Bar, y: int, scale: Scale) -> Markup:
    x, width = scale.span(bar.first, bar.last)
    width = max(width, 4)
    drawn = Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="18" rx="4"/>').format(
        bar.state.value, x, y + 7, width
    )
    middle = x + width / 2
    if bar.state is BarState.DONE and width > 16:
        drawn += Markup('<path class="mark" d="M{:.1f} {}l3.5 3.5 6-7"/>').format(
            middle - 5, y + 16
        )
    if bar.state is BarState.BLOCKED and width > 16:
        drawn += Markup('<path class="mark" d="M{:.1f} {}l8 8m0-8l-8 8"/>').format(
            middle - 4, y + 12
        )
    return drawn


def _diamond(milestone: Milestone, y: int, scale: Scale) -> Markup:
    x, width = scale.span(milestone.on, milestone.on)
    return Markup('<path class="milestone" d="M{:.1f} {}l9 9l-9 9l-9-9z"/>').format(
        x + width / 2, y + 7
    )


def _today(scale: Scale, today: dt.date, label: str, height: int) -> list[Markup]:
    if not scale.first <= today <= scale.last:
        return []
    x, width = scale.span(today, today)
    middle = x + width / 2
    return [
        Markup('<line class="today" x1="{0:.1f}" x2="{0:.1f}" y1="26" y2="{1}"/>').format(
            middle, height - 18
        ),
        Markup('<text class="today-label" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            middle, height - 5, label
        ),
    ]
