import datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from kernel.errors import Refused
from kernel.values.money import Money
from kernel.values.periods import Period
from missions.budgets.rules.catalogue import CURRENT, Driver, Measure
from missions.budgets.rules.lines import LineEntry, amount, count_units, planned, problems
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


PERSONS, UNITS, LUMP = Driver.PERSON_UNITS, Driver.UNITS, Driver.LUMP_SUM


def entry(driver: Driver, rate: str, **factors: object) -> LineEntry:
    return LineEntry(
        category=str(factors.pop("category", "travel")),
        description="A line",
        driver=driver,
        rate=Decimal(rate),
        currency="GBP",
        **{name: Decimal(f) if name == "units" else f for name, f in factors.items()},
    )


PROBLEMS = [
    (entry(PERSONS, "180", persons=45, units="12"), set()),
    (entry(PERSONS, "180", persons=None, units="12"), {"persons"}),
    (entry(PERSONS, "180", persons=0, units="12"), {"persons"}),
    (entry(PERSONS, "180", persons=45, units="0"), {"units"}),
    (entry(PERSONS, "180", persons=45, units="-1"), {"units"}),
    (entry(PERSONS, "180", persons=45, units="0.125"), {"units"}),
    (entry(UNITS, "-1", units="0"), {"rate", "units"}),
    (entry(UNITS, "1.0825", units="40"), set()),
    (entry(UNITS, "1.00001", units="40"), {"rate"}),
    (entry(UNITS, "1", measure=Measure.DAYS), {"phase"}),
    (entry(UNITS, "1", measure=Measure.DAYS, phase="deployment"), set()),
    (entry(UNITS, "1", measure=Measure.DAYS, phase="deployment", units="-3"), set()),
    (entry(LUMP, "0"), set()),
    (entry(LUMP, "1", category="champagne"), {"category"}),
    (entry(LUMP, "1", measure=Measure.DAYS), set()),
]


@pytest.mark.parametrize(("typed", "fields"), PROBLEMS)
def test_an_entry_that_cannot_be_calculated_says_which_fields_are_wrong(typed, fields):
    assert set(problems(typed, CURRENT)) == fields
    phases = [phase("2026-05-05", "2026-05-14")]
    if not fields:
        planned(typed, uuid4(), phases, CURRENT)
        return
    with pytest.raises(Refused) as refusal:
        planned(typed, uuid4(), phases, CURRENT)
    assert refusal.value.field in fields


def test_units_of_a_bound_line_are_counted_whatever_was_typed():
    typed = entry(UNITS, "1", measure=Measure.NIGHTS, phase="deployment", units="99")
    assert planned(typed, uuid4(), [phase("2026-05-05", "2026-05-14")], CURRENT).units == 9


def test_a_phase_that_is_not_planned_is_refused():
    typed = entry(UNITS, "1", measure=Measure.NIGHTS, phase="holiday")
    with pytest.raises(Refused) as refusal:
        planned(typed, uuid4(), [phase("2026-05-05", "2026-05-14")], CURRENT)
    assert refusal.value.field == "phase"


def test_factors_the_driver_does_not_have_are_dropped():
    typed = entry(LUMP, "5", persons=45, units="12", phase="deployment", measure=Measure.DAYS)
    line_ = planned(typed, uuid4(), [phase("2026-05-05", "2026-05-14")], CURRENT)
    assert (line_.persons, line_.units, line_.phase, line_.measure) == (
        None,
        None,
        None,
        Measure.NUMBER,
    )
