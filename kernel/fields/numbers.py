"""Fields of numbers. Money and rates are Decimal from end to end, never a float."""

import re
from collections.abc import Mapping
from decimal import Decimal as Number
from typing import Any, ClassVar

from babel import Locale
from babel.numbers import format_decimal
from marshmallow.types import ErrorMessages

from kernel.errors import N_
from kernel.fields.base import BaseField, form_locale
from kernel.values.numerals import LONGEST, NotANumber, parse_decimal

_MACHINE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def read_number(text: str, locale: Locale | None) -> Number | None:
    """Return the number written in the text, or None when it is not one beyond doubt.

    Without a locale, in JSON and in addresses, only ``-1250.50`` is understood.
    """
    if locale is None:
        return Number(text) if _MACHINE.fullmatch(text) and len(text) <= LONGEST else None
    try:
        return parse_decimal(text, locale.language)
    except NotANumber:
        return None


class Integer(BaseField):
    """A whole number between ``min`` and ``max``, both included."""

    widget = "number"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "integer"}
    default_error_messages: ErrorMessages = {
        "required": N_("Enter a whole number for “%(label)s”."),
        "invalid": N_("Enter a whole number for “%(label)s”, for example %(example)s."),
        "out_of_range": N_("Enter a number from %(min)s to %(max)s for “%(label)s”."),
    }

    def __init__(self, *, min: int = 0, max: int = 2_147_483_647, **options: Any) -> None:
        self.min = min
        self.max = max
        limits = {"minimum": min, "maximum": max, **options.pop("metadata", {})}
        super().__init__(metadata=limits, **options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> int:
        number = self._read(value)
        if number is None:
            raise self.make_error("invalid", example=max(self.min, 12))
        if not self.min <= number <= self.max:
            raise self.make_error("out_of_range", min=self.min, max=self.max)
        return number

    def _read(self, value: Any) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        # A query string carries numbers as text.
        number = read_number(value, form_locale()) if isinstance(value, str) else None
        return int(number) if number is not None and number == int(number) else None


class Version(Integer):
    """The version of the record that was read; saving is refused when another was saved since."""

    widget = "hidden"

    def __init__(self, **options: Any) -> None:
        super().__init__(min=1, required=True, **options)


class Decimal(BaseField):
    """An exact number with at most ``places`` decimals between ``min`` and ``max``.

    JSON gives it as a string or a whole number: a JSON fraction has been through binary already.
    """

    widget = "decimal"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "string"}
    example = Number("1250.5")
    default_error_messages: ErrorMessages = {
        "required": N_("Enter a number for “%(label)s”, for example %(example)s."),
        "invalid": N_("Enter a number for “%(label)s”, for example %(example)s."),
        "float": N_(
            "Send “%(label)s” as a string, for example %(example)s: fractions lose digits."
        ),
        "places": N_("Enter “%(label)s” with at most %(places)s decimals."),
        "out_of_range": N_("Enter a number from %(min)s to %(max)s for “%(label)s”."),
    }

    def __init__(
        self,
        *,
        places: int = 2,
        min: Number | int = 0,
        max: Number | int = 9_999_999_999,
        **options: Any,
    ) -> None:
        self.places = places
        self.min = Number(min)
        self.max = Number(max)
        sign = "-?" if self.min < 0 else ""
        pattern = rf"^{sign}[0-9]{{1,{len(str(int(self.max)))}}}(\.[0-9]{{1,{places}}})?$"
        super().__init__(
            metadata={"pattern": pattern, **options.pop("metadata", {})},
            **options,
        )

    def make_error(self, key: str, **params: Any) -> Any:
        """Add an example as the reader writes numbers."""
        return super().make_error(key, example=self._written(self.example), **params)

    def to_form(self, value: Any) -> str:
        """Return the number as the reader writes it, without group marks."""
        return "" if value is None else self._written(Number(value), group=False)

    def _written(self, number: Number, *, group: bool = True) -> str:
        locale = form_locale()
        if locale is None:
            return f"{number:f}"
        places = max(0, -int(number.as_tuple().exponent))
        pattern = ("#,##0" if group else "0") + ("." + "0" * places if places else "")
        return format_decimal(number, format=pattern, locale=locale)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else f"{value:f}"

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> Number:
        number = self._read(value)
        if -int(number.as_tuple().exponent) > self.places:
            raise self.make_error("places", places=self.places)
        if not self.min <= number <= self.max:
            raise self.make_error(
                "out_of_range", min=self._written(self.min), max=self._written(self.max)
            )
        return number

    def _read(self, value: Any) -> Number:
        if isinstance(value, float):
            raise self.make_error("float")
        if isinstance(value, Number) and value.is_finite():
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return Number(value)
        number = read_number(value, form_locale()) if isinstance(value, str) else None
        if number is None:
            raise self.make_error("invalid")
        return number


class MoneyAmount(Decimal):
    """An amount of money; its currency is a field beside it, whose minor unit the rules check.

    ISO 4217 has no minor unit below a ten-thousandth, hence four places unless told otherwise.
    """

    widget = "money"
    example = Number("1250.50")
    default_error_messages: ErrorMessages = {
        "required": N_("Enter an amount for “%(label)s”, for example %(example)s."),
        "invalid": N_("Enter an amount for “%(label)s”, for example %(example)s."),
        "out_of_range": N_("Enter an amount from %(min)s to %(max)s for “%(label)s”."),
    }

    def __init__(self, *, places: int = 4, **options: Any) -> None:
        super().__init__(places=places, **options)
