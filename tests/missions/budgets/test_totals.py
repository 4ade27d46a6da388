import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from kernel.values.money import ExchangeRate, Money
from missions.budgets.rules.catalogue import CURRENT, Part
from missions.budgets.rules.totals import cost, cost_line
from tests.missions.budgets.lines import costing, line, rate


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


EURO_CHANGEOVER = [("500", "2.09"), ("1000", "4.17")]


@pytest.mark.parametrize(("tolars", "euros"), EURO_CHANGEOVER)
def test_conversion_divides_by_the_rate_and_rounds_as_at_the_euro_changeover(tolars, euros):
    """Worked examples published for Slovenia's changeover, 1 EUR = 239.640 SIT.

    Source: evro.si, "Rounding rules"; Council Regulation (EC) No 1103/97, articles 4 and 5 (rates
    are units of national currency per euro, amounts are divided by them and halves go up). The
    tolar has left ISO 4217, so the Bosnian mark stands in for it: both have two decimals.
    """
    changeover = ExchangeRate(
        "EUR", "BAM", Decimal("239.640"), datetime.date(2007, 1, 1), "evro.si"
    )
    costed = cost_line(line(f"BAM {tolars}"), {"BAM": changeover}, "EUR", CURRENT)
    assert costed.in_base == Money(Decimal(euros), "EUR")


def test_contingency_is_a_share_of_the_subtotal_and_overhead_of_both():
    result = costing(line("GBP 100000"), contingency="0.05", overhead="0.07")
    assert result.on_cost(Part.CONTINGENCY).amount == pounds("5000.00")
    assert result.on_cost(Part.OVERHEAD).base == pounds("105000.00")
    assert result.on_cost(Part.OVERHEAD).amount == pounds("7350.00")
    assert result.total == pounds("112350.00")


def test_overhead_is_taken_on_the_rounded_contingency():
    """Unrounded: 0.30 + 0.0450 → overhead 0.1725 → 0.17. Rounded: 0.30 + 0.05 → 0.175 → 0.18."""
    result = costing(line("GBP 0.30"), contingency="0.15", overhead="0.5")
    assert result.on_cost(Part.CONTINGENCY).amount == pounds("0.05")
    assert result.on_cost(Part.OVERHEAD).amount == pounds("0.18")
    assert result.total == pounds("0.53")


def test_lines_are_rounded_before_they_are_summed():
    third = [line("GBP 0.005", name=str(number)) for number in range(3)]
    assert costing(*third).subtotal == pounds("0.03")


def test_a_line_is_rounded_in_its_own_currency_before_it_is_converted():
    """0.005 USD is 0.01 USD, at 0.5 dollars to the pound 0.02; while 0.005 / 0.5 is 0.01."""
    result = costing(line("USD 0.005"), rates=(rate("0.5"),))
    assert result.lines[0].amount == Money(Decimal("0.01"), "USD")
    assert result.lines[0].in_base == pounds("0.02")


def test_a_line_without_a_rate_for_its_currency_is_refused_by_name():
    with pytest.raises(Refused) as refusal:
        costing(line("USD 10"))
    assert refusal.value.message.params == {"currency": "USD"}


def test_lines_stand_under_their_headings_in_the_order_of_the_rule_set():
    result = costing(
        line("GBP 1", name="a", category="other"),
        line("GBP 2", name="b", category="travel"),
        line("GBP 3", name="c", category="other"),
    )
    assert [(each.category, each.total) for each in result.categories] == [
        ("travel", pounds("2.00")),
        ("other", pounds("4.00")),
    ]
    assert [each.line.description for each in result.lines] == ["b", "a", "c"]


def test_a_budget_without_lines_costs_nothing():
    assert costing(contingency="0.1", overhead="0.1").total == pounds("0")


def test_the_rules_say_what_each_on_cost_is_taken_of():
    assert [(each.part, each.of) for each in CURRENT.on_costs] == [
        (Part.CONTINGENCY, (Part.SUBTOTAL,)),
        (Part.OVERHEAD, (Part.SUBTOTAL, Part.CONTINGENCY)),
    ]


FACTORS = st.tuples(
    st.none() | st.integers(1, 500),
    st.decimals("0.01", "400", places=2),
    st.decimals("0", "25000", places=3),
    st.sampled_from(["GBP", "USD", "JPY", "TND"]),
)
SHARE = st.decimals("0", "1", places=4)
RATE = st.decimals("0.0001", "5000", places=6).filter(bool)


def half_up(value: Fraction, places: int) -> Fraction:
    """The textbook rule, written apart from the one in use: add a half, drop what is left."""
    scaled = value * 10**places + Fraction(1, 2)
    return Fraction(scaled.numerator // scaled.denominator, 10**places)


PLACES = {"GBP": 2, "USD": 2, "JPY": 0, "TND": 3}


@given(
    st.lists(FACTORS, max_size=12),
    st.fixed_dictionaries(dict.fromkeys(["USD", "JPY", "TND"], RATE)),
    SHARE,
    SHARE,
)
def test_totals_equal_the_sum_worked_out_in_fractions(factors, quoted, contingency, overhead):
    lines = [
        line(f"{currency} {price}", persons=persons, units=str(units), name=str(number))
        for number, (persons, units, price, currency) in enumerate(factors)
    ]
    rates = {code: rate(str(units), code) for code, units in quoted.items()}
    shares = {Part.CONTINGENCY: contingency, Part.OVERHEAD: overhead}

    subtotal = Fraction(0)
    for persons, units, price, currency in factors:
        own = half_up(Fraction(persons or 1) * Fraction(units) * Fraction(price), PLACES[currency])
        subtotal += own if currency == "GBP" else half_up(own / Fraction(quoted[currency]), 2)
    reserve = half_up(subtotal * Fraction(contingency), 2)
    indirect = half_up((subtotal + reserve) * Fraction(overhead), 2)

    result = cost(lines, rates, "GBP", shares, CURRENT)
    assert Fraction(result.subtotal.amount) == subtotal
    assert Fraction(result.on_cost(Part.CONTINGENCY).amount.amount) == reserve
    assert Fraction(result.on_cost(Part.OVERHEAD).amount.amount) == indirect
    assert Fraction(result.total.amount) == subtotal + reserve + indirect


@given(st.lists(FACTORS, min_size=1, max_size=8))
def test_category_totals_add_up_to_the_subtotal_in_any_order_of_lines(factors):
    codes = [each.code for each in CURRENT.categories]
    lines = [
        line(f"GBP {price}", persons=persons, units=str(units), name=str(n), category=codes[n % 3])
        for n, (persons, units, price, _) in enumerate(factors)
    ]
    forwards, backwards = costing(*lines), costing(*reversed(lines))
    assert Money.total((each.total for each in forwards.categories), "GBP") == forwards.subtotal
    assert backwards.subtotal == forwards.subtotal
