"""What is sent to report posts and to decide on them, and what is answered."""

from kernel.errors import N_
from kernel.fields import (
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
from network.moderation.rules import LONGEST_REASON, MOST_HELD, REASON_LABELS, FlagReason


class FlagInput(Schema):
    """A report of a post."""

    reason = Choice(
        FlagReason,
        labels=REASON_LABELS,
        label=N_("What is wrong with it?"),
        widget="radios",
        required=True,
        error_messages={"required": N_("Choose what is wrong with the post.")},
    )
    note = LongText(
        label=N_("What should the moderators know?"),
        max_length=LONGEST_REASON,
        rows=3,
        load_default="",
    )


class HideInput(Schema):
    """Why a post is hidden."""

    reason = LongText(
        label=N_("Reason for hiding it"),
        hint=N_("Its author is told by mail."),
        required=True,
        max_length=LONGEST_REASON,
        rows=3,
        error_messages={"required": N_("Say why you hide the post: its author is told.")},
    )


class FlagOutput(Schema):
    """A report that nobody has decided on."""

    reason = Choice(FlagReason)
    note = LongText()
    name = Text()
    created_at = DateTime()


class WaitingFileOutput(Schema):
    """A file that was handed in with a post."""

    id = Identifier()
    name = Text()
    media_type = Text()
    size = Integer()


class QueuedOutput(Schema):
    """A post to decide on: `status` is pending while it waits, else it was reported."""

    id = Identifier()
    topic_id = Identifier()
    title = Text()
    group = Text()
    author = Text()
    organisation = Text()
    status = Text()
    body = LongText()
    language = Text()
    created_at = DateTime()
    flags = ListOf(Nested(FlagOutput))
    files = ListOf(Nested(WaitingFileOutput))


class QueueOutput(Schema):
    """What waits for a decision, the oldest first."""

    posts = ListOf(Nested(QueuedOutput))


class PolicyInput(Schema):
    """Whose first posts wait."""

    first_posts_held = Integer(
        label=N_("First posts of a new member that wait for a moderator"),
        hint=N_("0 to 20. With 0, nobody’s posts wait."),
        required=True,
        min=0,
        max=MOST_HELD,
    )


class PolicyOutput(PolicyInput):
    """What was decided; `version` goes into If-Match."""

    version = Integer()
