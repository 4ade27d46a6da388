"""What is sent to write in topics, and what is answered of them."""

from kernel.errors import N_
from kernel.fields import (
    Boolean,
    Choice,
    DateTime,
    Identifier,
    Integer,
    Language,
    ListOf,
    LongText,
    Nested,
    Schema,
    Text,
    Upload,
)
from network.topics.rules import (
    FILTER_LABELS,
    KIND_LABELS,
    PostStatus,
    TopicFilter,
    TopicKind,
    TopicStatus,
    Via,
)

LANGUAGES = ("en", "fr", "ar", "pt", "es", "sw")
"""The languages one writes in: those of the service, and those it will speak."""


class _Written(Schema):
    """A text somebody writes, in a language, with files."""

    body = LongText(
        label=N_("Your text"),
        hint=N_("You can use Markdown: **bold**, lists with a dash, links."),
        required=True,
        rows=10,
        error_messages={"required": N_("Write your text.")},
    )
    language = Language(
        only=LANGUAGES,
        label=N_("Language of your text"),
        required=True,
    )


class TopicInput(_Written):
    """A topic and its first post."""

    group_id = Identifier(
        label=N_("Group"),
        widget="radios",
        required=True,
        error_messages={"required": N_("Choose the group to write in.")},
    )
    kind = Choice(
        TopicKind,
        labels=KIND_LABELS,
        label=N_("What is it?"),
        widget="radios",
        required=True,
    )
    title = Text(
        label=N_("Title"),
        required=True,
        max_length=160,
        error_messages={"required": N_("Enter a title that says what it is about.")},
    )

    class Meta(Schema.Meta):
        """Ask where and what before the text."""

        fields = ("group_id", "kind", "title", "body", "language")


class PostInput(_Written):
    """A reply, or a post as it is changed."""


class PostChange(PostInput):
    """What is changed of a post; what is left out stays."""


class TitleInput(Schema):
    """A topic's title as it is changed."""

    title = TopicInput._declared_fields["title"]


class FilesInput(Schema):
    """Files handed in with a post."""

    files = Upload(
        label=N_("Files"),
        hint=N_("At most 10 files of 20 MB: documents, tables, pictures."),
        multiple=True,
    )


class FileInput(Schema):
    """One file to hang on a post; that it is there is asked after the post, which may not exist."""

    file = Upload(label=N_("File"))


class TopicForm(TopicInput, FilesInput):
    """The page's form of a topic."""

    class Meta(Schema.Meta):
        """The files come last."""

        fields = (*TopicInput.Meta.fields, "files")


class PostForm(PostInput, FilesInput):
    """The page's form of a reply."""

    class Meta(Schema.Meta):
        """The files come last."""

        fields = ("body", "language", "files")


class TopicListQuery(Schema):
    """How a list of topics is narrowed and turned."""

    group = Identifier(label=N_("Group"))
    status = Choice(TopicFilter, labels=FILTER_LABELS, label=N_("Status"))
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


class PostOutput(Schema):
    """A post; a removed one has no text."""

    id = Identifier()
    author = Text()
    organisation = Text(allow_none=True)
    former = Boolean()
    body = LongText()
    quoted = LongText(allow_none=True)
    language = Text()
    status = Choice(PostStatus)
    via = Choice(Via)
    created_at = DateTime()
    edited_at = DateTime()
    version = Integer()
    files = ListOf(Nested(FileOutput))


class TopicOutput(Schema):
    """A topic with one page of its posts."""

    id = Identifier()
    group_id = Identifier()
    kind = Choice(TopicKind)
    title = Text()
    language = Text()
    status = Choice(TopicStatus)
    accepted_post_id = Identifier()
    replies = Integer()
    version = Integer()
    posts = ListOf(Nested(PostOutput))
