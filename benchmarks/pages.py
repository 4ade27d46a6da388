"""The pages that are measured, and what each is held to."""

from functools import partial

from benchmarks import floor_budget, floor_participants, floor_search, floor_verify
from benchmarks.floor_kinds import for_strangers
from benchmarks.harness import MeasuredPage
from benchmarks.stage import Stage

TOPICS = MeasuredPage("topics", "/network/discussions", most=2, queries=4, kilobytes=15)


SEARCH = MeasuredPage(
    "search", "/search?q=ballot", most=2, kilobytes=15, prepare=floor_search.prepare
)
"""A word in two posts of five: what is ranked and counted of it ends at a thousand, however many there are."""


def topic(topic_id: object) -> MeasuredPage:
    """A topic of 20 posts, as a member of its group reads it."""
    return MeasuredPage(
        "topic",
        f"/network/discussions/{topic_id}?page=1",
        most=2,
        queries=6,
        kilobytes=15,
    )


def budget(mission_id: object) -> MeasuredPage:
    """The budget of a mission with 300 lines."""
    return MeasuredPage(
        "budget",
        f"/missions/{mission_id}/budget",
        most=3,
        kilobytes=30,
        prepare=floor_budget.prepare,
    )


def participants(workshop_id: object) -> MeasuredPage:
    """The participants of a workshop with 200 of them."""
    return MeasuredPage(
        "participants",
        f"/training/workshops/{workshop_id}/participants",
        most=3,
        queries=3,
        kilobytes=15,
        prepare=partial(floor_participants.prepare, workshop_id),
    )


def verify(code: str) -> MeasuredPage:
    """What a certificate's code stands for, to a stranger: a counter, one query."""
    return MeasuredPage(
        "verify",
        f"/verify/{code}",
        most=2,
        queries=2,
        kilobytes=15,
        prepare=floor_verify.prepare,
        kind=for_strangers,
        visitor=Stage.stranger,
    )
