"""Fields of dates and times."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow.types import ErrorMessages

from kernel.errors import N_
from kernel.fields.base import BaseField
from kernel.values.partial_dates import PartialDate

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")


class Date(BaseField):
    """A day, ISO 8601 in both doors: a browser's date control sends it so in every language.

    :param min: first day accepted; the defaults keep offsets of years inside what dates can hold.
    :param max: last day accepted.
    """

    widget = "date"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "date"}
    default_error_messages: ErrorMessages = {
        "required": N_("Enter the date for “%(label)s”, for example 2026-05-03."),
        "invalid": N_("Enter “%(label)s” as year-month-day, for example 2026-05-03."),
        "out_of_range": N_("Enter a date from %(min)s to %(max)s for “%(label)s”."),
    }

    def __init__(
        self,
        *,
        min: dt.date = dt.date(1900, 1, 1),
        max: dt.date = dt.date(2199, 12, 31),
        **options: Any,
    ) -> None:
        self.min = min
        self.max = max
        super().__init__(**options)

    def form_attrs(self) -> dict[str, str]:
        """Let the browser keep to the same bounds."""
        return {"min": self.min.isoformat(), "max": self.max.isoformat(), **self.attrs}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> dt.date:
        day = self._read(value)
        if not self.min <= day <= self.max:
            raise self.make_error(
                "out_of_range", min=self.min.isoformat(), max=self.max.isoformat()
            )
        return day

    def _read(self, value: Any) -> dt.date:
        try:
            if isinstance(value, str) and _ISO_DAY.fullmatch(value.strip()):
                return dt.date.fromisoformat(value.strip())
        except ValueError as error:
            raise self.make_error("invalid") from error
        raise self.make_error("invalid")


class PartialDay(BaseField):
    """A day as far as it is known, loaded as a `PartialDate`; ISO 8601 in both doors, cut short.

    :param min_year: first year accepted.
    :param max_year: last year accepted.
    """

    openapi: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    }
    default_error_messages: ErrorMessages = {
        "invalid": N_(
            "Enter “%(label)s” as far as it is known, for example 2015, 2015-08 or 2015-08-03."
        ),
        "out_of_range": N_("Enter a year from %(min)s to %(max)s for “%(label)s”."),
    }

    def __init__(self, *, min_year: int = 1900, max_year: int = 2199, **options: Any) -> None:
        self.min_year = min_year
        self.max_year = max_year
        super().__init__(**options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> PartialDate:
        try:
            day = PartialDate.parse(value if isinstance(value, str) else "")
        except ValueError as error:
            raise self.make_error("invalid") from error
        if not self.min_year <= day.year <= self.max_year:
            raise self.make_error("out_of_range", min=self.min_year, max=self.max_year)
        return day


class Time(BaseField):
    """A time of day, hours and minutes on the 24-hour clock: a browser's time control sends it so."""

    widget = "time"
    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "pattern": _CLOCK.pattern}
    default_error_messages: ErrorMessages = {
        "required": N_("Enter the time for “%(label)s”, for example 17:30."),
        "invalid": N_("Enter “%(label)s” as hours and minutes, for example 17:30."),
    }

    def to_form(self, value: Any) -> str:
        """Return hours and minutes."""
        return f"{value:%H:%M}" if isinstance(value, dt.time) else ""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else f"{value:%H:%M}"

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> dt.time:
        if not isinstance(value, str) or not _CLOCK.fullmatch(value.strip()):
            raise self.make_error("invalid")
        return dt.time.fromisoformat(value.strip())


class DateTime(BaseField):
    """A moment for answers only: UTC, ISO 8601."""

    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "date-time"}

    def __init__(self, **options: Any) -> None:
        super().__init__(dump_only=True, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else value.astimezone(dt.UTC).isoformat()
