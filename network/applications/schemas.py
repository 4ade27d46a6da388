"""The shapes of applications for membership: forms, addresses, JSON."""

from typing import Any

from flask_babel import gettext
from marshmallow import ValidationError, validates_schema

from kernel import fields
from kernel.errors import N_
from network.applications.rules import (
    KIND_LABELS,
    STATE_LABELS,
    STEP_LABELS,
    ApplicationState,
    Kind,
)


class ApplicationInput(fields.Schema):
    """What an organisation writes that applies, or the secretariat enters for it."""

    kind = fields.Choice(
        Kind,
        label=N_("What the organisation is"),
        labels=KIND_LABELS,
        widget="radios",
        required=True,
    )
    name = fields.Text(label=N_("Name of the organisation"), required=True)
    country = fields.Country(
        label=N_("Country"), hint=N_("May stay empty for a partner of several countries.")
    )
    statement = fields.LongText(
        label=N_("Why the organisation applies"),
        hint=N_("What it does, and what it expects of the network."),
        max_length=4_000,
        rows=6,
        required=True,
    )
    contact_name = fields.Text(
        label=N_("Who answers for the application"), hint=N_("First and last name."), required=True
    )
    contact_address = fields.Email(
        label=N_("Mail address of this person"),
        hint=N_("The decision is sent there."),
        required=True,
    )

    @validates_schema
    def _place_bodies(self, data: dict[str, Any], **_: Any) -> None:
        if data["kind"] is Kind.EMB and not data["country"]:
            raise ValidationError(
                gettext("Choose the country whose elections this body manages."), "country"
            )


class ApplicationReceived(fields.Schema):
    """All that is told to who applies: the decision comes by mail."""

    received = fields.Boolean()


class ApplicationStepInput(fields.Schema):
    """A step of an application."""

    step = fields.Choice(
        ApplicationState, label=N_("What to do"), labels=STEP_LABELS, widget="radios", required=True
    )
    reason = fields.LongText(
        label=N_("Reason"),
        hint=N_("Kept in the history. A decision needs one, such as the meeting that took it."),
        max_length=500,
        rows=3,
        load_default="",
    )
    tell = fields.Boolean(
        label=N_("Tell the contact by mail"),
        hint=N_(
            "After an admission, as an invitation to be the focal point; after a refusal, with the reason."
        ),
    )


class ApplicationQuery(fields.Schema):
    """How the list is narrowed, one page at a time."""

    state = fields.Choice(ApplicationState, label=N_("State"), labels=STATE_LABELS)
    page = fields.Integer(label=N_("Page"), min=1, max=10_000, load_default=1)


class ApplicationOut(fields.Schema):
    """An application in a list."""

    id = fields.Identifier()
    kind = fields.Text()
    name = fields.Text()
    country = fields.Text()
    state = fields.Text()
    received_at = fields.DateTime()
    decided_at = fields.DateTime()


class ApplicationPage(fields.Schema):
    """One page of applications."""

    items = fields.ListOf(fields.Nested(ApplicationOut))
    page = fields.Integer()
    pages = fields.Integer()
    total = fields.Integer()


class ApplicationStepOut(fields.Schema):
    """A step an application took."""

    before = fields.Text()
    after = fields.Text()
    reason = fields.Text()
    by = fields.Text()
    taken_at = fields.DateTime()


class ApplicationDetail(ApplicationOut):
    """An application with its letter and its history; the contact is null once it is forgotten."""

    statement = fields.Text()
    contact_name = fields.Text()
    contact_address = fields.Text()
    organisation_id = fields.Identifier()
    version = fields.Integer()
    history = fields.ListOf(fields.Nested(ApplicationStepOut))


SHOWN = tuple(name for name in ApplicationDetail().fields if name != "history")
"""What an answer takes from the application itself."""
