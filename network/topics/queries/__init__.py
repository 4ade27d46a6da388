"""Every SELECT about single topics and their posts; the list of topics is in `network.topics.lists`.

seen     the topics, posts and files somebody may see
posts    the posts of a topic, their files and earlier versions
named    topics by the posts in them, for features that remember posts
predicates  who sees a topic and a post
mail     what the mails about a post say and refer to
told     posts for statements about many people: digests, mails that waited, feeds
"""

from network.topics.queries.mail import (
    REFERENCES,
    PostOfMail,
    earlier_message_ids,
    post_to_mail,
    posts_of_mails,
)
from network.topics.queries.named import TopicNamed, topics_with, words_of
from network.topics.queries.posts import (
    POSTS_PER_PAGE,
    count_published,
    count_replies,
    files_of,
    first_post_id,
    posts_of,
    versions_of,
    visible_posts,
)
from network.topics.queries.predicates import is_moderated, is_post_seen, is_seen, seeing
from network.topics.queries.seen import (
    PostSeen,
    TopicSeen,
    file_seen_by,
    is_of_group,
    post_seen_by,
    standing_place,
    titles_seen,
    topic_seen_by,
)
from network.topics.queries.told import has_read, mailable_posts, posts_told, topics_of

__all__ = [
    "POSTS_PER_PAGE",
    "REFERENCES",
    "PostOfMail",
    "PostSeen",
    "TopicNamed",
    "TopicSeen",
    "count_published",
    "count_replies",
    "earlier_message_ids",
    "file_seen_by",
    "files_of",
    "first_post_id",
    "has_read",
    "is_moderated",
    "is_of_group",
    "is_post_seen",
    "is_seen",
    "mailable_posts",
    "post_seen_by",
    "post_to_mail",
    "posts_of",
    "posts_of_mails",
    "posts_told",
    "seeing",
    "standing_place",
    "titles_seen",
    "topic_seen_by",
    "topics_of",
    "topics_with",
    "versions_of",
    "visible_posts",
    "words_of",
]
