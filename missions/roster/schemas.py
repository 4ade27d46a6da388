"""The shapes of commands and answers about a mission's team."""

from typing import Any

from kernel import fields
from kernel.errors import N_
from missions.roster.rules import NominationState
from missions.roster.words import STEPS


class SearchSchema(fields.Schema):
    """How people are looked for: in the address of the page, and as parameters of the API."""

    q = fields.Text(label=N_("Name, organisation or workshop"), max_length=100)
    programme = fields.Text(label=N_("Programme"), max_length=60)
    free = fields.Boolean(label=N_("Free for the whole time in the country"))


class NominateSchema(fields.Schema):
    """Whom to nominate."""

    person_id = fields.Identifier(label=N_("Person"), required=True)


class StepSchema(fields.Schema):
    """The state a nomination goes to."""

    state = fields.Choice(NominationState, labels=STEPS, label=N_("State"), required=True)


class DaysOutput(fields.Schema):
    """Days, both ends included."""

    first = fields.Date(attribute="start")
    last = fields.Date(attribute="end")


class TrainingOutput(fields.Schema):
    """A workshop somebody took part in."""

    programme = fields.Text()
    title = fields.Text()
    country = fields.Country()
    held = fields.PartialDay()
    attended_minutes = fields.Integer(attribute="minutes")
    scheduled_minutes = fields.Integer(attribute="scheduled")
    earned_certificate = fields.Boolean()


class PersonOutput(fields.Schema):
    """Somebody with training."""

    person_id = fields.Identifier()
    name = fields.Text()
    gender = fields.Text()
    countries = fields.Choices()
    organisation = fields.Text()
    language = fields.Text()
    workshops = fields.Nested(TrainingOutput, many=True)
    free = fields.Nested(DaysOutput, many=True)


class PlacedOutput(fields.Schema):
    """Another mission that counts on somebody on some of the days."""

    mission_id = fields.Identifier()
    title = fields.Text()
    period = fields.Nested(DaysOutput)


class NominationOutput(fields.Schema):
    """A nomination as it is kept; the days are those the person is taken for."""

    id = fields.Identifier()
    person_id = fields.Identifier()
    state = fields.Text()
    first = fields.Date(attribute="starts_on")
    last = fields.Date(attribute="ends_on")
    credentials_at = fields.DateTime()
    consent_withdrawn_at = fields.DateTime()
    version = fields.Integer()


class NominatedOutput(fields.Schema):
    """A nomination with the person as she was known then, and what stands in the way now."""

    nomination = fields.Nested(NominationOutput)
    person = fields.Nested(PersonOutput)
    freedom = fields.Text()
    elsewhere = fields.Nested(PlacedOutput, allow_none=True)


class TeamOutput(fields.Schema):
    """Everybody nominated; `fixed` tells whether polling day, and with it `days`, is certain."""

    days = fields.Nested(DaysOutput, allow_none=True)
    fixed = fields.Boolean()
    nominated = fields.Nested(NominatedOutput, many=True)


class CandidateOutput(fields.Schema):
    """Somebody who could be nominated; `nominated` is the state of a nomination that exists."""

    person = fields.Nested(PersonOutput)
    freedom = fields.Text()
    elsewhere = fields.Nested(PlacedOutput, allow_none=True)
    nominated = fields.Text()


class FoundOutput(fields.Schema):
    """The people found. `answered` is false where nobody keeps records of training."""

    days = fields.Nested(DaysOutput, allow_none=True)
    fixed = fields.Boolean()
    own_country_left_out = fields.Boolean()
    answered = fields.Boolean(attribute="answer.answered")
    more = fields.Boolean(attribute="answer.more")
    programmes = fields.Choices(attribute="answer.programmes")
    candidates = fields.Nested(CandidateOutput, many=True)


def search_of(asked: dict[str, Any]) -> dict[str, Any]:
    """What is looked for, from what was asked in an address."""
    return {
        "text": asked["q"] or "",
        "programme": asked["programme"] or None,
        "free": asked["free"],
    }
