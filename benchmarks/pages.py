"""The pages that are measured, and what each is held to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MeasuredPage:
    """`most` is the ratio to the floor a page may reach; `queries` and `kilobytes` are limits too."""

    name: str
    path: str
    most: float
    queries: int | None = None
    kilobytes: float | None = None


TOPICS = MeasuredPage("topics", "/network/discussions", most=2.5, queries=4, kilobytes=15)
