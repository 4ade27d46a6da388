"""What is sent to make and change groups, and what is answered of them."""

from kernel.errors import N_
from kernel.fields import Boolean, Choice, DateTime, Identifier, Integer, LongText, Schema, Text
from network.groups.rules import (
    JOINING_LABELS,
    KIND_LABELS,
    VISIBILITY_LABELS,
    GroupKind,
    GroupState,
    GroupVisibility,
    Joining,
)


class GroupInput(Schema):
    """A group as it is made or changed."""

    name = Text(
        label=N_("Name of the group"),
        required=True,
        max_length=120,
        error_messages={"required": N_("Enter a name for the group.")},
    )
    purpose = LongText(
        label=N_("What the group is for"),
        hint=N_("One or two sentences, shown to whoever may see the group."),
        max_length=1_000,
        rows=3,
    )
    kind = Choice(GroupKind, labels=KIND_LABELS, label=N_("Kind of group"), required=True)
    visibility = Choice(
        GroupVisibility,
        labels=VISIBILITY_LABELS,
        label=N_("Who may read"),
        widget="radios",
        required=True,
    )
    joining = Choice(Joining, labels=JOINING_LABELS, label=N_("How one joins"), required=True)
    chair_id = Identifier(
        label=N_("Chair"),
        hint=N_("The chair adds and removes members. A group always has one."),
        required=True,
        error_messages={"required": N_("Choose who chairs the group.")},
    )


class GroupChange(GroupInput):
    """What is changed of a group; what is left out stays."""


class MemberInput(Schema):
    """Somebody to be taken in."""

    person_id = Identifier(
        label=N_("Person to add"),
        required=True,
        error_messages={"required": N_("Choose the person to add.")},
    )


class GroupOutput(Schema):
    """A group as the API answers it."""

    id = Identifier()
    name = Text()
    purpose = LongText()
    kind = Choice(GroupKind)
    joining = Choice(Joining)
    visibility = Choice(GroupVisibility)
    state = Choice(GroupState)
    chair_id = Identifier()
    version = Integer()


class GroupListed(Schema):
    """A group in a list."""

    id = Identifier(attribute="Group.id")
    name = Text(attribute="Group.name")
    kind = Choice(GroupKind, attribute="Group.kind")
    visibility = Choice(GroupVisibility, attribute="Group.visibility")
    state = Choice(GroupState, attribute="Group.state")
    members = Integer()
    mine = Boolean()


class MemberOutput(Schema):
    """A member of a group."""

    id = Identifier()
    name = Text()
    organisation = Text(allow_none=True)
    country = Text(allow_none=True)
    guest_until = DateTime(allow_none=True)
    current = Boolean()
    joined_at = DateTime()
