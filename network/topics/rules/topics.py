"""What a topic and a post are, and what always holds for them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kernel.errors import N_, P_, NotNow


class TopicKind(StrEnum):
    """A question wants an answer; a discussion goes on."""

    DISCUSSION = "discussion"
    QUESTION = "question"


class TopicStatus(StrEnum):
    """Open → answered → locked → archived; an answer taken back opens a topic again."""

    OPEN = "open"
    ANSWERED = "answered"
    LOCKED = "locked"
    ARCHIVED = "archived"


class PostStatus(StrEnum):
    """Only a visible post is read, found and mailed; a deleted one leaves a tombstone."""

    PENDING = "pending"
    VISIBLE = "visible"
    HIDDEN = "hidden"
    DELETED = "deleted"


class Via(StrEnum):
    """How a post came in."""

    WEB = "web"
    MAIL = "mail"
    API = "api"


class TopicFilter(StrEnum):
    """What a list of topics can be narrowed to."""

    NEEDS_ANSWER = "needs-answer"
    ANSWERED = "answered"
    OPEN = "open"
    LOCKED = "locked"
    ARCHIVED = "archived"


class ReactionKind(StrEnum):
    """What one says to a post without writing one."""

    THANKS = "thanks"
    AGREE = "agree"
    USEFUL = "useful"
    SAME_HERE = "same_here"


REACTION_LABELS = {
    ReactionKind.THANKS: N_("Thank you"),
    ReactionKind.AGREE: N_("I agree"),
    ReactionKind.USEFUL: N_("Useful"),
    ReactionKind.SAME_HERE: N_("We do this too"),
}
MOST_PINNED = 5
"""Topics of a group that stand above the others."""
KIND_LABELS = {
    TopicKind.DISCUSSION: N_("Discussion"),
    TopicKind.QUESTION: N_("Question"),
}
FILTER_LABELS = {
    TopicFilter.NEEDS_ANSWER: N_("Needs an answer"),
    TopicFilter.ANSWERED: P_("topic", "Answered"),
    TopicFilter.OPEN: P_("topic", "Open"),
    TopicFilter.LOCKED: P_("topic", "Locked"),
    TopicFilter.ARCHIVED: N_("In the archive"),
}


@dataclass(frozen=True)
class Position:
    """A place in the list of topics, which is ordered by last post and, among equals, by id."""

    last_post_at: datetime
    topic_id: UUID

    def __str__(self) -> str:
        return f"{self.last_post_at.isoformat()}~{self.topic_id}"

    @classmethod
    def parse(cls, text: str) -> "Position | None":
        """Read a place from an address; None for what is none."""
        moment, _, topic_id = text.partition("~")
        try:
            position = cls(datetime.fromisoformat(moment), UUID(topic_id))
        except ValueError:
            return None
        return position if position.last_post_at.tzinfo is not None else None


def needs_answer(kind: str, status: str, *, in_active_group: bool) -> bool:
    """Whether a topic is a question that nobody has answered yet and somebody still can."""
    return in_active_group and kind == TopicKind.QUESTION and status == TopicStatus.OPEN


def is_closed(status: str) -> bool:
    """Whether a topic can be read and no longer written in."""
    return status in {TopicStatus.LOCKED, TopicStatus.ARCHIVED}


def check_open(status: str) -> None:
    """Raises Refused when nothing may be written in the topic any more."""
    if is_closed(status):
        raise NotNow(N_("This topic is closed. Start a new topic to go on."))


def check_answerable(kind: str, status: str) -> None:
    """Raises Refused when the topic takes no answer."""
    check_open(status)
    if kind != TopicKind.QUESTION:
        raise NotNow(N_("This topic is no question: no answer is accepted in it."))


def check_visible(status: str) -> None:
    """Raises Refused for a post that is not, or no longer, to be read."""
    if status != PostStatus.VISIBLE:
        raise NotNow(N_("This post was removed and can no longer be changed. Write a new one."))


def check_room_for_pin(pinned: int) -> None:
    """Raises Refused where so many topics of a group are pinned that none stands out."""
    if pinned >= MOST_PINNED:
        raise NotNow(
            N_("%(most)s topics of this group are pinned. Unpin one of them first."),
            most=MOST_PINNED,
        )


def check_not_merged(merged_into_id: UUID | None) -> None:
    """Raises Refused for a topic whose posts are in another one now."""
    if merged_into_id is not None:
        raise NotNow(N_("This topic was merged into another one. Go on there."))
