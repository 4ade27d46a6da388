"""The pages that are measured, and what each is held to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks import floor_budget


@dataclass(frozen=True)
class MeasuredPage:
    """`most` is the ratio to the floor a page may reach; `queries` and `kilobytes` are limits too."""

    name: str
    path: str
    most: float
    queries: int | None = None
    kilobytes: float | None = None
    prepare: Callable[[list[Any]], dict[str, Any]] | None = None


TOPICS = MeasuredPage("topics", "/network/discussions", most=2.5, queries=4, kilobytes=15)


def budget(mission_id: object) -> MeasuredPage:
    """The budget of a mission with 300 lines."""
    return MeasuredPage(
        "budget",
        f"/missions/{mission_id}/budget",
        most=3,
        kilobytes=30,
        prepare=floor_budget.prepare,
    )
