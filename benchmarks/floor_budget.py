"""The least arithmetic a budget page needs: lines, sums, words. In English, for two decimals."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace
from typing import Any

from babel.dates import format_date

CENT = Decimal("0.01")
LABELS = {
    "travel": "International travel",
    "subsistence": "Accommodation and daily allowances",
    "fees": "Fees",
    "transport": "Local transport",
    "security": "Security and medical",
    "communications": "Communications and equipment",
    "interpretation": "Interpretation and translation",
    "venues": "Venues and meetings",
    "reporting": "Reports and printing",
    "other": "Other costs",
}


def exact(value: Decimal) -> str:
    """1,250.50, every digit the value has."""
    return f"{value:,f}"


def short_day(value: Any) -> str:
    """1 Oct 2026."""
    return format_date(value, "medium", locale="en_GB")


def prepare(results: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The template's values, from mission, phases, version, lines and rates."""
    mission, _phases, version, lines, rates = results
    units_per_base = {rate.currency: rate.units_per_base for rate in rates} | {"GBP": Decimal(1)}
    groups = {code: _Group(code, label) for code, label in LABELS.items()}
    for line in lines:
        groups[line.category].add(_priced(line, units_per_base[line.currency]))
    subtotal = sum((group.total for group in groups.values()), Decimal("0.00"))
    contingency = _rounded(subtotal * version[0].contingency_share)
    overhead = _rounded((subtotal + contingency) * version[0].overhead_share)
    return {
        "mission": mission[0],
        "version": version[0],
        "rate": SimpleNamespace(
            version=rates[0].version,
            currency=rates[0].currency,
            units_per_base=rates[0].units_per_base.normalize(),
            quoted_on=rates[0].quoted_on,
            source=rates[0].source,
        ),
        "groups": [group for group in groups.values() if group.lines],
        "sums": SimpleNamespace(
            subtotal=subtotal,
            contingency=contingency,
            overhead=overhead,
            total=subtotal + contingency + overhead,
        ),
    }


class _Group:
    def __init__(self, code: str, label: str) -> None:
        self.code, self.label = code, label
        self.lines: list[Any] = []
        self.total = Decimal("0.00")

    def add(self, line: Any) -> None:
        self.lines.append(line)
        self.total += line.in_base


def _priced(line: Any, units_per_base: Decimal) -> Any:
    own = _rounded(line.rate * (line.units or 1) * (line.persons or 1))
    return SimpleNamespace(
        position=line.position,
        description=line.description,
        currency=line.currency,
        how=_how(line),
        own=own,
        in_base=_rounded(own / units_per_base),
    )


def _how(line: Any) -> str:
    if line.units is None:
        return "Lump sum"
    rate = line.rate.normalize()
    price = exact(rate.quantize(Decimal(1) if rate == rate.to_integral() else CENT))
    factors = [f"{line.units.normalize():f} unit{'' if line.units == 1 else 's'}"]
    if line.persons is not None:
        factors.insert(0, f"{line.persons} person{'' if line.persons == 1 else 's'}")
    return " × ".join([*factors, f"\u2066{line.currency} {price}\u2069"])


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
