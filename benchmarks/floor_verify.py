"""The least a page needs to say what a certificate's code stands for. In English, for a known month."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from babel import Locale
from babel.dates import format_date


def prepare(results: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The template's values, from the certificate the code stands for."""
    [found] = results[0]
    said = found.content
    year, month = said["held"].split("-")
    return {
        "said": SimpleNamespace(**said),
        "code": "-".join(said["code"][start : start + 4] for start in range(0, 16, 4)),
        "held": format_date(date(int(year), int(month), 1), "LLLL y", locale="en_GB"),
        "issued_on": format_date(date.fromisoformat(said["issued_on"]), "long", locale="en_GB"),
        "country": Locale.parse("en_GB").territories[said["country"]],
        "now": datetime.now(UTC),
    }
