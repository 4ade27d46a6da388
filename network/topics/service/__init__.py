"""What can be done with topics and posts, by whichever door.

writing    topics and replies
moderating what a moderator decides
changing   posts, titles, files; taking posts away
life       the accepted answer, closing and reopening
common     sums, search, the words of the trail
"""

from network.topics.events import PostWritten
from network.topics.rules import TopicKind, Via
from network.topics.service.changing import attach_file, edit_post, remove_post, rename_topic
from network.topics.service.common import SEARCH_KIND
from network.topics.service.life import accept_answer, close_topic, reopen_topic
from network.topics.service.moderating import hide_post, release_post
from network.topics.service.writing import create_topic, reply

__all__ = [
    "SEARCH_KIND",
    "PostWritten",
    "TopicKind",
    "Via",
    "accept_answer",
    "attach_file",
    "close_topic",
    "create_topic",
    "edit_post",
    "hide_post",
    "release_post",
    "remove_post",
    "rename_topic",
    "reopen_topic",
    "reply",
]
