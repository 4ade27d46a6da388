"""What is sent to steer a topic, and to say something to a post without writing one."""

from kernel.errors import N_
from kernel.fields import Choice, Choices, Identifier, Language, Lines, LongText, Schema, Text
from network.topics.rules import REACTION_LABELS, ReactionKind
from network.topics.rules.tags import LONGEST_TAG, MOST_TAGS
from network.topics.schemas.writing import LANGUAGES, TopicInput


class TagsInput(Schema):
    """The words a topic can be found by."""

    tags = Lines(
        label=N_("Tags"),
        hint=N_(
            "One to a line, for example: voter registration. Each is a link to all topics with it."
        ),
        most=MOST_TAGS,
        max_length=LONGEST_TAG,
        rows=MOST_TAGS,
    )


class MoveInput(Schema):
    """The group a topic is moved to."""

    group_id = Identifier(
        label=N_("Group"),
        required=True,
        error_messages={"required": N_("Choose the group to move the topic to.")},
    )


class SplitInput(Schema):
    """The replies that go on as a topic of their own."""

    post_ids = Choices(
        label=N_("Posts"),
        required=True,
        error_messages={"required": N_("Choose the posts of the new topic.")},
    )
    title = TopicInput._declared_fields["title"]
    kind = TopicInput._declared_fields["kind"]


class MergeInput(Schema):
    """The topic that takes the posts in."""

    into_id = Identifier(
        label=N_("Topic to merge it into"),
        required=True,
        error_messages={"required": N_("Choose the topic to merge it into.")},
    )


class RemovalInput(Schema):
    """Why a post is taken away."""

    reason = Text(
        label=N_("Reason"),
        hint=N_("It stands where the post was, for everybody who reads the topic."),
        max_length=300,
    )


class ReactionInput(Schema):
    """What one says to a post."""

    kind = Choice(ReactionKind, labels=REACTION_LABELS, label=N_("Reaction"), required=True)


class ReactionQuery(Schema):
    """Which of one's reactions is taken back; all of them where none is named."""

    kind = Choice(ReactionKind, labels=REACTION_LABELS, label=N_("Reaction"))


class ReadingInput(Schema):
    """How far one has read a topic."""

    post_id = Identifier(label=N_("Last post you have read"), required=True)


class TranslationInput(Schema):
    """A post in another language."""

    language = Language(only=LANGUAGES, label=N_("Language of your translation"), required=True)
    body = LongText(
        label=N_("Translation"),
        hint=N_(
            "People who read in this language see it in place of the original, with your name."
        ),
        required=True,
        rows=12,
        max_length=20_000,
        error_messages={"required": N_("Write the translation.")},
    )


class TranslationChange(Schema):
    """A translation as it is changed."""

    body = TranslationInput._declared_fields["body"]
