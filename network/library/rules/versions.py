"""The life of a version: draft → review → published → superseded or withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from kernel.errors import N_, P_, Forbidden, NotNow, Refused

REMINDED_BEFORE = timedelta(days=30)
"""How long before its review date the owner of an item is first reminded."""


class VersionState(StrEnum):
    """Where a version stands. From `published` on its content never changes again."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    VersionState.DRAFT: N_("Draft"),
    VersionState.REVIEW: N_("In review"),
    VersionState.PUBLISHED: N_("Published"),
    VersionState.SUPERSEDED: N_("Superseded"),
    VersionState.WITHDRAWN: P_("version of an item", "Withdrawn"),
}
OPEN = frozenset({VersionState.DRAFT, VersionState.REVIEW})
"""States in which a version is still being made."""
READABLE = frozenset({VersionState.PUBLISHED, VersionState.SUPERSEDED})
"""States in which everybody who sees the item may open the files."""


class ReviewDue(StrEnum):
    """Whether an item is still to be trusted: its review date lies far ahead, near, or behind."""

    LATER = "later"
    SOON = "soon"
    OVERDUE = "overdue"


def review_due(review_on: date, today: date) -> ReviewDue:
    """How an item's review date lies to a day: overdue from the day after it."""
    if review_on < today:
        return ReviewDue.OVERDUE
    return ReviewDue.SOON if review_on - REMINDED_BEFORE <= today else ReviewDue.LATER


def check_review_date(review_on: date, today: date) -> None:
    """Raises Refused for a review date that has passed already."""
    if review_on < today:
        raise Refused(N_("Enter a review date from today on."), field="review_on")


def check_editable(state: str) -> None:
    """Raises Refused for a version that is no draft."""
    if state == VersionState.REVIEW:
        raise NotNow(N_("This version is in review. Have it returned to you before you change it."))
    if state != VersionState.DRAFT:
        raise NotNow(N_("A published version never changes. Start a new version."))


def check_submittable(state: str, renditions: int) -> None:
    """Raises Refused unless the version is a draft with at least one file."""
    check_editable(state)
    if renditions == 0:
        raise NotNow(N_("Add a file before you hand the version in for review."))


def check_in_review(state: str) -> None:
    """Raises Refused unless the version waits for its review."""
    if state != VersionState.REVIEW:
        raise NotNow(
            N_("This version is not waiting for a review. Reload the page to see where it stands.")
        )


def check_not_own(reviewer: UUID, makers: Collection[UUID]) -> None:
    """Nobody publishes what she made herself. Raises Forbidden for one of its makers."""
    if reviewer in makers:
        raise Forbidden(N_("Somebody else than its authors publishes a version."))


def check_withdrawable(state: str) -> None:
    """Raises Refused for a version that nobody but its makers has seen, or that is withdrawn already."""
    if state not in READABLE:
        raise NotNow(
            N_(
                "Only a published version can be withdrawn. Reload the page to see where this one stands."
            )
        )


@dataclass(frozen=True)
class Pinned:
    """A translation: the number of the version it follows, and of the original that stands now.

    `withdrawn_because` is the reason for which the version it follows was withdrawn, None for one that was not.
    """

    follows: int
    original: int | None
    withdrawn_because: str | None

    @property
    def out_of_date(self) -> bool:
        """Whether the original has moved on since."""
        return self.original is not None and self.original > self.follows


def check_source(pinned: Pinned | None) -> None:
    """Raises Refused for a translation of a version that was withdrawn."""
    if pinned is not None and pinned.withdrawn_because is not None:
        raise NotNow(
            N_("The version it translates was withdrawn. Return the translation to its author.")
        )


def check_original(*, is_translation: bool) -> None:
    """Raises Refused for a translation: one translates what was written first."""
    if is_translation:
        raise NotNow(N_("Translate the original: this is a translation itself."))


def check_translatable(state: str, of_language: str, into: str) -> None:
    """Raises Refused unless a published version is translated into another language."""
    if state not in READABLE:
        raise NotNow(N_("Only a published version can be translated. Publish it first."))
    if of_language == into:
        raise Refused(
            N_("The original is in this language. Choose the language of the translation."),
            field="language",
        )


def check_rendition_language(is_translation: bool, version: str, rendition: str) -> None:
    """A translation is in one language. Raises Refused for a file in another."""
    if is_translation and version != rendition:
        raise Refused(
            N_("A translation is in one language. Start a translation for each other language."),
            field="language",
        )
