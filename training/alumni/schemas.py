"""The shapes of commands and answers about alumni: forms, addresses, JSON."""

from kernel import fields
from kernel.errors import N_
from kernel.questions.credentials import Purpose
from training.alumni.words import ALLOWED


class AvailabilitySchema(fields.Schema):
    """Days on which one could go."""

    starts_on = fields.Date(label=N_("First day"), required=True)
    ends_on = fields.Date(
        label=N_("Last day"), hint=N_("The last day counts as well."), required=True
    )


class ConsentSchema(fields.Schema):
    """Whether a purpose is allowed from now on."""

    purpose = fields.Choice(Purpose, labels=ALLOWED, label=N_("Purpose"), required=True)
    given = fields.Boolean(label=N_("Allowed"))


class AlumniQuery(fields.Schema):
    """How the list of alumni is narrowed: in the address of the page, and as parameters of the API."""

    q = fields.Text(label=N_("Name"), max_length=100)
    workshop_id = fields.Identifier(label=N_("Workshop"))
    country = fields.Country(label=N_("Country"))


class AlumniListQuery(AlumniQuery):
    """One page of the narrowed list."""

    page = fields.Integer(label=N_("Page"), min=1, max=10_000, load_default=1)


class AttestedOutput(fields.Schema):
    """A workshop as its organiser attests it; `held` is known to the day, the month or the year."""

    workshop_id = fields.Identifier()
    programme = fields.Text()
    title = fields.Text()
    city = fields.Text()
    country = fields.Country()
    held = fields.PartialDay()
    attended_minutes = fields.Integer(attribute="standing.attended")
    scheduled_minutes = fields.Integer(attribute="standing.scheduled")
    earned_certificate = fields.Boolean(attribute="standing.earned")


class AvailabilityOutput(AvailabilitySchema):
    """Days one could go, as they are kept."""

    id = fields.Identifier()


class ConsentOutput(fields.Schema):
    """A consent that stands."""

    purpose = fields.Text()
    given_at = fields.DateTime()


class MyRecordOutput(fields.Schema):
    """One's own record."""

    state = fields.Text(attribute="record.state")
    attested = fields.Nested(AttestedOutput, many=True)
    availability = fields.Nested(AvailabilityOutput, many=True)
    consents = fields.Nested(ConsentOutput, many=True)


class AlumnaOutput(fields.Schema):
    """One person of the list."""

    person_id = fields.Identifier()
    name = fields.Text()
    gender = fields.Text()
    country = fields.Country()
    organisation = fields.Text()
    workshops = fields.Integer()
    minutes = fields.Integer()
    state = fields.Text()
    allows = fields.Choices()


class GenderCountOutput(fields.Schema):
    """How many people of the list are of a gender."""

    gender = fields.Text()
    people = fields.Integer()


class AlumniOutput(fields.Schema):
    """A page of alumni, with everybody the filter leaves counted by gender."""

    items = fields.Nested(AlumnaOutput, many=True)
    total = fields.Integer()
    by_gender = fields.Nested(GenderCountOutput, many=True)
