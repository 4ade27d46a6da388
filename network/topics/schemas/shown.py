"""What is answered of topics and posts, and how lists of them are asked for."""

from kernel.errors import N_
from kernel.fields import (
    Boolean,
    Choice,
    DateTime,
    Identifier,
    Integer,
    ListOf,
    LongText,
    Nested,
    Schema,
    Text,
)
from network.topics.rules import (
    FILTER_LABELS,
    PostStatus,
    ReactionKind,
    TopicFilter,
    TopicKind,
    TopicStatus,
    Via,
)


class TopicListQuery(Schema):
    """How a list of topics is narrowed and turned."""

    group = Identifier(label=N_("Group"))
    status = Choice(TopicFilter, labels=FILTER_LABELS, label=N_("Status"))
    tag = Text(label=N_("Tag"))
    older = Text(
        label=N_("Older than"),
        hint=N_("What the page before gave as “older”."),
    )


class TopicListed(Schema):
    """A topic in a list."""

    id = Identifier()
    group_id = Identifier()
    group = Text()
    kind = Choice(TopicKind)
    title = Text()
    language = Text()
    status = Choice(TopicStatus)
    author = Text()
    replies = Integer()
    last_post_at = DateTime()
    tags = ListOf(Text())
    pinned_at = DateTime(allow_none=True)
    unread = Boolean()
    new = Integer(allow_none=True)


class TopicsOutput(Schema):
    """One page of topics; `older` asks for the next one."""

    topics = ListOf(Nested(TopicListed))
    older = Text()


class FileOutput(Schema):
    """A file of a post."""

    id = Identifier()
    name = Text()
    media_type = Text()
    size = Integer()
    # Pixels, of pictures.
    width = Integer()
    height = Integer()


class ReactionOutput(Schema):
    """How many people said one thing to a post, the first of their names, and whether you are one."""

    kind = Choice(ReactionKind)
    count = Integer()
    names = ListOf(Text())
    mine = Boolean()


class TranslationOutput(Schema):
    """A post in another language; `outdated` when the post was changed since."""

    id = Identifier()
    language = Text()
    body = LongText()
    translator = Text()
    written_at = DateTime()
    outdated = Boolean()
    version = Integer()


class TranslationsOutput(Schema):
    """The translations of a post."""

    translations = ListOf(Nested(TranslationOutput))


class BookmarkQuery(Schema):
    """Which page of bookmarks."""

    older = Identifier(label=N_("Older than"))


class BookmarkOutput(Schema):
    """A post somebody wants to find again."""

    id = Identifier()
    created_at = DateTime()
    post_id = Identifier()
    topic_id = Identifier()
    title = Text()
    author = Text()
    body = LongText()
    language = Text()


class BookmarksOutput(Schema):
    """One page of bookmarks; `older` asks for the next one."""

    bookmarks = ListOf(Nested(BookmarkOutput))
    older = Identifier(allow_none=True)


class ReplyAddressOutput(Schema):
    """Where you answer a topic by mail; null where you may not, and where no mail comes in."""

    address = Text(allow_none=True)


class TagOutput(Schema):
    """A tag, and how many topics you see have it."""

    tag = Text()
    topics = Integer()


class TagsOutput(Schema):
    """Tags, the most used first."""

    tags = ListOf(Nested(TagOutput))


class PostOutput(Schema):
    """A post; a removed one has no text."""

    id = Identifier()
    author_id = Identifier()
    author = Text()
    organisation = Text(allow_none=True)
    former = Boolean()
    body = LongText(allow_none=True)
    quoted = LongText(allow_none=True)
    language = Text()
    status = Choice(PostStatus)
    via = Choice(Via)
    created_at = DateTime()
    edited_at = DateTime()
    version = Integer()
    in_reply_to_id = Identifier(allow_none=True)
    removed_reason = Text(allow_none=True)
    bookmarked = Boolean()
    files = ListOf(Nested(FileOutput))
    reactions = ListOf(Nested(ReactionOutput))


class PartOutput(Schema):
    """A topic that shares its posts' past with another one."""

    id = Identifier()
    title = Text()
    language = Text()


class TopicOutput(Schema):
    """A topic with one page of its posts; `read_to` is the last post you have read.

    `opened_with_id` is null where its first post opened it; after a merge older ones may stand before that.
    When it was split, `split_from` is the topic its posts were written in, `split_into` those where some
    of its own went on.
    """

    id = Identifier()
    group_id = Identifier()
    kind = Choice(TopicKind)
    title = Text()
    language = Text()
    status = Choice(TopicStatus)
    accepted_post_id = Identifier()
    opened_with_id = Identifier(allow_none=True)
    replies = Integer()
    version = Integer()
    tags = ListOf(Text())
    pinned_at = DateTime(allow_none=True)
    merged_into_id = Identifier(allow_none=True)
    read_to = Identifier(allow_none=True)
    split_from = Nested(PartOutput, allow_none=True)
    split_into = ListOf(Nested(PartOutput))
    pages = Integer()
    posts = ListOf(Nested(PostOutput))
