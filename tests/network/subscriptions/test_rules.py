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
        # The night the clocks go forward: 01:30 does not exist and comes an hour later.
        (
            Rhythm(quiet_from=time(20), quiet_to=time(1, 30)),
            LONDON,
            "2026-03-28T23:00+00:00",
            "2026-03-29T01:30+00:00",
        ),
    ],
)
def test_mail_waits_for_the_end_of_quiet_hours_days_off_and_pauses(rhythm, zone, at, expected):
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
