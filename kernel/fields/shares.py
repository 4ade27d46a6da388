"""A field for a share of a whole, exact."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from marshmallow.types import ErrorMessages

from kernel.errors import N_
from kernel.fields.base import BaseField, form_locale
from kernel.fields.numbers import read_number
from kernel.values.shares import of_percent, parse_fraction

_PERCENT_SIGNS = "%٪"
_MOST_PLACES = 4


class Share(BaseField):
    """More than nothing and at most the whole: "4/5" or "80 %"; loaded as a Fraction, answered as "4/5".

    A bare number is refused: 0.8 might mean four fifths or less than a hundredth.
    """

    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "examples": ["4/5", "80%"]}
    default_error_messages: ErrorMessages = {
        "invalid": N_(
            "Enter “%(label)s” as a fraction or with a per cent sign, for example 4/5 or 80 %%."
        ),
        "out_of_range": N_("Enter more than nothing and at most the whole for “%(label)s”."),
    }

    def to_form(self, value: Any) -> str:
        """Return the share as a fraction."""
        return "" if value is None else f"{value.numerator}/{value.denominator}"

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else self.to_form(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> Fraction:
        share = self._read(value) if isinstance(value, str) else None
        if share is None:
            raise self.make_error("invalid")
        if not 0 < share <= 1:
            raise self.make_error("out_of_range")
        return share

    def _read(self, text: str) -> Fraction | None:
        typed = text.strip()
        if typed[-1:] not in _PERCENT_SIGNS:
            return parse_fraction(typed)
        percent = read_number(typed[:-1].strip(), form_locale())
        if percent is None or -int(percent.as_tuple().exponent) > _MOST_PLACES:
            return None
        return of_percent(percent)
