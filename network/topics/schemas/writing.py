"""What is sent to write in topics."""

from kernel.errors import N_
from kernel.fields import Choice, Identifier, Language, LongText, Schema, Text, Upload
from network.topics.rules import KIND_LABELS, TopicKind

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


class PostChange(_Written):
    """A post as it is changed."""


class PostInput(_Written):
    """A reply."""

    in_reply_to = Identifier(label=N_("Post it answers"), widget="hidden")


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

        fields = ("in_reply_to", "body", "language", "files")
