"""What a budget pays for has ended: the budget is read, an approved one can still be closed."""

from datetime import date
from decimal import Decimal

import pytest

from kernel.db import db
from kernel.errors import NotNow, Refused
from kernel.questions import Subject
from missions.budgets import service
from missions.budgets.access import VersionFacts, can, can_edit, can_start
from missions.budgets.rules.versions import Move, State, check_going_on
from missions.missions import answers
from missions.missions import service as missions
from missions.missions.rules import Ending
from missions.plan.service import change_phase
from tests.factories.missions import start_budget
from tests.missions.budgets.conftest import bound, entry, lock

RATE = {"units_per_base": Decimal(2), "quoted_on": date(2026, 5, 1), "source": "Nobody"}


@pytest.mark.parametrize("move", [None, *Move])
def test_only_closing_goes_on_after_the_end(move):
    check_going_on(False, move)
    if move is Move.CLOSE:
        check_going_on(True, move)
    else:
        with pytest.raises(Refused):
            check_going_on(True, move)


@pytest.mark.parametrize("state", State)
def test_nobody_is_offered_more_than_closing_after_the_end(factory, state):
    everything = factory.actor(roles=["planner", "approver"])
    facts = VersionFacts(state, ended=True)
    assert not can_start(everything, ended=True)
    assert not can_edit(everything, facts)
    assert {move for move in Move if can(everything, move, facts)} <= {Move.CLOSE}


CHANGES = {
    "add a line": lambda actor, subject: service.add_line(actor, subject, 1, entry()),
    "change a line": lambda actor, subject: service.change_line(
        actor, subject, 1, 1, entry(), lock=1
    ),
    "remove a line": lambda actor, subject: service.remove_line(actor, subject, 1, 3, lock=1),
    "set a rate": lambda actor, subject: service.set_rate(
        actor, subject, 1, currency="EUR", **RATE
    ),
    "remove a rate": lambda actor, subject: service.remove_rate(actor, subject, 1, "USD", lock=1),
    "change the shares": lambda actor, subject: service.change_shares(
        actor,
        subject,
        1,
        contingency_percent=Decimal(1),
        overhead_percent=Decimal(1),
        lock=lock(actor, subject),
    ),
    "submit": lambda actor, subject: service.submit(actor, subject, 1, lock=lock(actor, subject)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_draft_stays_as_it_was(inside, plans, planner, drafted, change):
    plans.end(drafted)
    with inside(), pytest.raises(Refused, match="has ended"):
        change(planner, drafted)


def test_no_budget_is_started(inside, plans, planner, subject):
    plans.end(subject)
    with inside(), pytest.raises(Refused, match="has ended"):
        start_budget(planner, subject)


def test_what_was_submitted_is_not_decided_on_any_more(inside, plans, approver, submitted):
    plans.end(submitted)
    for verb, data in ((service.approve, {}), (service.send_back, {"reason": "Too much"})):
        with inside(), pytest.raises(Refused, match="has ended"):
            verb(approver, submitted, 1, lock=lock(approver, submitted), **data)


def test_an_approved_budget_is_closed_and_not_revised(inside, plans, planner, approver, approved):
    plans.end(approved)
    with inside(), pytest.raises(Refused, match="has ended"):
        service.revise(planner, approved, 1, lock=lock(planner, approved))
    with inside():
        service.close(approver, approved, 1, lock=lock(approver, approved))
        assert service.open_sheet(approver, approved).version.state is State.CLOSED


def test_the_page_says_so_and_offers_nothing(browser_for, plans, planner, drafted):
    plans.end(drafted)
    page = browser_for(planner).get(f"/missions/{drafted.id}/budget")
    assert "has ended" in page.text
    for button in ("Add line", "Submit for approval", "Remove USD", "Change the shares"):
        assert button not in page.text


def test_before_any_budget_the_page_offers_no_start(browser_for, plans, planner, subject):
    plans.end(subject)
    page = browser_for(planner).get(f"/missions/{subject.id}/budget")
    assert "no budget was started" in page.text
    assert "Start the budget" not in page.text


def test_a_mission_answers_that_it_has_ended(inside, propose, planner):
    mission_id = propose()
    with inside():
        assert not answers.plan_facts(planner, mission_id).ended
        missions.end_mission(
            planner, mission_id, version=1, ending=Ending.CANCELLED, reason="Called off."
        )
        assert answers.plan_facts(planner, mission_id).ended


@pytest.fixture
def cancel(planner):
    """`cancel(mission_id)` ends a mission that nobody changed since it was proposed."""

    def end(mission_id):
        missions.end_mission(
            planner, mission_id, version=1, ending=Ending.CANCELLED, reason="Called off."
        )
        db.session.flush()

    return end


@pytest.fixture
def costed(inside, propose, planner):
    """A mission with a draft in pounds."""
    subject = Subject("mission", propose())
    with inside():
        start_budget(planner, subject)
    return subject


def test_nothing_is_budgeted_while_its_mission_ends(inside, at_once, planner, costed, cancel):
    with inside():
        cancel(costed.id)
        other = at_once(lambda: service.add_line(planner, costed, 1, entry()))
        assert other.is_alive()
    assert isinstance(other.end(), NotNow)


def test_a_mission_ends_after_what_is_being_budgeted(inside, at_once, planner, costed, cancel):
    with inside():
        service.add_line(planner, costed, 1, entry())
        other = at_once(lambda: cancel(costed.id))
        assert other.is_alive()
    assert other.end() is None
    with inside():
        assert len(service.open_sheet(planner, costed).lines) == 1


def test_two_lines_are_budgeted_at_once_without_waiting_for_the_mission(
    inside, at_once, planner, costed
):
    with inside():
        answers.plan_facts(planner, costed.id, held=True)
        other = at_once(lambda: answers.plan_facts(planner, costed.id, held=True).ended)
        assert other.end() is False


def test_a_line_counts_the_days_a_phase_is_given_at_the_same_moment(
    inside, at_once, planner, costed
):
    with inside():
        change_phase(planner, costed.id, "deployment", version=1, first_day=-3, last_day=-2)
        db.session.flush()
        other = at_once(lambda: service.add_line(planner, costed, 1, bound()))
        assert other.is_alive()
    other.end()
    with inside():
        [kept] = service.open_sheet(planner, costed).lines
        assert kept.line.units == 2
