"""What is sent to add to the library, and what is answered of it."""

from kernel.errors import N_
from kernel.fields import (
    Boolean,
    Choice,
    Country,
    Date,
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
from network.library.rules.catalogue import (
    FORMAT_LABELS,
    LICENCE_LABELS,
    PHASE_LABELS,
    SUBJECT,
    SUBJECT_LABELS,
    VISIBILITY_LABELS,
    Format,
    ItemVisibility,
    Licence,
    Phase,
    Subject,
)
from network.library.rules.versions import VersionState

LANGUAGES = ("en", "fr", "ar", "pt", "es", "sw")
"""The languages documents are kept in: those of the service, and those it will speak."""


class FilingInput(Schema):
    """What an item is filed under."""

    subject = Choice(Subject, labels=SUBJECT_LABELS, label=SUBJECT, required=True)
    phase = Choice(
        Phase,
        labels=PHASE_LABELS,
        label=N_("Phase of the electoral cycle"),
        hint=N_("The phases are those of the cycle published by International IDEA."),
        required=True,
    )
    country = Country(
        label=N_("Country"), hint=N_("Leave it empty for what is true in every country.")
    )
    licence = Choice(
        Licence,
        labels=LICENCE_LABELS,
        label=N_("Licence"),
        hint=N_("What others may do with it. Ask who wrote it when you do not know."),
        required=True,
    )
    visibility = Choice(
        ItemVisibility,
        labels=VISIBILITY_LABELS,
        label=N_("Who can see it"),
        widget="radios",
        required=True,
    )
    group_id = Identifier(
        label=N_("Group"),
        hint=N_("Where only one group may see it: one of your groups."),
        widget="radios",
    )
    review_on = Date(
        label=N_("Review date"),
        hint=N_("When somebody looks whether it is still true. You are reminded by mail."),
        required=True,
    )


class _Words(Schema):
    """What a version is called and says of itself."""

    title = Text(
        label=N_("Title"),
        required=True,
        max_length=160,
        error_messages={"required": N_("Enter the title of the document.")},
    )
    summary = LongText(
        label=N_("Summary"),
        hint=N_("What it is and who needs it, in two or three sentences."),
        max_length=2_000,
        rows=4,
    )


class VersionInput(_Words):
    """A draft as it is started or changed."""

    notes = LongText(
        label=N_("What is new"),
        hint=N_("For those who know the version before."),
        max_length=2_000,
        rows=3,
    )


class VersionChange(VersionInput):
    """What is changed of a draft; what is left empty is emptied."""


class ItemInput(_Words, FilingInput):
    """An item and its first draft."""

    language = Language(only=LANGUAGES, label=N_("Language of the original"), required=True)

    class Meta(Schema.Meta):
        """Ask what it is before where it is filed."""

        fields = (
            "title",
            "summary",
            "language",
            "subject",
            "phase",
            "country",
            "licence",
            "visibility",
            "group_id",
            "review_on",
        )


class OwnerInput(Schema):
    """Who answers for an item from now on."""

    person_id = Identifier(
        label=N_("New owner"),
        widget="person",
        required=True,
        error_messages={"required": N_("Choose who answers for the item from now on.")},
    )


class VersionTranslation(VersionInput):
    """A translation as it is started."""

    language = Language(
        only=LANGUAGES,
        label=N_("Language of the translation"),
        required=True,
        error_messages={"required": N_("Choose the language of the translation.")},
    )

    class Meta(Schema.Meta):
        """The language decides how the rest is written."""

        fields = ("language", "title", "summary", "notes")


class RenditionInput(Schema):
    """A file of a draft."""

    language = Language(only=LANGUAGES, label=N_("Language of the file"), required=True)
    file = Upload(
        label=N_("File"),
        hint=N_("At most 20 MB. A file in the same language and format is replaced."),
        required=True,
        error_messages={"required": N_("Choose a file.")},
    )


class RenditionFile(Schema):
    """The form of the API; that a file is there is asked after the version, which may not exist."""

    language = Language(
        only=LANGUAGES,
        label=N_("Language of the file"),
        hint=N_("That of the version when it is left out."),
    )
    file = Upload(label=N_("File"))


class VersionReason(Schema):
    """Why a version is returned to its author, or withdrawn."""

    reason = LongText(
        label=N_("Reason"),
        required=True,
        max_length=1_000,
        rows=4,
        error_messages={"required": N_("Say why, for those who wonder.")},
    )


class VersionWithdrawal(VersionReason):
    """Why a version is withdrawn, and whether its translations are, too."""

    translations = Boolean(
        label=N_("Withdraw its translations as well, for the same reason"),
        hint=N_("Those that stay tell their readers that the original was withdrawn."),
    )


class CollectionInput(Schema):
    """A collection as it is made or changed."""

    title = Text(
        label=N_("Name of the collection"),
        required=True,
        max_length=120,
        error_messages={"required": N_("Enter a name for the collection.")},
    )
    summary = LongText(label=N_("What it is for"), max_length=1_000, rows=3)
    language = Language(only=LANGUAGES, label=N_("Language of this text"), required=True)


class PlaceInput(Schema):
    """An item to be put into a collection."""

    item_id = Identifier(
        label=N_("Item"),
        required=True,
        error_messages={"required": N_("Choose the item.")},
    )


class ItemListQuery(Schema):
    """How the list is narrowed and turned."""

    words = Text(label=N_("Words"), hint=N_("Looked for inside the files too."))
    subject = Choice(Subject, labels=SUBJECT_LABELS, label=SUBJECT)
    phase = Choice(Phase, labels=PHASE_LABELS, label=N_("Phase of the electoral cycle"))
    country = Country(label=N_("Country"))
    # `language` in an address is that of the page itself.
    written_in = Language(only=LANGUAGES, label=N_("Language"))
    format = Choice(Format, labels=FORMAT_LABELS, label=N_("Format"))
    mine = Boolean(label=N_("Mine"))
    overdue = Boolean(label=N_("Review overdue"))
    page_number = Integer(label=N_("Page"), min=1, max=10_000)


class ItemListed(Schema):
    """An item in a list."""

    id = Identifier()
    title = Text()
    language = Text()
    subject = Choice(Subject)
    phase = Choice(Phase)
    country = Text()
    owner = Text()
    organisation = Text()
    number = Integer()
    published_at = DateTime()
    review_on = Date()
    languages = ListOf(Text())
    formats = ListOf(Text())


class ItemsOutput(Schema):
    """One page of items."""

    items = ListOf(Nested(ItemListed))
    has_more = Boolean()


class RenditionOutput(Schema):
    """A file of a version. `text` says what became of reading it; nothing before it was read."""

    id = Identifier()
    language = Text()
    format = Choice(Format)
    name = Text()
    media_type = Text()
    size = Integer()
    text = Text()


class VersionOutput(Schema):
    """A version; `follows` is the number of the original a translation was made from.

    The original moved on since where it is `out_of_date`; `original_withdrawn` says why that one was withdrawn.
    """

    id = Identifier()
    number = Integer()
    follows = Integer()
    out_of_date = Boolean()
    original_withdrawn = LongText()
    language = Text()
    title = Text()
    summary = LongText()
    notes = LongText()
    state = Choice(VersionState)
    author = Text()
    return_reason = LongText()
    withdrawal_reason = LongText()
    published_at = DateTime()
    version = Integer()
    renditions = ListOf(Nested(RenditionOutput))


class TopicNamed(Schema):
    """A topic that uses an item."""

    id = Identifier()
    title = Text()


class ItemOutput(Schema):
    """An item with its versions and the topics that use it."""

    id = Identifier()
    title = Text()
    summary = LongText()
    language = Text()
    subject = Choice(Subject)
    phase = Choice(Phase)
    country = Text()
    licence = Choice(Licence)
    visibility = Choice(ItemVisibility)
    group_id = Identifier()
    owner_id = Identifier()
    owner = Text()
    organisation = Text()
    review_on = Date()
    version = Integer()
    versions = ListOf(Nested(VersionOutput))
    used_by = ListOf(Nested(TopicNamed))


class CollectionListed(Schema):
    """A collection in a list."""

    id = Identifier()
    title = Text()
    summary = LongText()
    language = Text()
    items = Integer()


class CollectionOutput(Schema):
    """A collection with the items of it that one may see."""

    id = Identifier()
    title = Text()
    summary = LongText()
    language = Text()
    version = Integer()
    items = ListOf(Nested(ItemListed))
