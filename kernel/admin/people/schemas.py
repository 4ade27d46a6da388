"""What is asked and answered about people and their roles."""

from kernel.admin.people.rules import ACCESS_LABELS, Access
from kernel.errors import N_
from kernel.fields import (
    Choice,
    Date,
    DateTime,
    Identifier,
    Integer,
    ListOf,
    Nested,
    Schema,
    Text,
)


class PeopleQuery(Schema):
    """How the list of people is narrowed."""

    q = Text(label=N_("Name or mail address"), max_length=100)
    role = Text(label=N_("Role"), max_length=60)
    organisation_id = Identifier(label=N_("Organisation"))
    access = Choice(Access, labels=ACCESS_LABELS, label=N_("Access"))
    page = Integer(label=N_("Page"), min=1, max=100_000, load_default=1)


class GrantInput(Schema):
    """A role to give."""

    role = Choice(label=N_("Role"), required=True)
    organisation_id = Identifier(
        label=N_("Held in"),
        hint=N_("The role ends when this person leaves the organisation."),
    )


class PersonListed(Schema):
    """A person in a list."""

    id = Identifier()
    name = Text()
    address = Text()
    access = Choice(Access)
    organisations = ListOf(Text())
    roles = ListOf(Text())


class PeoplePageOut(Schema):
    """One page of people."""

    items = ListOf(Nested(PersonListed))
    page = Integer()
    pages = Integer()
    total = Integer()


class GrantOut(Schema):
    """A role somebody holds."""

    id = Identifier()
    role = Text()
    organisation = Text()
    granted_at = DateTime()


class BelongingOut(Schema):
    """Where somebody is or was."""

    organisation_id = Identifier()
    organisation = Text()
    job_title = Text()
    began_on = Date()
    ended_at = DateTime()


class PersonDetailOut(PersonListed):
    """A person with her organisations and roles."""

    grants = ListOf(Nested(GrantOut))
    belongings = ListOf(Nested(BelongingOut))
