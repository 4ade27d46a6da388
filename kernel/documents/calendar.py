"""Calendar files (iCalendar, RFC 5545) that any mail or calendar program opens or subscribes to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import icalendar


@dataclass(frozen=True)
class CalendarEvent:
    """Something with a date or a time.

    `starts` and `ends` are both dates (whole days, `ends` included) or both UTC datetimes; without
    `ends` it is one day, or a moment. `uid` never changes for the same thing; `changed_at` lets a
    subscriber see that it moved.
    """

    uid: str
    summary: str
    starts: datetime.date
    changed_at: datetime.datetime
    ends: datetime.date | None = None
    location: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False


def ics(name: str, events: Sequence[CalendarEvent]) -> bytes:
    """Write events as one calendar; `name` is what a calendar program shows.

    Raises ValueError for a time without a zone, or a day mixed with a time.
    """
    calendar = icalendar.Calendar.new(
        name=name,
        prodid="-//Comitia//Comitia//EN",
        subcomponents=[_component(event) for event in events],
    )
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent) -> icalendar.Event:
    return icalendar.Event.new(
        uid=event.uid,
        summary=event.summary,
        start=_in_utc(event.starts),
        end=_end(event),
        stamp=_in_utc(event.changed_at),
        last_modified=_in_utc(event.changed_at),
        location=event.location or None,
        description=event.description or None,
        url=event.url or None,
        status=icalendar.STATUS.CANCELLED if event.cancelled else None,
    )


def _end(event: CalendarEvent) -> datetime.date | None:
    """Return DTEND, which for whole days is the day after the last one."""
    if event.ends is None:
        return None
    if isinstance(event.starts, datetime.datetime) != isinstance(event.ends, datetime.datetime):
        raise ValueError("an event starts and ends either on days or at times")
    if isinstance(event.ends, datetime.datetime):
        return _in_utc(event.ends)
    return event.ends + datetime.timedelta(days=1)


def _in_utc(when: datetime.date) -> datetime.date:
    if not isinstance(when, datetime.datetime):
        return when
    if when.tzinfo is None:
        raise ValueError("a time needs a zone")
    return when.astimezone(datetime.UTC)
