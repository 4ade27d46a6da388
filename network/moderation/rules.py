"""What can be reported, whose posts wait, and how a moderator answers by mail."""

from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import N_, NotNow, Refused

MOST_HELD = 20
"""First posts of a new member that can be made to wait."""
LONGEST_REASON = 500


class FlagReason(StrEnum):
    """Why somebody reports a post."""

    DISRESPECTFUL = "disrespectful"
    CONFIDENTIAL = "confidential"
    MISLEADING = "misleading"
    OFF_TOPIC = "off_topic"
    OTHER = "other"


class Verdict(StrEnum):
    """What a moderator decides."""

    APPROVED = "approved"
    HIDDEN = "hidden"


REASON_LABELS = {
    FlagReason.DISRESPECTFUL: N_("It is disrespectful"),
    FlagReason.CONFIDENTIAL: N_("It says what should stay confidential"),
    FlagReason.MISLEADING: N_("It is wrong or misleading"),
    FlagReason.OFF_TOPIC: N_("It does not belong here"),
    FlagReason.OTHER: N_("Something else"),
}


@dataclass(frozen=True)
class Answer:
    """A decision as a moderator wrote it in a mail."""

    verdict: Verdict
    reason: str = ""


def is_held(first_posts_held: int, published: int) -> bool:
    """Whether the next post of somebody with so many published posts waits for a moderator."""
    return published < first_posts_held


def check_reason(reason: str) -> str:
    """The reason for hiding a post, which its author is told. Raises Refused for none."""
    if not reason.strip():
        raise Refused(N_("Say why you hide the post: its author is told."), field="reason")
    return reason.strip()[:LONGEST_REASON]


def check_flagging(flagged_by_author: bool, status: str) -> None:
    """Raises Refused for reporting one's own post, or one that cannot be read."""
    if flagged_by_author:
        raise NotNow(N_("This post is your own: change or remove it yourself."))
    if status != "visible":
        raise NotNow(N_("This post is not shown any more: there is nothing more to do."))


def parse_answer(text: str) -> Answer:
    """The decision in the first line of a mail: `approve`, or `hide` and the reason.

    The reason goes on until the first empty line. Raises Refused for anything else.
    """
    said = text.strip().split("\n\n", 1)[0]
    word, _, rest = " ".join(said.split()).partition(" ")
    if word.casefold().strip(".:,!") == "approve":
        return Answer(Verdict.APPROVED)
    if word.casefold().strip(".:,!") == "hide":
        return Answer(Verdict.HIDDEN, check_reason(rest))
    raise Refused(
        N_("Begin your answer with the word “approve”, or with “hide” and the reason for it."),
        field="body",
    )
