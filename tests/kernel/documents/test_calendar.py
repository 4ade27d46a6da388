"""Calendar files."""

import datetime

import icalendar
import pytest

from kernel.documents.calendar import CalendarEvent, ics

CHANGED = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)


def only_event(**fields):
    fields = {"uid": "m-1@cen", "summary": "Polling day", "changed_at": CHANGED, **fields}
    calendar = icalendar.Calendar.from_ical(ics("Elections", [CalendarEvent(**fields)]))
    return calendar.walk("VEVENT")[0]


def test_whole_days_end_on_the_day_after_the_last():
    event = only_event(starts=datetime.date(2026, 3, 12), ends=datetime.date(2026, 3, 13))
    assert event.start == datetime.date(2026, 3, 12)
    assert event.end == datetime.date(2026, 3, 14)


def test_times_are_written_in_utc():
    suva = datetime.timezone(datetime.timedelta(hours=12))
    event = only_event(starts=datetime.datetime(2026, 3, 12, 9, tzinfo=suva))
    assert event["DTSTART"].to_ical() == b"20260311T210000Z"


def test_text_with_commas_and_line_breaks_comes_back_whole():
    event = only_event(
        starts=datetime.date(2026, 3, 12), summary="Polling; Bahamas, The", description="a\nb"
    )
    assert event["SUMMARY"] == "Polling; Bahamas, The"
    assert event["DESCRIPTION"] == "a\nb"


def test_a_cancelled_event_says_so_under_the_same_uid():
    event = only_event(starts=datetime.date(2026, 3, 12), cancelled=True)
    assert (event["UID"], event["STATUS"]) == ("m-1@cen", "CANCELLED")


def test_a_calendar_without_events_is_valid_and_has_its_name():
    calendar = icalendar.Calendar.from_ical(ics("Elections", []))
    assert calendar.calendar_name == "Elections"
    assert calendar.events == []


def test_a_time_without_zone_is_refused():
    naive = datetime.datetime(2026, 3, 12, 9)  # noqa: DTZ001 - what the test is about
    with pytest.raises(ValueError, match="zone"):
        only_event(starts=naive)


def test_a_day_that_ends_at_a_time_is_refused():
    with pytest.raises(ValueError, match="days or at times"):
        only_event(starts=datetime.date(2026, 3, 12), ends=CHANGED)
