from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kernel.values.money import Money
from missions.budgets.rules.differences import Change, difference
from tests.missions.budgets.lines import costing, line, rate


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def test_added_removed_and_changed_lines_are_told_apart():
    kept, gone, old = (
        line("GBP 1", name="kept"),
        line("GBP 2", name="gone"),
        line("GBP 3", name="x"),
    )
    new = replace(old, rate=pounds("5"))
    added = line("GBP 7", name="added")
    result = difference(costing(kept, gone, old), costing(kept, new, added))
    assert [(each.change, each.line.description, each.by) for each in result.lines] == [
        (Change.CHANGED, "x", pounds("2.00")),
        (Change.ADDED, "added", pounds("7.00")),
        (Change.REMOVED, "gone", pounds("-2.00")),
    ]
    assert result.unchanged == 1


def test_a_new_exchange_rate_changes_the_lines_in_that_currency():
    dollars = line("USD 100", name="d")
    result = difference(
        costing(dollars, rates=(rate("1.25"),)), costing(dollars, rates=(rate("1.60"),))
    )
    [changed] = result.lines
    assert changed.by == pounds("-17.50")


def test_new_shares_change_the_on_costs_alone():
    one = line("GBP 100")
    result = difference(costing(one, contingency="0.05"), costing(one, contingency="0.10"))
    assert result.lines == ()
    assert [each.by for each in result.on_costs] == [pounds("5.00"), pounds("0.00")]
    assert result.total.by == pounds("5.00")


PRICES = st.dictionaries(st.integers(0, 6), st.decimals("0", "999", places=3), max_size=6)


@given(PRICES, PRICES)
def test_changes_of_lines_add_up_to_the_change_of_the_subtotal(before, after):
    def version(prices):
        return costing(*(line(f"GBP {price}", name=str(key)) for key, price in prices.items()))

    result = difference(version(before), version(after))
    assert Money.total((each.by for each in result.lines), "GBP") == result.subtotal.by
