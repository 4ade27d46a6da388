"""What is sent to make and change groups, and what is answered of them."""

from enum import StrEnum

from kernel.errors import N_
from kernel.fields import (
    Boolean,
    Choice,
    Date,
    DateTime,
    Email,
    Identifier,
    Integer,
    LongText,
    Schema,
    Text,
)
from network.groups.rules import (
    JOINING_LABELS,
    KIND_LABELS,
    OFFICE_LABELS,
    VISIBILITY_LABELS,
    Answer,
    GroupKind,
    GroupState,
    GroupVisibility,
    Joining,
    Office,
    Way,
)


class GroupChange(Schema):
    """A group as it is changed; what is left out stays."""

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
    office = Choice(
        Office,
        labels=OFFICE_LABELS,
        label=N_("Office"),
        hint=N_("For groups by office held: its holders are the members and change with it."),
    )
    office_region = Choice(
        label=N_("Region"),
        hint=N_("Only of these members of the network; leave it empty for all."),
    )


class GroupInput(GroupChange):
    """A group as it is made, with its first chair."""

    chair_id = Identifier(
        label=N_("Chair"),
        hint=N_(
            "The chair adds and removes members. A group always has one, and may have several."
        ),
        required=True,
        widget="person",
        error_messages={"required": N_("Choose who chairs the group.")},
    )
    chair_term_ends_on = Date(
        label=N_("Last day of the chair’s term"),
        hint=N_("The chair is reminded 30 days before. Leave it empty where no term is set."),
    )


class ChairTerm(Schema):
    """How long somebody chairs a group."""

    term_ends_on = Date(
        label=N_("Last day of the term as chair"),
        hint=N_(
            "The chair is reminded 30 days before, and stays on while nobody else chairs."
            " Leave it empty where no term is set."
        ),
    )


class ChairInput(ChairTerm):
    """A member to chair a group."""

    person_id = Identifier(
        label=N_("Member"),
        required=True,
        error_messages={"required": N_("Choose a member of the group as its chair.")},
    )

    class Meta(Schema.Meta):
        """Who comes first, then for how long."""

        fields = ("person_id", "term_ends_on")


class MemberInput(Schema):
    """Somebody to be taken in."""

    person_id = Identifier(
        label=N_("Person"),
        widget="person",
        required=True,
        error_messages={"required": N_("Choose a person.")},
    )
    term_ends_on = Date(
        label=N_("Last day of the term"),
        hint=N_("Membership ends with this day. Leave it empty where no term is set."),
    )


class GroupInvitationInput(MemberInput):
    """Somebody to be invited."""

    message = LongText(
        label=N_("Message to them"), hint=N_("Stands in the mail."), max_length=1_000, rows=3
    )


class Entrance(StrEnum):
    """How somebody comes in by the chair's hand."""

    INVITE = "invite"
    ADD = "add"


class TakeInForm(GroupInvitationInput):
    """The page on which the chair invites somebody or takes her in at once."""

    how = Choice(
        Entrance,
        labels={
            Entrance.INVITE: N_("Invite them: they get a mail and decide"),
            Entrance.ADD: N_("Add them at once"),
        },
        label=N_("How they come in"),
        widget="radios",
        required=True,
    )


class TermInput(Schema):
    """How long somebody is a member."""

    term_ends_on = Date(
        label=N_("Last day of the term"),
        hint=N_("Membership ends with this day. Leave it empty where no term is set."),
    )


class SeatInput(Schema):
    """An organisation that is given a seat."""

    organisation_id = Identifier(
        label=N_("Organisation"),
        required=True,
        error_messages={"required": N_("Choose the organisation that has the seat.")},
    )


class SeatHolders(Schema):
    """Who speaks for an organisation on its seat."""

    holder_id = Identifier(
        label=N_("Representative"), hint=N_("Becomes a member of the group and has its vote.")
    )
    alternate_id = Identifier(
        label=N_("Alternate"),
        hint=N_("Becomes a member too, and votes when the representative is away."),
    )


class SeatOutput(Schema):
    """A seat; without a `holder` it is vacant."""

    id = Identifier(attribute="seat.id")
    group_id = Identifier(attribute="seat.group_id")
    organisation_id = Identifier(attribute="seat.organisation_id")
    organisation = Text()
    holder_id = Identifier(attribute="seat.holder_id", allow_none=True)
    holder = Text(allow_none=True)
    alternate_id = Identifier(attribute="seat.alternate_id", allow_none=True)
    alternate = Text(allow_none=True)
    version = Integer(attribute="seat.version")


