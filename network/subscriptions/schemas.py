"""What the forms and the API of subscriptions take and answer."""

from kernel.errors import N_
from kernel.fields import (
    Boolean,
    Choice,
    Choices,
    Date,
    Identifier,
    Integer,
    ListOf,
    Nested,
    Schema,
    Text,
    Time,
)
from network.subscriptions.rules import DAY_LABELS, LEVEL_LABELS, Day, Level, Watch

WATCH_LABELS = {
    Watch.WATCH: N_("Every post of this topic, at once"),
    Watch.MUTE: N_("No mail of this topic"),
}


class LevelInput(Schema):
    """How much of a group comes by mail; nothing means: as usual."""

    level = Choice(Level, labels=LEVEL_LABELS, label=N_("Mail from this group"))


class WatchInput(Schema):
    """What somebody wants of one topic; nothing means: as its group."""

    mode = Choice(Watch, labels=WATCH_LABELS, label=N_("Mail from this topic"))


class ContentInput(Schema):
    """How the mails of a group are written."""

    content_free = Boolean(
        label=N_("Mails of this group only say that there is something new"),
        hint=N_(
            "No title, no text and no author’s name leaves the network. For confidential groups."
        ),
    )


class ContentOutput(ContentInput):
    """How they are written now; version 0 where nobody ever said."""

    version = Integer()


class RhythmInput(Schema):
    """When mail may come."""

    default_level = Choice(
        Level,
        labels=LEVEL_LABELS,
        label=N_("How you usually want mail"),
        hint=N_("For every group where you choose nothing else."),
        widget="radios",
        required=True,
    )
    quiet_from = Time(
        label=N_("Quiet from"),
        hint=N_("In your time zone. What is written in your quiet hours comes when they end."),
    )
    quiet_to = Time(label=N_("Quiet until"))
    working_days = Choices(
        Day,
        labels=DAY_LABELS,
        label=N_("Days on which you want mail"),
        required=True,
        error_messages={"required": N_("Choose at least one day on which mail may come.")},
    )
    digest_hour = Integer(
        label=N_("Hour at which daily and weekly mail comes"),
        widget="select",
        max=23,
        required=True,
    )
    weekly_on = Choice(Day, labels=DAY_LABELS, label=N_("Day of the weekly mail"), required=True)
    paused_until = Date(
        label=N_("Pause all mail from groups until"),
        hint=N_("Mail comes again on this day: what you have not read by then, in one mail."),
    )


class RhythmOutput(RhythmInput):
    """When mail may come, as it stands; version 0 where nobody ever said."""

    version = Integer()


class GroupLevel(Schema):
    """A group somebody is in and the level she chose."""

    id = Identifier()
    name = Text()
    level = Choice(Level)


class TopicChoice(Schema):
    """A topic somebody watches or mutes."""

    topic_id = Identifier()
    title = Text()
    mode = Choice(Watch)


class SubscriptionsOutput(Schema):
    """Every group somebody is in, the level of those where she chose none, and single topics."""

    default_level = Choice(Level)
    groups = ListOf(Nested(GroupLevel))
    topics = ListOf(Nested(TopicChoice))
