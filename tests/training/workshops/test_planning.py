"""What files of workshops and agendas would do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values.outcomes import Outcome
from kernel.values.partial_dates import PartialDate
from training.workshops.planning import (
    AgendaProblem,
    EventRow,
    SessionRow,
    plan_agenda,
    plan_events,
)

STORED = {"city": "Gaborone", "country": "BW", "region": "Africa", "source": "", "day": 3}


def event(held="2015-08", **values):
    return EventRow(2, "JEP", "Africa region workshop", PartialDate.parse(held), values)


def step_for(row, stored=None):
    return plan_events([row], {} if stored is None else {row.key: stored})[0]


def test_a_month_takes_no_known_day_away():
    step = step_for(event(city="Gaborone"), STORED)
    assert (step.outcome, step.values) == (Outcome.UNCHANGED, {})


def test_a_day_completes_a_month():
    step = step_for(event("2015-08-04"), {**STORED, "day": None})
    assert (step.outcome, step.values) == (Outcome.UPDATED, {"day": 4})


def test_a_workshop_of_another_month_is_another_workshop():
    stored = {event().key: STORED}
    assert plan_events([event("2015-09")], stored)[0].outcome is Outcome.CREATED


def test_a_new_workshop_without_a_day_gets_none():
    assert "day" not in step_for(event(city="Gaborone")).values


def row(code, minutes=90, number=2):
    values = {"held_on": date(2015, 8, 3), "title": code, "scheduled_minutes": minutes}
    return SessionRow(number, code, {**values, "position": number - 1})


def stored(*codes, minutes=90):
    return {code: row(code, minutes, number).values for number, code in enumerate(codes, start=2)}


def test_a_session_nobody_attended_may_be_shortened_or_left_out():
    plan = plan_agenda([row("S1", 10)], stored("S1", "S2"), {}, locked=False)
    assert plan.clashes == ()
    assert plan.dropped == ("S2",)
    assert [step.outcome for step in plan.steps] == [Outcome.UPDATED]


@pytest.mark.parametrize(("minutes", "clashes"), [(60, 0), (59, 1)])
def test_a_session_is_not_shortened_below_what_somebody_attended(minutes, clashes):
    plan = plan_agenda([row("S1", minutes)], stored("S1"), {"S1": 60}, locked=False)
    assert len(plan.clashes) == clashes
    for clash in plan.clashes:
        assert clash.problem is AgendaProblem.SHORTENED
        assert (clash.row, clash.value, clash.minutes) == (2, "59", 60)


def test_a_session_with_a_record_of_nought_minutes_is_not_left_out():
    plan = plan_agenda([row("S1")], stored("S1", "S2"), {"S2": 0}, locked=False)
    assert [(clash.problem, clash.value) for clash in plan.clashes] == [
        (AgendaProblem.DROPPED, "S2")
    ]


def test_a_locked_agenda_takes_no_change_and_the_same_file_again():
    agenda = stored("S1", "S2")
    same = [row("S1"), row("S2", number=3)]
    assert plan_agenda(same, agenda, {}, locked=True).clashes == ()
    longer = [row("S1", 120), row("S2", number=3)]
    assert len(plan_agenda(longer, agenda, {}, locked=True).clashes) == 1
    assert len(plan_agenda(same[:1], agenda, {}, locked=True).clashes) == 1
    more = [*same, row("S3", number=4)]
    assert len(plan_agenda(more, agenda, {}, locked=True).clashes) == 1


@given(st.dictionaries(st.sampled_from(["S1", "S2", "S3", "S4"]), st.integers(1, 1440), min_size=1))
def test_importing_an_agenda_again_changes_nothing(minutes):
    rows = [
        row(code, scheduled, number)
        for number, (code, scheduled) in enumerate(minutes.items(), start=2)
    ]
    first = plan_agenda(rows, {}, {}, locked=False)
    kept = {step.code: dict(step.values) for step in first.steps}
    again = plan_agenda(rows, kept, minutes, locked=True)
    assert {step.outcome for step in again.steps} == {Outcome.UNCHANGED}
    assert (again.dropped, again.clashes) == ((), ())
