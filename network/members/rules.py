"""What an import of members would do, and how a membership may change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from kernel.errors import N_, P_, Refused
from kernel.values.bodies import fallback_name
from kernel.values.outcomes import Change, Outcome, compared
from kernel.values.sorting import sort_key


class Flag(StrEnum):
    """What a member may still lack."""

    NAME_TO_CONFIRM = "name-to-confirm"
    NO_FOCAL_POINT = "no-focal-point"


FLAG_LABELS: Final[Mapping[str, str]] = {
    Flag.NAME_TO_CONFIRM: N_("Name to confirm"),
    Flag.NO_FOCAL_POINT: N_("No focal point"),
}
DECLINED: Final = P_("membership", "Declined")
MEMBERSHIP_LABELS: Final[Mapping[str, str]] = {
    "applied": N_("Applied"),
    "active": P_("membership", "Active"),
    "suspended": P_("membership", "Suspended"),
    "left": N_("Left"),
}


@dataclass(frozen=True)
class Step:
    """What one row of the file does; `values` are the columns to write."""

    row: int
    country: str
    outcome: Outcome
    values: Mapping[str, Any]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class MemberRow:
    """A checked row: the member's country code and the values its filled cells give."""

    number: int
    country: str
    values: Mapping[str, Any]


def plan_import(
    rows: Iterable[MemberRow],
    existing: Mapping[str, Mapping[str, Any]],
    country_names: Mapping[str, str],
) -> list[Step]:
    """Tell what importing rows would do to the EMBs that exist, known by their country code.

    An empty cell says nothing and changes nothing. An EMB without any name gets the fallback name in
    `country_names`' language; a name that was confirmed is never replaced by a fallback.
    """
    return [_step(row, existing.get(row.country), country_names) for row in rows]


def _step(
    row: MemberRow, stored: Mapping[str, Any] | None, country_names: Mapping[str, str]
) -> Step:
    values = dict(row.values)
    if "name" in values:
        values["name_is_fallback"] = False
    if stored is None:
        country_name = country_names.get(row.country, row.country)
        if "name" not in values:
            values["name"] = fallback_name(country_name)
            values["name_is_fallback"] = True
        return Step(row.number, row.country, Outcome.CREATED, values)
    told = compared(values, stored)
    return Step(row.number, row.country, told.outcome, told.values, told.changes)


def member_sort_key(name: str, country_name: str) -> str:
    """Members sort and are found by country first: many bear the same name."""
    return sort_key(country_name, name)


def matching_countries(text: str, names: Mapping[str, str]) -> list[str]:
    """Return the codes of the countries whose name, in the reader's language, contains the text."""
    wanted = sort_key(text)
    return [code for code, name in names.items() if wanted and wanted in sort_key(name)]


_MEMBERSHIP_CHANGES: Final[Mapping[str, Collection[str]]] = {
    "applied": ("active", "left"),
    "active": ("suspended", "left"),
    "suspended": ("active", "left"),
    "left": ("applied",),
}


_BY_APPLICATION: Final = frozenset({"applied"})
"""Memberships that begin and end with an application; see `network.applications`."""


def next_memberships(
    before: str, *, is_secretariat: bool = False, by_application: bool = False
) -> tuple[str, ...]:
    """Where a membership can go from here, by the steps of an application or without one.

    The secretariat's goes nowhere: roles hold in active organisations alone, and with it the network
    would lose its administrators.
    """
    if is_secretariat:
        return ()
    return tuple(
        after
        for after in _MEMBERSHIP_CHANGES[before]
        if by_application == bool(_BY_APPLICATION & {before, after})
    )


def step_label(before: str | None, after: str) -> str:
    """What a step of a membership is called, in English: who applied and was refused never left."""
    return DECLINED if (before, after) == ("applied", "left") else MEMBERSHIP_LABELS[after]


def check_membership(after: str, steps: Collection[str]) -> None:
    """Raises Refused for a step a membership cannot take: applied → active → suspended → left."""
    if after not in steps:
        raise Refused(
            N_("A membership cannot go from this state to that one. Choose another."),
            field="membership",
        )
