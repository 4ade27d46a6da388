"""What the form and the API of feeds take and answer."""

from kernel.errors import N_
from kernel.fields import DateTime, Identifier, Schema, Text


class FeedInput(Schema):
    """A feed to be made; without a group it is of all one's groups."""

    name = Text(
        label=N_("Name"),
        hint=N_("Where you read it, for example “Feed reader on my phone”."),
        required=True,
        max_length=80,
        error_messages={"required": N_("Enter a name by which you will know this feed again.")},
    )
    group_id = Identifier(label=N_("Group"))


class FeedOutput(Schema):
    """A feed, without its address."""

    id = Identifier()
    name = Text()
    group_id = Identifier()
    created_at = DateTime()


class NewFeedOutput(FeedOutput):
    """A feed the moment it is made: its address is told only now."""

    address = Text()
