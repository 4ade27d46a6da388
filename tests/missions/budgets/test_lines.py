import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from kernel.errors import Refused
from kernel.values.money import Money
from kernel.values.periods import Period
from missions.budgets.rules.catalogue import CURRENT, Measure
from missions.budgets.rules.lines import amount, check, count_units, problems
from tests.missions.budgets.lines import line, phase

WORKED = [
    # persons, units, rate, amount
    (45, "12", "GBP 180", "97200.00"),
    (3, "2.5", "GBP 99.99", "749.93"),  # 749.925: a half goes up
    (7, "0.25", "USD 0.10", "0.18"),  # 0.175
    (1, "1", "GBP 0", "0.00"),
    (45, "12", "JPY 18000", "9720000"),  # yen have no minor unit
    (3, "0.5", "JPY 333", "500"),  # 499.5
    (2, "1", "TND 10.1255", "20.251"),  # the dinar has three decimals
    (None, "6", "GBP 1250", "7500.00"),
    (None, "0.5", "GBP 0.01", "0.01"),  # 0.005
    (None, "0.49", "GBP 0.01", "0.00"),
    (None, None, "GBP 9000", "9000.00"),
    (None, None, "GBP 0.125", "0.13"),
    (None, None, "XAF 2500000.5", "2500001"),
]


@pytest.mark.parametrize(("persons", "units", "rate", "expected"), WORKED)
def test_amount_is_the_product_of_the_factors_rounded_once(persons, units, rate, expected):
    result = amount(line(rate, persons=persons, units=units), CURRENT)
    assert str(result.amount) == expected
    assert result.currency == rate.split()[0]


def test_factors_that_are_not_of_the_driver_do_not_count():
    lump = line("GBP 100")
    assert amount(lump, CURRENT) == Money(Decimal("100.00"), "GBP")


DEPLOYMENT = Period(datetime.date(2026, 5, 5), datetime.date(2026, 5, 16))


def test_days_include_both_ends():
    assert count_units(Measure.DAYS, DEPLOYMENT) == 12


def test_nights_are_one_fewer_than_days():
    assert count_units(Measure.NIGHTS, DEPLOYMENT) == 11


def test_three_days_are_two_nights_as_the_commission_counts_per_diems():
    """ENPI CBC MED, guidance 3.42 on per diems (30 January 2012).

    "if 3 days are foreseen but only 2 overnights, only 2 per diem should be indicated".
    """
    days = phase("2012-01-30", "2012-02-01")
    allowance = line("EUR 200", persons=1, phase=days, measure=Measure.NIGHTS)
    assert days.period.days == 3
    assert allowance.units == 2
    assert amount(allowance, CURRENT) == Money(Decimal("400.00"), "EUR")


def test_a_phase_of_one_day_has_no_nights():
    day = phase("2026-05-05", "2026-05-05")
    assert amount(line("GBP 180", units=None, phase=day, measure=Measure.NIGHTS), CURRENT) == Money(
        Decimal("0.00"), "GBP"
    )


PROBLEMS = [
    (line("GBP 180", persons=45, units="12"), set()),
    (line("GBP 180", persons=0, units="12"), {"persons"}),
    (line("GBP 180", persons=45, units="0"), {"units"}),
    (line("GBP 180", persons=45, units="-1"), {"units"}),
    (line("GBP 180", persons=45, units="0.125"), {"units"}),
    (line("GBP -1", persons=None, units="0"), {"rate", "units"}),
    (line("GBP 1.00001"), {"rate"}),
    (line("GBP 1.0825", units="40"), set()),
    (line("GBP 0"), set()),
    (line("GBP 1", category="champagne"), {"category"}),
    (replace(line("GBP 1", units="1"), units=None), {"units"}),
    (replace(line("GBP 1", units="1"), measure=Measure.DAYS), {"phase"}),
    (line("GBP 1", phase=phase("2026-05-05", "2026-05-05"), measure=Measure.NIGHTS), set()),
]


@pytest.mark.parametrize(("planned", "fields"), PROBLEMS)
def test_a_line_that_cannot_be_calculated_says_which_field_is_wrong(planned, fields):
    assert set(problems(planned, CURRENT)) == fields
    if fields:
        with pytest.raises(Refused) as refusal:
            check(planned, CURRENT)
        assert refusal.value.field in fields
