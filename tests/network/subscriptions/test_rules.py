"""Who is told of a post and when, as tables of cases."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from network.subscriptions.rules import (
    Day,
    Level,
    Rhythm,
    Told,
    Watch,
    check_rhythm,
    count_at_once,
    release_at,
    told,
)

E, D, W, N = Level.EVERY_POST, Level.DAILY, Level.WEEKLY, Level.NOTHING
WORK = frozenset({Day.MON, Day.TUE, Day.WED, Day.THU, Day.FRI})


@pytest.mark.parametrize(
    ("level", "watch", "mentioned", "expected"),
    [
        (E, None, False, Told.AT_ONCE),
        (D, None, False, Told.DAILY),
        (W, None, False, Told.WEEKLY),
        (N, None, False, Told.NOT),
        (E, Watch.WATCH, False, Told.AT_ONCE),
        (D, Watch.WATCH, False, Told.AT_ONCE),
        (W, Watch.WATCH, False, Told.AT_ONCE),
        (N, Watch.WATCH, False, Told.AT_ONCE),
        (E, Watch.MUTE, False, Told.NOT),
        (D, Watch.MUTE, False, Told.NOT),
        (W, Watch.MUTE, False, Told.NOT),
        (N, Watch.MUTE, False, Told.NOT),
        (E, None, True, Told.AT_ONCE),
        (D, None, True, Told.AT_ONCE),
        (W, None, True, Told.AT_ONCE),
        (N, None, True, Told.NOT),
        (D, Watch.MUTE, True, Told.AT_ONCE),
        (N, Watch.MUTE, True, Told.NOT),
        (N, Watch.WATCH, True, Told.AT_ONCE),
    ],
)
def test_level_watch_and_mention_decide_how_a_post_reaches_somebody(
    level, watch, mentioned, expected
):
    assert told(level, watch, mentioned=mentioned) is expected


levels = st.sampled_from(Level)
watches = st.sampled_from([None, *Watch])


@given(level=levels, watch=watches, mentioned=st.booleans())
def test_nobody_is_told_of_her_own_post_nor_of_one_that_cannot_be_read(level, watch, mentioned):
    assert told(level, watch, mentioned=mentioned, is_author=True) is Told.NOT
    assert told(level, watch, mentioned=mentioned, is_visible=False) is Told.NOT


def test_the_count_adds_up_those_who_are_told_at_once():
    assert count_at_once([(E, None, 5), (D, None, 7), (D, Watch.WATCH, 2), (E, Watch.MUTE, 1)]) == 7


LONDON, TONGA = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Tongatapu")


@pytest.mark.parametrize(
    ("rhythm", "zone", "at", "expected"),
    [
        (Rhythm(), LONDON, "2026-02-04T23:10+00:00", "2026-02-04T23:10+00:00"),
        # Quiet from eight in the evening to seven in the morning.
        (
            Rhythm(quiet_from=time(20), quiet_to=time(7)),
            LONDON,
            "2026-02-04T23:10+00:00",
            "2026-02-05T07:00+00:00",
        ),
        (
            Rhythm(quiet_from=time(20), quiet_to=time(7)),
            LONDON,
            "2026-02-05T03:00+00:00",
            "2026-02-05T07:00+00:00",
        ),
        (
            Rhythm(quiet_from=time(20), quiet_to=time(7)),
            LONDON,
            "2026-02-05T07:00+00:00",
            "2026-02-05T07:00+00:00",
        ),
        # The same moment is the next afternoon in Tonga (UTC+13).
        (
            Rhythm(quiet_from=time(20), quiet_to=time(7)),
            TONGA,
            "2026-02-04T23:10+00:00",
            "2026-02-04T23:10+00:00",
        ),
        # Quiet at noon, within one day.
        (
            Rhythm(quiet_from=time(12), quiet_to=time(13, 30)),
            LONDON,
            "2026-02-04T12:45+00:00",
            "2026-02-04T13:30+00:00",
        ),
        # Saturday: Monday at the hour of the digest, or when the quiet hours end then.
        (
            Rhythm(working_days=WORK),
            LONDON,
            "2026-02-07T10:00+00:00",
            "2026-02-09T07:00+00:00",
        ),
        (
            Rhythm(working_days=WORK, quiet_from=time(20), quiet_to=time(8, 15)),
            LONDON,
            "2026-02-07T10:00+00:00",
            "2026-02-09T08:15+00:00",
        ),
        # Friday night, quiet until Saturday morning, which is a day off.
        (
            Rhythm(working_days=WORK, quiet_from=time(20), quiet_to=time(7)),
            LONDON,
            "2026-02-06T21:00+00:00",
            "2026-02-09T07:00+00:00",
        ),
        # A pause ends on a Sunday.
        (
            Rhythm(working_days=WORK, paused_until=date(2026, 2, 15)),
            LONDON,
            "2026-02-04T10:00+00:00",
            "2026-02-16T07:00+00:00",
        ),
    ],
)
def test_mail_waits_for_the_end_of_quiet_hours_days_off_and_pauses(rhythm, zone, at, expected):
    assert release_at(rhythm, zone, datetime.fromisoformat(at)) == datetime.fromisoformat(expected)


def quiet_between(start, end, **more):
    return Rhythm(quiet_from=time.fromisoformat(start), quiet_to=time.fromisoformat(end), **more)


NIGHT = quiet_between("20:00", "01:30")
LORD_HOWE, BEIRUT = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Beirut")


@pytest.mark.parametrize(
    ("rhythm", "zone", "at", "expected"),
    [
        # 29 March 2026, 01:00 in London is 02:00: at 01:30 her clock shows 02:00 already.
        (NIGHT, LONDON, "2026-03-28T23:00+00:00", "2026-03-29T02:00+01:00"),
        (NIGHT, LONDON, "2026-03-29T00:59+00:00", "2026-03-29T02:00+01:00"),
        (NIGHT, LONDON, "2026-03-29T02:00+01:00", "2026-03-29T02:00+01:00"),
        # Quiet from a time that is skipped: nothing is held before it, all is after.
        (
            quiet_between("01:15", "06:00"),
            LONDON,
            "2026-03-29T00:50+00:00",
            "2026-03-29T00:50+00:00",
        ),
        (
            quiet_between("01:15", "06:00"),
            LONDON,
            "2026-03-29T02:00+01:00",
            "2026-03-29T06:00+01:00",
        ),
        # Quiet within the skipped hour alone: that night there is none.
        (
            quiet_between("01:10", "01:50"),
            LONDON,
            "2026-03-29T02:00+01:00",
            "2026-03-29T02:00+01:00",
        ),
        # 25 October 2026, 02:00 in London is 01:00 again: 01:30 is shown twice.
        (NIGHT, LONDON, "2026-10-24T23:00+01:00", "2026-10-25T01:30+01:00"),
        (NIGHT, LONDON, "2026-10-25T01:29+01:00", "2026-10-25T01:30+01:00"),
        (NIGHT, LONDON, "2026-10-25T01:45+01:00", "2026-10-25T01:45+01:00"),
        (NIGHT, LONDON, "2026-10-25T01:10+00:00", "2026-10-25T01:30+00:00"),
        (NIGHT, LONDON, "2026-10-25T01:30+00:00", "2026-10-25T01:30+00:00"),
        # Quiet from a time that is shown twice, in between, and after the second one.
        (
            quiet_between("01:40", "06:00"),
            LONDON,
            "2026-10-25T01:41+01:00",
            "2026-10-25T06:00+00:00",
        ),
        (
            quiet_between("01:40", "06:00"),
            LONDON,
            "2026-10-25T01:10+00:00",
            "2026-10-25T01:10+00:00",
        ),
        (
            quiet_between("01:40", "06:00"),
            LONDON,
            "2026-10-25T01:41+00:00",
            "2026-10-25T06:00+00:00",
        ),
        # A night is an hour shorter or longer; its end is where she put it.
        (quiet_between("22:00", "07:00"), LONDON, "2026-03-28T23:00Z", "2026-03-29T07:00+01:00"),
        (quiet_between("22:00", "07:00"), LONDON, "2026-10-24T22:00Z", "2026-10-25T07:00+00:00"),
        # A day off that ends in the skipped hour: the digest's hour is over when it is skipped.
        (
            Rhythm(working_days=frozenset({Day.SUN}), weekly_on=Day.SUN, digest_hour=1),
            LONDON,
            "2026-03-27T10:00Z",
            "2026-03-29T02:00+01:00",
        ),
        # Half an hour on Lord Howe; midnight itself in Beirut.
        (
            quiet_between("20:00", "02:15"),
            LORD_HOWE,
            "2026-10-04T00:00+10:30",
            "2026-10-04T02:30+11:00",
        ),
        (
            quiet_between("20:00", "00:00"),
            BEIRUT,
            "2026-03-28T22:00+02:00",
            "2026-03-29T01:00+03:00",
        ),
    ],
)
def test_quiet_hours_follow_her_clock_when_it_is_changed(rhythm, zone, at, expected):
    assert release_at(rhythm, zone, datetime.fromisoformat(at)) == datetime.fromisoformat(expected)


quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
quiet = st.one_of(
    st.just((None, None)), st.tuples(quarters, quarters).filter(lambda both: both[0] != both[1])
)
rhythms = st.builds(
    lambda hours, days, hour, pause: Rhythm(
        quiet_from=hours[0],
        quiet_to=hours[1],
        working_days=days,
        digest_hour=hour,
        paused_until=pause,
    ),
    quiet,
    st.frozensets(st.sampled_from(Day), min_size=1),
    st.integers(0, 23),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
moments = st.integers(0, 525_000).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from([LONDON, TONGA, ZoneInfo("America/St_Johns"), ZoneInfo("UTC")])


@given(rhythm=rhythms, zone=zones, at=moments)
def test_a_post_is_released_at_a_moment_that_is_not_held_and_never_before_it_was_written(
    rhythm, zone, at
):
    released = release_at(rhythm, zone, at)
    assert released >= at
    assert release_at(rhythm, zone, released) == released
    local = released.astimezone(zone)
    assert tuple(Day)[local.weekday()] in rhythm.working_days
    assert rhythm.paused_until is None or local.date() >= rhythm.paused_until


@pytest.mark.parametrize(
    ("rhythm", "field"),
    [
        (Rhythm(quiet_from=time(20)), "quiet_to"),
        (Rhythm(quiet_to=time(7)), "quiet_from"),
        (Rhythm(quiet_from=time(7), quiet_to=time(7)), "quiet_to"),
        (Rhythm(working_days=frozenset({Day.SUN})), "weekly_on"),
        (Rhythm(paused_until=date(2026, 2, 4)), "paused_until"),
        (Rhythm(paused_until=date(2026, 2, 4) + timedelta(days=400)), "paused_until"),
    ],
)
def test_a_rhythm_that_cannot_be_kept_is_refused_at_its_field(rhythm, field):
    with pytest.raises(Refused) as refused:
        check_rhythm(rhythm, date(2026, 2, 4))
    assert refused.value.field == field
