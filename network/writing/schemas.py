"""What is sent while somebody writes, and what is answered."""

from kernel.errors import N_
from kernel.fields import DateTime, Identifier, Language, ListOf, LongText, Nested, Schema, Text
from network.writing.rules import LANGUAGES


class PlaceQuery(Schema):
    """Where something is written: a topic, a post that is changed, else a group for a new topic or none yet."""

    topic_id = Identifier(label=N_("Topic"))
    group_id = Identifier(label=N_("Group"))
    post_id = Identifier(label=N_("Post"))


class DraftInput(PlaceQuery):
    """What is being written."""

    title = Text(label=N_("Title"), load_default="")
    body = LongText(label=N_("Your text"), load_default="")
    language = Language(only=LANGUAGES, label=N_("Language of your text"), load_default="en")
    draft_id = Identifier(label=N_("Draft"))


class DraftOutput(Schema):
    """A draft; `topic` and `group` name its place while one may read there."""

    id = Identifier()
    topic_id = Identifier()
    group_id = Identifier()
    post_id = Identifier()
    topic = Text()
    group = Text()
    title = Text()
    body = LongText()
    language = Text()
    saved_at = DateTime()


class DraftsOutput(Schema):
    """One's own drafts."""

    drafts = ListOf(Nested(DraftOutput))


class PeopleQuery(PlaceQuery):
    """Whom one looks for to mention her, and where."""

    q = Text(label=N_("Name or organisation"), load_default="")


class ColleagueOutput(Schema):
    """Somebody who can be mentioned; `mention` is what to write in the text."""

    id = Identifier()
    name = Text()
    organisation = Text()
    country = Text()
    mention = Text()


class PeopleOutput(Schema):
    """People of the group."""

    people = ListOf(Nested(ColleagueOutput))


class SimilarQuery(Schema):
    """The title that is being typed."""

    title = Text(label=N_("Title"), load_default="")


class SimilarTopicOutput(Schema):
    """A topic like it."""

    id = Identifier()
    title = Text()
    language = Text()


class SimilarOutput(Schema):
    """Topics like it, the likeliest first."""

    topics = ListOf(Nested(SimilarTopicOutput))


class PreviewInput(PlaceQuery):
    """A text to look at before it is posted."""

    body = LongText(label=N_("Your text"), load_default="")
    language = Language(only=LANGUAGES, label=N_("Language of your text"), load_default="en")


class PreviewOutput(Schema):
    """The text as markup, and who is mentioned in it whom no mail of the group reaches."""

    html = LongText()
    outside = ListOf(Text())
