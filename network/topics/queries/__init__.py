"""Every SELECT about single topics and their posts; the list of topics is in `network.topics.lists`.

predicates   the conditions of who sees which topics and posts
seen         the topics, posts and files somebody may see
page         a topic as its page shows it
page_posts   its posts with all that stands beside them
parts        where posts of a topic went, when it was split
reading      what somebody has not read yet
posts        posts as they are kept, and their earlier versions
bookmarks    what somebody marked, and the tags there are
translations of a post
named        topics by the posts in them, for features that remember posts
moderated    posts as their moderators look at them
moving       where topics can go, and who sees them there
mail         what the mails about a post say and refer to
told         posts for statements about many people: digests, mails that waited, feeds
"""

from network.topics.queries.bookmarks import (
    BOOKMARKS_PER_PAGE,
    bookmarks_of,
    tags_of_topic,
    tags_seen_by,
)
from network.topics.queries.mail import (
    REFERENCES,
    PostOfMail,
    earlier_message_ids,
    post_to_mail,
    posts_of_mails,
)
from network.topics.queries.moderated import (
    author_of,
    moderated_posts,
    post_with_topic,
    posts_by_id,
)
from network.topics.queries.moving import (
    all_posts,
    groups_to_move_to,
    move_of,
    posts_to_choose_from,
    topics_to_merge_into,
)
from network.topics.queries.named import (
    PostRead,
    TopicNamed,
    files_to_read,
    posts_to_read,
    topics_with,
    words_of,
)
from network.topics.queries.page import POSTS_PER_PAGE, TopicShown, topic_shown_to
from network.topics.queries.page_posts import posts_shown_to
from network.topics.queries.parts import Part, Parts, parts_of
from network.topics.queries.posts import (
    count_pinned,
    count_published,
    count_replies,
    first_post_id,
    hidden_at,
    versions_of,
    visible_posts,
)
from network.topics.queries.predicates import is_moderated, is_post_seen, is_seen, seeing
from network.topics.queries.reading import leaves_unread
from network.topics.queries.seen import (
    PostSeen,
    TopicSeen,
    file_seen_by,
    files_opened,
    hold_topic_of,
    is_of_group,
    page_of,
    post_seen_by,
    post_to_quote,
    post_whatever_the_group,
    standing_place,
    titles_seen,
    topic_seen_by,
)
from network.topics.queries.told import (
    bodies_at_first,
    has_read,
    mailable_posts,
    may_be_shown_again,
    newest_posts_seen,
    posts_since,
    posts_told,
    topics_of,
)
from network.topics.queries.translations import translation_of, translation_seen_by, translations_of

__all__ = [
    "BOOKMARKS_PER_PAGE",
    "POSTS_PER_PAGE",
    "REFERENCES",
    "Part",
    "Parts",
    "PostOfMail",
    "PostRead",
    "PostSeen",
    "TopicNamed",
    "TopicSeen",
    "TopicShown",
    "all_posts",
    "author_of",
    "bodies_at_first",
    "bookmarks_of",
    "count_pinned",
    "count_published",
    "count_replies",
    "earlier_message_ids",
    "file_seen_by",
    "files_opened",
    "files_to_read",
    "first_post_id",
    "groups_to_move_to",
    "has_read",
    "hidden_at",
    "hold_topic_of",
    "is_moderated",
    "is_of_group",
    "is_post_seen",
    "is_seen",
    "leaves_unread",
    "mailable_posts",
    "may_be_shown_again",
    "moderated_posts",
    "move_of",
    "newest_posts_seen",
    "page_of",
    "parts_of",
    "post_seen_by",
    "post_to_mail",
    "post_to_quote",
    "post_whatever_the_group",
    "post_with_topic",
    "posts_by_id",
    "posts_of_mails",
    "posts_shown_to",
    "posts_since",
    "posts_to_choose_from",
    "posts_to_read",
    "posts_told",
    "seeing",
    "standing_place",
    "tags_of_topic",
    "tags_seen_by",
    "titles_seen",
    "topic_seen_by",
    "topic_shown_to",
    "topics_of",
    "topics_to_merge_into",
    "topics_with",
    "translation_of",
    "translation_seen_by",
    "translations_of",
    "versions_of",
    "visible_posts",
    "words_of",
]
