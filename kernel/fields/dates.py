"""Fields of dates."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow.types import ErrorMessages

from kernel.errors import N_
from kernel.fields.base import BaseField

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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


class DateTime(BaseField):
    """A moment for answers only: UTC, ISO 8601."""

    openapi: ClassVar[Mapping[str, Any]] = {"type": "string", "format": "date-time"}

    def __init__(self, **options: Any) -> None:
        super().__init__(dump_only=True, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else value.astimezone(dt.UTC).isoformat()
