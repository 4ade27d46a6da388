from datetime import date
from decimal import Decimal

import pytest

from kernel.errors import Conflict, Forbidden, NotFound, Refused
from missions.budgets import service
from missions.budgets.rules.catalogue import Driver, Measure, Part
from missions.budgets.rules.versions import State
from tests.missions.budgets.conftest import TWELVE_DAYS, bound, entry, lock


def total(actor, subject) -> str:
    return str(service.open_sheet(actor, subject).costing.total.amount)


def test_a_budget_that_was_not_started_is_empty(inside, planner, subject):
    with inside():
        assert service.open_sheet(planner, subject) is None


def test_a_sheet_adds_lines_of_all_drivers_up_in_base(inside, planner, drafted):
    with inside():
        sheet = service.open_sheet(planner, drafted)
    amounts = {each.line.description: each for each in sheet.costing.lines}
    assert str(amounts["Daily allowance"].amount.amount) == "81000.00"
    assert str(amounts["Flights"].amount.amount) == "45000.00"
    assert amounts["Flights"].amount.currency == "USD"
    assert str(amounts["Flights"].in_base.amount) == "36000.00"
    assert str(sheet.costing.subtotal.amount) == "117900.00"
    assert str(sheet.costing.on_cost(Part.CONTINGENCY).amount.amount) == "5895.00"
    assert str(sheet.costing.on_cost(Part.OVERHEAD).amount.amount) == "8665.65"
    assert str(sheet.costing.total.amount) == "132460.65"


def test_a_budget_is_started_once(inside, planner, started):
    with inside(), pytest.raises(Refused):
        service.start(
            planner,
            started,
            base_currency="GBP",
            contingency_percent=Decimal(0),
            overhead_percent=Decimal(0),
        )


def test_a_line_in_a_currency_without_rate_is_refused(inside, planner, started):
    with inside(), pytest.raises(Refused) as refusal:
        service.add_line(planner, started, 1, entry(currency="XAF"))
    assert refusal.value.field == "currency"


def test_a_line_bound_to_a_phase_that_is_not_planned_is_refused(inside, planner, started):
    with inside(), pytest.raises(Refused) as refusal:
        service.add_line(
            planner, started, 1, entry(units=None, measure=Measure.NIGHTS, phase="holiday")
        )
    assert refusal.value.field == "phase"


def test_a_removed_line_no_longer_counts_until_it_is_put_back(inside, planner, drafted):
    with inside():
        before = total(planner, drafted)
        removed = service.remove_line(planner, drafted, 1, 2, lock=1)
        assert total(planner, drafted) == "92014.65"
        service.put_line_back(planner, drafted, 1, 2, lock=removed)
        assert total(planner, drafted) == before


def test_a_line_is_not_put_back_into_a_currency_whose_rate_is_gone(inside, planner, drafted):
    with inside():
        removed = service.remove_line(planner, drafted, 1, 2, lock=1)
        service.remove_rate(planner, drafted, 1, "USD", lock=1)
        with pytest.raises(Refused):
            service.put_line_back(planner, drafted, 1, 2, lock=removed)


@pytest.mark.parametrize("lock", [1, None])
def test_a_line_that_somebody_else_changed_is_not_removed(inside, planner, drafted, lock):
    with inside():
        service.change_line(planner, drafted, 1, 3, entry(rate=Decimal(1)), lock=1)
    with inside(), pytest.raises(Conflict):
        service.remove_line(planner, drafted, 1, 3, lock=lock)


def test_a_line_that_came_back_and_was_changed_is_not_put_back_over(inside, planner, drafted):
    with inside():
        removed = service.remove_line(planner, drafted, 1, 3, lock=1)
        service.put_line_back(planner, drafted, 1, 3, lock=removed)
    with inside(), pytest.raises(Conflict) as conflict:
        service.put_line_back(planner, drafted, 1, 3, lock=removed)
    with inside(), pytest.raises(Refused, match="nothing to put back"):
        service.put_line_back(planner, drafted, 1, 3, lock=conflict.value.current["version"])


@pytest.mark.parametrize("lock", [1, None])
def test_a_rate_that_somebody_else_changed_is_not_removed(inside, planner, drafted, lock):
    with inside():
        service.remove_line(planner, drafted, 1, 2, lock=1)
        service.set_rate(
            planner,
            drafted,
            1,
            currency="USD",
            units_per_base=Decimal("1.5"),
            quoted_on=date(2026, 5, 1),
            source="Bank of Examples",
            lock=1,
        )
    with inside(), pytest.raises(Conflict) as conflict:
        service.remove_rate(planner, drafted, 1, "USD", lock=lock)
    assert conflict.value.current["units_per_base"] == "1.5"


