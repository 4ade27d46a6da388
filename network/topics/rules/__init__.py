"""What a topic and a post are, and what always holds for them.

topics    kinds, states, and what may be done in which of them
moving    topics to other groups, out of others and into others
quoting   a post above the answer to it
reading   how far somebody has read
tags      words a topic can be found by
"""

from network.topics.rules.moving import (
    CHOOSE_POSTS_OF_THIS_TOPIC,
    answer_after_merge,
    check_merge,
    check_split,
)
from network.topics.rules.quoting import LONGEST_QUOTATION, excerpt, quotation
from network.topics.rules.reading import reads_on
from network.topics.rules.tags import MOST_TAGS, tag_of, tags_of
from network.topics.rules.topics import (
    FILTER_LABELS,
    KIND_LABELS,
    MOST_PINNED,
    REACTION_LABELS,
    Position,
    PostStatus,
    ReactionKind,
    TopicFilter,
    TopicKind,
    TopicStatus,
    Via,
    check_answerable,
    check_not_merged,
    check_open,
    check_room_for_pin,
    check_visible,
    is_closed,
    needs_answer,
)

__all__ = [
    "CHOOSE_POSTS_OF_THIS_TOPIC",
    "FILTER_LABELS",
    "KIND_LABELS",
    "LONGEST_QUOTATION",
    "MOST_PINNED",
    "MOST_TAGS",
    "REACTION_LABELS",
    "Position",
    "PostStatus",
    "ReactionKind",
    "TopicFilter",
    "TopicKind",
    "TopicStatus",
    "Via",
    "answer_after_merge",
    "check_answerable",
    "check_merge",
    "check_not_merged",
    "check_open",
    "check_room_for_pin",
    "check_split",
    "check_visible",
    "excerpt",
    "is_closed",
    "needs_answer",
    "quotation",
    "reads_on",
    "tag_of",
    "tags_of",
]
