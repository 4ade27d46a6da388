"""What can be done with topics and posts, by whichever door.

writing    topics and replies
changing   posts, titles, files; taking posts away
moderating what a moderator decides
life       the accepted answer, tags, pins, closing, reopening, the archive
moving     to other groups, splitting, merging
marks      reactions and bookmarks
reading    how far somebody has read
translating  translations of posts
common     sums, search, the words of the trail
"""

from network.topics.events import PostChanged, PostHeld, PostWritten
from network.topics.rules import TopicKind, Via
from network.topics.service.changing import attach_file, edit_post, remove_post, rename_topic
from network.topics.service.common import SEARCH_KIND, note_told
from network.topics.service.life import (
    accept_answer,
    archive_topic,
    close_topic,
    pin_topic,
    reopen_topic,
    tag_topic,
    take_answer_back,
    unpin_topic,
)
from network.topics.service.marks import react, remove_bookmark, set_bookmark, take_reaction_back
from network.topics.service.moderating import hide_post, release_post
from network.topics.service.moving import merge_topic, move_topic, split_topic
from network.topics.service.reading import mark_group_read, mark_read, read_up_to
from network.topics.service.translating import (
    add_translation,
    change_translation,
    remove_translation,
)
from network.topics.service.writing import create_topic, reply, reply_address

__all__ = [
    "SEARCH_KIND",
    "PostChanged",
    "PostHeld",
    "PostWritten",
    "TopicKind",
    "Via",
    "accept_answer",
    "add_translation",
    "archive_topic",
    "attach_file",
    "change_translation",
    "close_topic",
    "create_topic",
    "edit_post",
    "hide_post",
    "mark_group_read",
    "mark_read",
    "merge_topic",
    "move_topic",
    "note_told",
    "pin_topic",
    "react",
    "read_up_to",
    "release_post",
    "remove_bookmark",
    "remove_post",
    "remove_translation",
    "rename_topic",
    "reopen_topic",
    "reply",
    "reply_address",
    "set_bookmark",
    "split_topic",
    "tag_topic",
    "take_answer_back",
    "take_reaction_back",
    "unpin_topic",
]