def test_a_changed_driver_drops_the_factors_it_does_not_have(inside, planner, drafted):
    with inside():
        lump = entry(driver=Driver.LUMP_SUM, rate=Decimal(500))
        service.change_line(planner, drafted, 1, 1, lump, lock=1)
        sheet = service.open_sheet(planner, drafted)
    stored, costed = service.open_line(sheet, 1)
    assert (stored.line.persons, stored.line.units, stored.line.phase) == (None, None, None)
    assert str(costed.amount.amount) == "500.00"


def test_a_line_that_somebody_else_changed_is_not_overwritten(inside, planner, drafted):
    with inside():
        service.change_line(planner, drafted, 1, 3, entry(rate=Decimal(1)), lock=1)
    with inside(), pytest.raises(Conflict) as conflict:
        service.change_line(planner, drafted, 1, 3, entry(rate=Decimal(2)), lock=1)
    assert conflict.value.current["rate"] == 1
    assert conflict.value.current["version"] == 2


def test_a_rate_that_lines_need_is_not_removed(inside, planner, drafted):
    with inside(), pytest.raises(Refused):
        service.remove_rate(planner, drafted, 1, "USD", lock=1)


def test_the_whole_way_from_draft_to_approved(inside, planner, approver, drafted):
    with inside():
        service.submit(planner, drafted, 1, lock=lock(planner, drafted))
    with inside():
        service.send_back(
            approver, drafted, 1, reason="Nights, not days", lock=lock(approver, drafted)
        )
    with inside():
        sheet = service.open_sheet(planner, drafted)
        assert sheet.version.state is State.RETURNED
        assert sheet.version.return_reason == "Nights, not days"
        service.rework(planner, drafted, 1, lock=sheet.version.lock)
    with inside():
        service.change_line(planner, drafted, 1, 1, bound(Measure.NIGHTS), lock=1)
    with inside():
        service.submit(planner, drafted, 1, lock=lock(planner, drafted))
    with inside():
        service.approve(approver, drafted, 1, lock=lock(approver, drafted))
    with inside():
        sheet = service.open_sheet(planner, drafted)
    assert sheet.version.state is State.APPROVED
    assert sheet.version.decided_by_name == "Approver (fictional)"
    assert sheet.version.return_reason is None


def test_an_approver_cannot_approve_what_she_submitted(inside, factory, drafted):
    both = factory.actor("Both (fictional)", roles=["planner", "approver"])
    with inside():
        service.submit(both, drafted, 1, lock=lock(both, drafted))
    with inside(), pytest.raises(Forbidden):
        service.approve(both, drafted, 1, lock=lock(both, drafted))


def test_a_planner_cannot_approve(inside, factory, planner, submitted):
    other = factory.actor("Another planner (fictional)", roles=["planner"])
    with inside(), pytest.raises(Forbidden):
        service.approve(other, submitted, 1, lock=lock(other, submitted))


def test_an_approver_cannot_edit(inside, approver, drafted):
    with inside(), pytest.raises(Forbidden):
        service.add_line(approver, drafted, 1, entry())


def test_an_empty_budget_cannot_be_submitted(inside, planner, started):
    with inside(), pytest.raises(Refused):
        service.submit(planner, started, 1, lock=lock(planner, started))


def test_what_was_submitted_can_no_longer_be_edited(inside, planner, submitted):
    with inside(), pytest.raises(Refused):
        service.add_line(planner, submitted, 1, entry())


def test_submitting_twice_is_refused_the_second_time(inside, planner, submitted):
    with inside(), pytest.raises(Refused):
        service.submit(planner, submitted, 1, lock=lock(planner, submitted))


def test_a_draft_that_changed_since_it_was_read_is_not_submitted(inside, planner, drafted):
    with inside():
        read = lock(planner, drafted)
        service.add_line(planner, drafted, 1, entry())
    with inside(), pytest.raises(Conflict):
        service.submit(planner, drafted, 1, lock=read)


def test_a_revision_copies_the_approved_version_and_leaves_it_in_force(
    inside, planner, approver, approved
):
    with inside():
        assert service.revise(planner, approved, 1, lock=lock(planner, approved)) == 2
    with inside():
        first = service.open_sheet(planner, approved, 1)
        second = service.open_sheet(planner, approved, 2)
        assert first.version.state is State.APPROVED
        assert second.costing == first.costing
        service.change_line(planner, approved, 2, 3, entry(rate=Decimal(1)), lock=1)
    with inside():
        assert service.open_sheet(planner, approved, 1).costing == first.costing
        service.submit(planner, approved, 2, lock=lock(planner, approved))
    with inside():
        service.approve(approver, approved, 2, lock=lock(approver, approved))
    with inside():
        states = [each.version.state for each in service.history(planner, approved)]
    assert states == [State.APPROVED, State.REVISED]


