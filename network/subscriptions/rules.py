"""Who is told of a post, and when: plain facts in, plain answers out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from kernel.errors import N_, Refused


class Level(StrEnum):
    """How much of a group comes by mail."""

    EVERY_POST = "every_post"
    DAILY = "daily"
    WEEKLY = "weekly"
    NOTHING = "nothing"


class Watch(StrEnum):
    """What somebody said of a single topic."""

    WATCH = "watch"
    MUTE = "mute"


class Told(StrEnum):
    """How a post reaches somebody."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NOT = "not"


class DigestKind(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"


class Ends(StrEnum):
    """What the link in a mail ends: a group's mails, one's digests, or all mail from groups."""

    GROUP = "group"
    DIGESTS = "digests"
    EVERYTHING = "everything"


class Day(StrEnum):
    """The days of the week, as `to_char(…, 'dy')` names them, in the order of `date.weekday`."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


LEVEL_LABELS: Final = {
    Level.EVERY_POST: N_("Every post, at once"),
    Level.DAILY: N_("One mail a day, if there is something new"),
    Level.WEEKLY: N_("One mail a week, if there is something new"),
    Level.NOTHING: N_("No mail"),
}
DAY_LABELS: Final = {
    Day.MON: N_("Monday"),
    Day.TUE: N_("Tuesday"),
    Day.WED: N_("Wednesday"),
    Day.THU: N_("Thursday"),
    Day.FRI: N_("Friday"),
    Day.SAT: N_("Saturday"),
    Day.SUN: N_("Sunday"),
}
EVERY_DAY: Final = frozenset(Day)
ONE_BY_ONE: Final = 3
"""At most so many posts that waited for somebody come one by one; more come as one mail."""
_BY_LEVEL: Final = {
    Level.EVERY_POST: Told.AT_ONCE,
    Level.DAILY: Told.DAILY,
    Level.WEEKLY: Told.WEEKLY,
    Level.NOTHING: Told.NOT,
}


@dataclass(frozen=True)
class Rhythm:
    """When somebody wants mail, in her own time zone."""

    default_level: Level = Level.EVERY_POST
    quiet_from: time | None = None
    quiet_to: time | None = None
    working_days: frozenset[Day] = EVERY_DAY
    digest_hour: int = 7
    weekly_on: Day = Day.MON
    paused_until: date | None = None


def told(
    level: Level,
    watch: Watch | None = None,
    *,
    mentioned: bool = False,
    is_author: bool = False,
    is_visible: bool = True,
) -> Told:
    """How a post reaches somebody who may read it.

    Nobody is told of her own post, nor of one that is pending, hidden or deleted. A watched topic comes
    at once whatever the group's level. Who is mentioned is told at once, also of a muted topic, but not
    where she asked for no mail of the group at all: that is what the link in each mail promises.
    """
    if is_author or not is_visible:
        return Told.NOT
    if watch is Watch.WATCH:
        return Told.AT_ONCE
    if mentioned and level is not Level.NOTHING:
        return Told.AT_ONCE
    if watch is Watch.MUTE:
        return Told.NOT
    return _BY_LEVEL[level]


def release_at(rhythm: Rhythm, zone: ZoneInfo, at: datetime) -> datetime:
    """The first moment from `at` on (aware) at which somebody wants mail, in UTC.

    What waited for days off or a pause comes at the hour of the digest, not at midnight. Her clock decides:
    in an hour that it shows twice it is quiet twice, and hours that it skips are over when it has.
    """
    moment = at.astimezone(zone)
    for _ in range(_STEPS):
        day, at_time = moment.date(), moment.time()
        if _next_day_of_mail(rhythm, day) != day:
            day, at_time = _next_day_of_mail(rhythm, day), time(rhythm.digest_hour)
            if _is_quiet(rhythm, at_time):
                at_time = rhythm.quiet_to or at_time
        elif _is_quiet(rhythm, at_time) and rhythm.quiet_to is not None:
            day += timedelta(days=rhythm.quiet_to <= at_time)
            at_time = rhythm.quiet_to
        else:
            break
        moment = _shown(day, at_time, zone, after=moment)
    return moment.astimezone(UTC)


_STEPS: Final = 8
"""More than any rhythm needs: a night, the days off after it, and an hour that the clocks skip."""


def _next_day_of_mail(rhythm: Rhythm, day: date) -> date:
    """The first day from this one on that is a working day after the pause."""
    first = max(day, rhythm.paused_until or day)
    days = (first + timedelta(days=ahead) for ahead in range(7))
    return next(day for day in days if _DAYS[day.weekday()] in rhythm.working_days)


def _is_quiet(rhythm: Rhythm, now: time) -> bool:
    """Whether a time of day lies in the quiet hours, which may reach over midnight."""
    start, end = rhythm.quiet_from, rhythm.quiet_to
    if start is None or end is None:
        return False
    return start <= now < end if start < end else now >= start or now < end


def _shown(day: date, at: time, zone: ZoneInfo, *, after: datetime) -> datetime:
    """The first moment after another at which the clock shows a time of a day, or has skipped it."""
    wall = datetime.combine(day, at)
    while _is_skipped(wall, zone):
        wall += timedelta(minutes=1)
    first, second = (
        wall.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone) for fold in (0, 1)
    )
    return first if first.timestamp() > after.timestamp() else second


def _is_skipped(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock never shows a time, since it is put forward then."""
    there = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None) != wall


_DAYS: Final = tuple(Day)


def check_rhythm(rhythm: Rhythm, today: date) -> None:
    """Raises Refused for quiet hours without end, a week without work, or a pause that is over."""
    if (rhythm.quiet_from is None) != (rhythm.quiet_to is None):
        field = "quiet_from" if rhythm.quiet_from is None else "quiet_to"
        raise Refused(
            N_("Enter both when the quiet hours begin and when they end, or neither."), field=field
        )
    if rhythm.quiet_from is not None and rhythm.quiet_from == rhythm.quiet_to:
        raise Refused(
            N_("Enter an end of the quiet hours that differs from their beginning."),
            field="quiet_to",
        )
    if rhythm.weekly_on not in rhythm.working_days:
        raise Refused(N_("Choose one of the days on which you want mail."), field="weekly_on")
    if rhythm.paused_until is not None and not today < rhythm.paused_until <= _year_after(today):
        raise Refused(
            N_("Enter a day from tomorrow on, within a year, or leave it empty."),
            field="paused_until",
        )


def _year_after(day: date) -> date:
    return day + timedelta(days=366)


def count_at_once(combinations: Iterable[tuple[Level, Watch | None, int]]) -> int:
    """How many of the people are told at once, given how many have each level and watch."""
    return sum(count for level, watch, count in combinations if told(level, watch) is Told.AT_ONCE)


def in_order(days: Collection[Day]) -> list[Day]:
    """Days of the week from Monday on, as they are stored and shown."""
    return sorted(days, key=_DAYS.index)


EXCERPT: Final = 220
"""Characters of a post in a digest."""


def excerpt(words: str) -> str:
    """The beginning of a text of one line, cut between words."""
    if len(words) <= EXCERPT:
        return words
    return words[:EXCERPT].rpartition(" ")[0].rstrip(",;:–-") + " …"
