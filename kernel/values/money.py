"""Money: a Decimal in an ISO 4217 currency. Never a float, never two currencies in one sum."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from typing import Final

from kernel.values.currencies import minor_unit
from kernel.values.numerals import NotANumber, parse_decimal

_EXACT: Final = Context(prec=60, traps=[Inexact, InvalidOperation, DivisionByZero])
"""Sums and products of real amounts fit in 60 digits; one that does not raises, unrounded."""

_HALF_UP: Final = Context(prec=60, rounding=ROUND_HALF_UP)
_SMALLEST: Final = tuple(Decimal(1).scaleb(-places) for places in range(5))
"""The smallest coin by the digits of the minor unit."""


class CurrencyMismatch(ValueError):
    """Two amounts, or an amount and a rate, are not in the same currency."""

    def __init__(self, expected: str, given: str) -> None:
        super().__init__(f"expected {expected}, got {given}")
        self.expected = expected
        self.given = given


@dataclass(frozen=True)
class Money:
    """An exact amount in one currency.

    Arithmetic is exact: nothing is rounded until `rounded()` is called, which rounds half up
    (away from zero) at the minor unit of the currency.
    Raises TypeError for anything but a finite Decimal, UnknownCurrency for an unknown code,
    and ArithmeticError for a result of more than 60 digits.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        _require_decimal(self.amount)
        minor_unit(self.currency)

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in a currency."""
        return cls(Decimal(0), currency)

    @classmethod
    def parse(cls, text: str, currency: str, language: str) -> "Money":
        """Read a typed amount; raises NotANumber, also for decimals finer than the minor unit."""
        money = cls(parse_decimal(text, language), currency)
        if money.rounded() != money:
            raise NotANumber(text)
        return money

    @classmethod
    def total(cls, amounts: Iterable["Money"], currency: str) -> "Money":
        """The exact sum of amounts, zero when there are none; raises CurrencyMismatch."""
        return sum(amounts, cls.zero(currency))

    def rounded(self) -> "Money":
        """The amount at the minor unit of its currency, halves away from zero."""
        unit = _SMALLEST[minor_unit(self.currency)]
        return Money(_EXACT.plus(self.amount.quantize(unit, context=_HALF_UP)), self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(_EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(_EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> "Money":
        return Money(_EXACT.minus(self.amount), self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        if isinstance(factor, int) and not isinstance(factor, bool):
            factor = Decimal(factor)
        _require_decimal(factor)
        return Money(_EXACT.multiply(self.amount, factor), self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def _same(self, other: "Money") -> Decimal:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.amount


@dataclass(frozen=True)
class ExchangeRate:
    """A published rate, quoted "units of foreign currency per 1 unit of base currency".

    Base GBP, foreign USD, units_per_base 1.25 means that £1 buys $1.25.
    Raises ValueError when the rate is not above zero, converts a currency to itself or
    names no source.
    """

    base: str
    foreign: str
    units_per_base: Decimal
    on: datetime.date
    source: str

    def __post_init__(self) -> None:
        _require_decimal(self.units_per_base)
        minor_unit(self.base)
        minor_unit(self.foreign)
        if self.units_per_base <= 0:
            raise ValueError("an exchange rate is above zero")
        if self.base == self.foreign:
            raise ValueError("an exchange rate joins two different currencies")
        if not self.source.strip():
            raise ValueError("an exchange rate names its source")

    def convert(self, money: Money) -> Money:
        """An amount of the foreign currency in base, rounded half up at base's minor unit.

        Raises CurrencyMismatch for any other currency.
        """
        if money.currency != self.foreign:
            raise CurrencyMismatch(self.foreign, money.currency)
        quotient = _quotient(money.amount, self.units_per_base, minor_unit(self.base))
        return Money(quotient, self.base)


def _quotient(amount: Decimal, rate: Decimal, places: int) -> Decimal:
    """A quotient rounded once, halves away from zero, in whole numbers: Decimal would round twice."""
    amount_over, amount_under = amount.as_integer_ratio()
    rate_over, rate_under = rate.as_integer_ratio()
    numerator = abs(amount_over) * rate_under * 10**places
    denominator = amount_under * rate_over
    units = (2 * numerator + denominator) // (2 * denominator)
    return Decimal(-units if amount < 0 else units).scaleb(-places, context=_EXACT)


def _require_decimal(value: object) -> None:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise TypeError(f"money is a finite Decimal, not {value!r}")