class SeatMade(Schema):
    """A seat as it was made or filled."""

    id = Identifier()
    group_id = Identifier()
    organisation_id = Identifier()
    holder_id = Identifier(allow_none=True)
    alternate_id = Identifier(allow_none=True)
    version = Integer()


class GuestDays(Schema):
    """How long somebody is a guest."""

    last_day = Date(
        label=N_("Last day"),
        hint=N_("The guest sees the group until the end of this day, a year from now at most."),
        required=True,
        error_messages={"required": N_("Enter the last day of the visit.")},
    )


class GuestInput(GuestDays):
    """Somebody to be a guest of a group."""

    name = Text(
        label=N_("Name of the guest"),
        required=True,
        max_length=120,
        error_messages={"required": N_("Enter the name of your guest.")},
    )
    address = Email(
        label=N_("Mail address"),
        required=True,
        error_messages={"required": N_("Enter the mail address of your guest.")},
    )


class InvitedGuestOutput(Schema):
    """A guest who has not accepted yet, as she was typed."""

    id = Identifier()
    name = Text()
    address = Email()
    guest_until = DateTime()
    expires_at = DateTime()


class GuestOutput(Schema):
    """A guest of a group."""

    person_id = Identifier()
    guest_until = DateTime()
    ended_at = DateTime(allow_none=True)


class ReasonInput(Schema):
    """Why somebody wants to join."""

    reason = LongText(
        label=N_("Why you would like to join"),
        hint=N_("One or two sentences, which the chair alone reads."),
        required=True,
        max_length=1_000,
        rows=3,
        error_messages={"required": N_("Say in a few words why you would like to join.")},
    )


class AnswerInput(Schema):
    """Why somebody is not taken in."""

    answer = LongText(
        label=N_("Why not"),
        hint=N_("Whoever asked reads it in a mail."),
        required=True,
        max_length=1_000,
        rows=3,
        error_messages={"required": N_("Give a reason: whoever asked reads it.")},
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
    office = Choice(Office)
    office_region = Text(allow_none=True)
    version = Integer()


class MailAddressOutput(Schema):
    """Where topics are opened by mail; null where you may not, and where no mail comes in."""

    address = Text(allow_none=True)


class GroupListed(Schema):
    """A group in a list; `way` is how its door stands for you."""

    id = Identifier(attribute="group.id")
    name = Text(attribute="group.name")
    purpose = LongText(attribute="group.purpose")
    kind = Choice(GroupKind, attribute="group.kind")
    joining = Choice(Joining, attribute="group.joining")
    visibility = Choice(GroupVisibility, attribute="group.visibility")
    state = Choice(GroupState, attribute="group.state")
    members = Integer()
    mine = Boolean()
    way = Choice(Way)


class GroupFilter(Schema):
    """What a list of groups can be narrowed to."""

    kind = Choice(GroupKind, labels=KIND_LABELS, label=N_("Kind of group"))


class MemberOutput(Schema):
    """A member or a guest of a group."""

    id = Identifier()
    name = Text()
    organisation = Text(allow_none=True)
    country = Text(allow_none=True)
    guest_until = DateTime(allow_none=True)
    term_ends_on = Date(allow_none=True)
    is_chair = Boolean()
    chair_term_ends_on = Date(allow_none=True)
    current = Boolean()
    joined_at = DateTime()
    version = Integer()


class JoinRequestOutput(Schema):
    """A request to join a group."""

    id = Identifier(attribute="request.id")
    group_id = Identifier(attribute="request.group_id")
    person_id = Identifier(attribute="request.person_id")
    name = Text()
    organisation = Text(allow_none=True)
    reason = LongText(attribute="request.reason")
    state = Choice(Answer, attribute="request.state")
    answer = LongText(attribute="request.answer")
    asked_at = DateTime(attribute="request.asked_at")
    answered_at = DateTime(attribute="request.answered_at", allow_none=True)


class JoinRequestMade(Schema):
    """A request to join a group, as it was made or answered."""

    id = Identifier()
    group_id = Identifier()
    person_id = Identifier()
    state = Choice(Answer)


class GroupInvitationOutput(Schema):
    """An invitation into a group that waits for its answer."""

    id = Identifier()
    person_id = Identifier()
    name = Text()
    invited_at = DateTime()


class OwnInvitationOutput(Schema):
    """An invitation of yours into a group, as its chair wrote it."""

    id = Identifier()
    inviter = Text()
    message = LongText()
    term_ends_on = Date(allow_none=True)
    invited_at = DateTime()


class GroupInvitationMade(Schema):
    """An invitation into a group, as it was made or answered."""

    id = Identifier()
    group_id = Identifier()
    person_id = Identifier()
    state = Choice(Answer)
