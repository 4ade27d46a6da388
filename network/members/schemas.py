"""The shapes of commands and answers: forms, addresses, JSON."""

from kernel import fields
from kernel.errors import N_
from network.members.facts import MemberFacts
from network.members.rules import FLAG_LABELS, Flag


class MemberEdit(MemberFacts):
    """What a network administrator corrects; naming an EMB confirms its name."""

    name = fields.Text(label=N_("Name of the election management body"), required=True)

    class Meta(fields.Schema.Meta):
        """The order of the form."""

        fields = (
            "name",
            "region",
            "joined_year",
            "permanent",
            "micro_state",
            "languages",
        )


class MembershipInput(fields.Schema):
    """A step of an organisation's membership."""

    membership = fields.Choice(label=N_("Membership"), widget="radios", required=True)
    reason = fields.LongText(
        label=N_("Reason"),
        hint=N_("Kept in the history of the membership, which every member can read."),
        max_length=500,
        rows=3,
        required=True,
    )


class ImportUpload(fields.Schema):
    """A file of members: the first step of an import."""

    file = fields.Upload(
        label=N_("File of members"),
        hint=N_("CSV or Excel (.xlsx), one row for each member, with a row of headings."),
        required=True,
        attrs={"accept": ".csv,.txt,.tsv,.xlsx"},
    )


class ImportColumns(fields.Schema):
    """Which column of the file each field is read from: its position, or nothing."""

    country = fields.Choice(label=N_("Country code"), required=True)
    name = fields.Choice(label=N_("Name of the election management body"))
    region = fields.Choice(label=N_("Region"))
    joined_year = fields.Choice(label=N_("Year of joining"))
    permanent = fields.Choice(label=N_("Permanent body"))
    micro_state = fields.Choice(label=N_("Micro state"))
    languages = fields.Choice(label=N_("Working languages"))


class MemberQuery(fields.Schema):
    """How the directory is narrowed: in the address of the page, and as parameters of the API."""

    q = fields.Text(label=N_("Name or country"), max_length=100)
    region = fields.Text(label=N_("Region"), max_length=60)
    micro_state = fields.YesNo(label=N_("Micro state"))
    flag = fields.Choice(Flag, label=N_("To do"), labels=FLAG_LABELS)


class MemberListQuery(MemberQuery):
    """The directory, one page at a time."""

    page = fields.Integer(label=N_("Page"), min=1, max=10_000, load_default=1)
    page_size = fields.Integer(label=N_("Members a page"), min=1, max=200, load_default=100)


class MemberOut(fields.Schema):
    """A member as the API gives it."""

    id = fields.Identifier(label=N_("Identifier"))
    kind = fields.Text(label=N_("Kind"))
    name = fields.Text(label=N_("Name"))
    name_is_fallback = fields.Boolean(label=N_("Name to confirm"))
    country = fields.Text(label=N_("Country code"))
    region = fields.Text(label=N_("Region"))
    joined_year = fields.Integer(label=N_("Year of joining"))
    permanent = fields.YesNo(label=N_("Permanent body"))
    micro_state = fields.YesNo(label=N_("Micro state"))
    membership = fields.Text(label=N_("Membership"))
    languages = fields.ListOf(fields.Text())
    has_focal_point = fields.Boolean(label=N_("Has a focal point"))


class MemberPage(fields.Schema):
    """One page of the directory."""

    items = fields.ListOf(fields.Nested(MemberOut))
    page = fields.Integer(label=N_("Page"))
    pages = fields.Integer(label=N_("Pages"))
    total = fields.Integer(label=N_("Members"))


class PersonOut(fields.Schema):
    """Somebody who works at a member."""

    id = fields.Identifier(label=N_("Identifier"))
    name = fields.Text(label=N_("Name"))
    role = fields.Text(label=N_("Job title"))
    is_focal_point = fields.Boolean(label=N_("Focal point"))


class SeatOut(fields.Schema):
    """Who holds a function at a member, or deputises."""

    function = fields.Text(label=N_("Function"))
    deputy = fields.Boolean(label=N_("Deputy"))
    person_id = fields.Identifier(label=N_("Person"))
    name = fields.Text(label=N_("Name"))
    since = fields.Date(label=N_("Since"))


class StepOut(fields.Schema):
    """A step of a membership."""

    before = fields.Text(label=N_("Before"))
    after = fields.Text(label=N_("Membership"))
    reason = fields.Text(label=N_("Reason"))
    by = fields.Text(label=N_("By"))
    changed_at = fields.DateTime(label=N_("When"))


class MemberDetail(MemberOut):
    """A member with its people, their functions and the history of its membership."""

    people = fields.ListOf(fields.Nested(PersonOut))
    functions = fields.ListOf(fields.Nested(SeatOut))
    history = fields.ListOf(fields.Nested(StepOut))