def test_two_versions_are_compared_line_by_line(inside, planner, approved):
    with inside():
        service.revise(planner, approved, 1, lock=lock(planner, approved))
        service.remove_line(planner, approved, 2, 3, lock=1)
    with inside():
        compared = service.compare(planner, approved, 2)
    [change] = compared.difference.lines
    assert change.line.description == "Printing"
    assert str(change.by.amount) == "-900.00"
    with inside(), pytest.raises(NotFound):
        service.compare(planner, approved, 1)


def test_what_was_meant_for_an_older_version_is_refused(inside, planner, approved):
    with inside():
        service.revise(planner, approved, 1, lock=lock(planner, approved))
    with inside(), pytest.raises(Refused):
        service.change_line(planner, approved, 1, 3, entry(rate=Decimal(1)), lock=1)


def test_a_closed_budget_stays_closed(inside, planner, approver, approved):
    with inside():
        service.close(approver, approved, 1, lock=lock(approver, approved))
    with inside(), pytest.raises(Refused):
        service.revise(planner, approved, 1, lock=lock(planner, approved))


def test_a_subject_one_may_not_see_has_no_budget(inside, plans, planner, drafted):
    plans.hidden_from.add(planner.person_id)
    with inside():
        with pytest.raises(NotFound):
            service.open_sheet(planner, drafted)
        with pytest.raises(NotFound):
            service.add_line(planner, drafted, 1, entry())
        with pytest.raises(NotFound):
            service.submit(planner, drafted, 1, lock=1)


def test_a_member_without_a_role_in_missions_sees_no_budget(inside, factory, drafted):
    with inside(), pytest.raises(NotFound):
        service.open_sheet(factory.actor(), drafted)


def test_a_draft_follows_its_dates_and_says_why(inside, plans, planner, drafted):
    with inside():
        phases = plans.move(drafted, TWELVE_DAYS)
        preview = service.preview_new_dates(drafted, phases)
        assert total(planner, drafted) == "132460.65"
        moved = service.apply_new_dates(planner, drafted, phases)
    assert moved == preview
    assert (str(moved.total_before.amount), str(moved.total_after.amount)) == (
        "132460.65",
        "150661.35",
    )
    with inside():
        sheet = service.open_sheet(planner, drafted)
        assert total(planner, drafted) == "150661.35"
    stored, _ = service.open_line(sheet, 1)
    assert stored.line.units == 12
    assert stored.was.days == 10


def test_dates_that_move_nothing_change_nothing(inside, planner, plans, drafted):
    with inside():
        phases = plans.facts[drafted.id].phases
        assert service.preview_new_dates(drafted, phases) is None
        assert service.apply_new_dates(planner, drafted, phases) is None


def test_editing_a_line_takes_its_note_about_dates_away(inside, plans, planner, drafted):
    with inside():
        service.apply_new_dates(planner, drafted, plans.move(drafted, TWELVE_DAYS))
    with inside():
        service.change_line(planner, drafted, 1, 1, bound(Measure.NIGHTS), lock=2)
        sheet = service.open_sheet(planner, drafted)
    assert service.open_line(sheet, 1)[0].was is None


def test_a_move_returns_what_was_submitted_to_its_author(inside, plans, planner, submitted):
    with inside():
        moved = service.apply_new_dates(planner, submitted, plans.move(submitted, TWELVE_DAYS))
        assert moved.returns_submission
    with inside():
        sheet = service.open_sheet(planner, submitted)
    assert sheet.version.state is State.DRAFT
    assert sheet.version.return_reason is not None
    assert service.open_line(sheet, 1)[0].line.units == 12


def test_a_move_after_approval_opens_a_draft_revision_by_itself(
    inside, plans, approver, planner, approved
):
    with inside():
        moved = service.apply_new_dates(approver, approved, plans.move(approved, TWELVE_DAYS))
        assert moved.opens_revision
    with inside():
        first = service.open_sheet(planner, approved, 1)
        second = service.open_sheet(planner, approved, 2)
    assert (first.version.state, second.version.state) == (State.APPROVED, State.DRAFT)
    assert second.version.opened_by_move
    assert service.open_line(first, 1)[0].line.units == 10
    assert service.open_line(second, 1)[0].line.units == 12


def test_a_move_leaves_a_closed_budget_alone(inside, plans, approver, approved):
    with inside():
        service.close(approver, approved, 1, lock=lock(approver, approved))
    with inside():
        phases = plans.move(approved, TWELVE_DAYS)
        assert service.apply_new_dates(approver, approved, phases) is None
