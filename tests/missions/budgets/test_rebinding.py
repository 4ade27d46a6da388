import datetime
from decimal import Decimal

from kernel.values.periods import Period
from missions.budgets.rules.catalogue import CURRENT, Measure
from missions.budgets.rules.lines import amount
from missions.budgets.rules.rebinding import rebind_all
from tests.missions.budgets.lines import line, phase

TEN_DAYS = phase("2026-05-05", "2026-05-14")
TWELVE_DAYS = phase("2026-05-05", "2026-05-16")


def test_a_line_bound_to_days_is_counted_again_when_its_phase_grows():
    bound = line("GBP 180", persons=45, phase=TEN_DAYS, measure=Measure.DAYS)
    [moved] = rebind_all([bound], [TWELVE_DAYS])
    assert moved.before is bound
    assert moved.after.units == 12
    assert str(amount(moved.after, CURRENT).amount) == "97200.00"
    assert moved.why.phase == "Deployment"
    assert moved.why.period == Period(datetime.date(2026, 5, 5), datetime.date(2026, 5, 16))
    assert (moved.why.units, moved.why.units_before) == (12, 10)


def test_a_line_bound_to_nights_is_counted_one_fewer():
    bound = line("GBP 90", phase=TEN_DAYS, measure=Measure.NIGHTS)
    [moved] = rebind_all([bound], [TWELVE_DAYS])
    assert (moved.why.units, moved.why.units_before) == (Decimal(11), Decimal(9))


def test_a_phase_that_moves_as_a_whole_keeps_its_units_and_says_where_it_is_now():
    shifted = phase("2026-05-12", "2026-05-21")
    bound = line("GBP 180", persons=45, phase=TEN_DAYS, measure=Measure.DAYS)
    [moved] = rebind_all([bound], [shifted])
    assert moved.after.units == bound.units == 10
    assert moved.after.phase == shifted


def test_lines_that_nothing_moved_are_left_out():
    typed = line("GBP 180", persons=45, units="10")
    unmoved = line("GBP 180", phase=TEN_DAYS, measure=Measure.DAYS)
    assert rebind_all([typed, unmoved], [TEN_DAYS]) == ()


def test_a_line_whose_phase_is_no_longer_planned_keeps_what_it_counted():
    bound = line("GBP 180", phase=TEN_DAYS, measure=Measure.DAYS)
    assert rebind_all([bound], [phase("2026-06-01", "2026-06-09", "Advance")]) == ()


def test_moving_there_and_back_gives_the_same_line():
    bound = line("GBP 180", persons=45, phase=TEN_DAYS, measure=Measure.DAYS)
    [there] = rebind_all([bound], [TWELVE_DAYS])
    [back] = rebind_all([there.after], [TEN_DAYS])
    assert back.after == bound
