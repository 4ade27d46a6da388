import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values.currencies import MINOR_UNITS, UnknownCurrency
from kernel.values.money import CurrencyMismatch, ExchangeRate, Money
from kernel.values.numerals import NotANumber

WITHOUT_MINOR_UNIT = {
    *("XAG", "XAU", "XPD", "XPT"),
    *("XBA", "XBB", "XBC", "XBD"),
    *("XDR", "XSU", "XUA", "XTS", "XXX"),
}

amounts = st.decimals(-(10**12), 10**12, places=6)


def gbp(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def rate(units: str, base: str = "GBP", foreign: str = "USD") -> ExchangeRate:
    return ExchangeRate(
        base, foreign, Decimal(units), datetime.date(2026, 1, 5), "Central bank, fictional"
    )


@pytest.mark.parametrize(
    ("typed", "currency", "rounded"),
    [
        ("0.125", "GBP", "0.13"),
        ("0.124999", "GBP", "0.12"),
        ("2.675", "GBP", "2.68"),
        ("-0.125", "GBP", "-0.13"),
        ("-0.001", "GBP", "0.00"),
        ("1250.5", "UGX", "1251"),
        ("0.0005", "BHD", "0.001"),
        ("0.00005", "CLF", "0.0001"),
    ],
)
def test_rounding_is_half_up_at_the_minor_unit(typed: str, currency: str, rounded: str) -> None:
    assert str(Money(Decimal(typed), currency).rounded().amount) == rounded


def test_every_active_iso_currency_has_a_minor_unit_here() -> None:
    active = {currency.alpha_3 for currency in pycountry.currencies}
    assert set(MINOR_UNITS) == active - WITHOUT_MINOR_UNIT


@pytest.mark.parametrize("amount", [1.5, 1, True, "1.50", Decimal("NaN"), Decimal("Infinity")])
def test_money_refuses_all_but_finite_decimals(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount, "GBP")  # type: ignore[arg-type]


@pytest.mark.parametrize("factor", [0.5, True, Fraction(1, 2)])
def test_money_is_never_multiplied_by_a_float(factor: object) -> None:
    with pytest.raises(TypeError):
        gbp("10") * factor  # type: ignore[operator]


@pytest.mark.parametrize("code", ["", "gbp", "XXX", "XAU", "ZZZ"])
def test_currency_without_minor_unit_is_refused(code: str) -> None:
    with pytest.raises(UnknownCurrency):
        Money(Decimal(1), code)


def test_two_currencies_never_meet_in_one_sum_or_comparison() -> None:
    dollars = Money(Decimal(1), "USD")
    with pytest.raises(CurrencyMismatch):
        gbp("1") + dollars
    with pytest.raises(CurrencyMismatch):
        gbp("1") - dollars
    with pytest.raises(CurrencyMismatch):
        _ = gbp("1") < dollars
    with pytest.raises(CurrencyMismatch):
        Money.total([gbp("1"), dollars], "GBP")


def test_total_of_nothing_is_zero_in_the_asked_currency() -> None:
    assert Money.total([], "KES") == Money.zero("KES")
    assert not Money.total([], "KES")


@given(st.lists(amounts, max_size=20))
def test_sums_are_exact(values: list[Decimal]) -> None:
    total = Money.total((Money(value, "GBP") for value in values), "GBP")
    assert Fraction(total.amount) == sum(map(Fraction, values))


@given(amounts, amounts)
def test_products_are_exact(value: Decimal, factor: Decimal) -> None:
    product = Money(value, "GBP") * factor
    assert Fraction(product.amount) == Fraction(value) * Fraction(factor)
    assert factor * Money(value, "GBP") == product


@given(amounts)
def test_rounding_stays_within_half_a_minor_unit(value: Decimal) -> None:
    rounded = Money(value, "GBP").rounded()
    assert abs(Fraction(rounded.amount) - Fraction(value)) <= Fraction(1, 200)
    assert rounded.rounded() == rounded


def test_an_amount_too_large_to_be_exact_raises_instead_of_rounding() -> None:
    with pytest.raises(ArithmeticError):
        Money(Decimal("1E+999999"), "GBP") + gbp("0.01")
    with pytest.raises(InvalidOperation):
        Money(Decimal("1E+999999"), "GBP").rounded()


@pytest.mark.parametrize(
    ("foreign", "units", "base"),
    [
        ("125.00", "1.25", "100.00"),
        ("100.00", "3", "33.33"),
        ("0.01", "2", "0.01"),
        ("-0.01", "2", "-0.01"),
        ("1000.00", "1.2734", "785.30"),
    ],
)
def test_rate_is_units_of_foreign_currency_per_one_of_base(
    foreign: str, units: str, base: str
) -> None:
    assert str(rate(units).convert(Money(Decimal(foreign), "USD")).amount) == base


def test_converted_amount_takes_the_minor_unit_of_base() -> None:
    yen = rate("0.005", base="JPY", foreign="GBP").convert(gbp("12.34"))
    assert yen == Money(Decimal(2468), "JPY")
    assert str(yen.amount) == "2468"


@given(amounts.map(lambda value: value.quantize(Decimal("0.01"))), st.integers(1, 10**9))
def test_conversion_rounds_once(value: Decimal, millionths: int) -> None:
    units = Decimal(millionths).scaleb(-6)
    converted = rate(str(units)).convert(Money(value, "USD"))
    error = Fraction(converted.amount) - Fraction(value) / Fraction(units)
    assert abs(error) <= Fraction(1, 200)


def test_rate_converts_only_its_own_foreign_currency() -> None:
    with pytest.raises(CurrencyMismatch):
        rate("1.25").convert(gbp("1"))


@pytest.mark.parametrize("units", ["0", "-1.25"])
def test_rate_is_above_zero(units: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        rate(units)


def test_rate_joins_two_currencies_and_names_its_source() -> None:
    with pytest.raises(ValueError, match="different"):
        rate("1", foreign="GBP")
    with pytest.raises(ValueError, match="source"):
        ExchangeRate("GBP", "USD", Decimal("1.25"), datetime.date(2026, 1, 5), " ")


def test_typed_money_finer_than_the_minor_unit_is_refused() -> None:
    assert Money.parse("1,250.50", "GBP", "en") == gbp("1250.50")
    with pytest.raises(NotANumber):
        Money.parse("1,250.505", "GBP", "en")
    with pytest.raises(NotANumber):
        Money.parse("1250.5", "UGX", "en")
