"""What holds when topics are moved, split and merged."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import N_, Refused
from network.topics.rules.topics import TopicKind

CHOOSE_POSTS_OF_THIS_TOPIC = N_("Choose posts of this topic.")


@dataclass(frozen=True)
class Move:
    """What moving a topic to another group changes.

    `everybody_else` is true where all of the network read it and only members will; `losing` names the
    members of the old group who will not see it any more.
    """

    posts: int
    from_open: bool
    to_open: bool
    losing: tuple[str, ...]

    @property
    def everybody_else(self) -> bool:
        """Whether all who are not members of the new group lose sight of the topic."""
        return self.from_open and not self.to_open


def answer_after_merge(kind: str, own: UUID | None, merged: UUID | None) -> UUID | None:
    """The accepted answer of a topic of a kind, once another was merged into it that had one, too."""
    return (own or merged) if kind == TopicKind.QUESTION else None


def check_split(posts: Collection[UUID], first: UUID | None, chosen: Collection[UUID]) -> None:
    """A topic keeps its first post. Raises Refused for that, for posts of elsewhere and for none."""
    if not chosen:
        raise Refused(N_("Choose the posts of the new topic."), field="post_ids")
    if first in chosen:
        raise Refused(
            N_("The first post stays: a topic is nothing without it. Choose replies."),
            field="post_ids",
        )
    if not set(chosen) <= set(posts):
        raise Refused(CHOOSE_POSTS_OF_THIS_TOPIC, field="post_ids")


def check_merge(topic_id: UUID, group_id: UUID, into_id: UUID, into_group_id: UUID) -> None:
    """Raises Refused for merging a topic with itself, or with one that other people see."""
    if topic_id == into_id:
        raise Refused(N_("Choose another topic: this is the same one."), field="into_id")
    if group_id != into_group_id:
        raise Refused(
            N_("Move the topic to the group of the other one first: other people read there."),
            field="into_id",
        )
