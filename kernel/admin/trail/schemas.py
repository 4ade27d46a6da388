"""How the trail is narrowed, and how it is answered."""

from marshmallow import fields as plain

from kernel.errors import N_
from kernel.fields import Boolean, Date, DateTime, Identifier, Integer, ListOf, Nested, Schema, Text


class TrailQuery(Schema):
    """What is looked for; kept in the address of the page."""

    actor = Text(label=N_("Who"), max_length=100)
    action = Text(label=N_("What was done"), max_length=60)
    object = Text(label=N_("To what"), max_length=100)
    first = Date(label=N_("From"))
    last = Date(label=N_("Until"))
    page = Integer(label=N_("Page"), min=1, max=1_000_000, load_default=1)


class ChangeOut(Schema):
    """One value that changed, as it was kept."""

    name = Text()
    before = plain.Raw(allow_none=True)
    after = plain.Raw(allow_none=True)


class EntryOut(Schema):
    """One entry."""

    id = Identifier()
    at = DateTime()
    actor = Text()
    action = Text()
    object_kind = Text()
    object_id = Text()
    object_label = Text()
    changes = ListOf(Nested(ChangeOut))
    sealed = Boolean()


class TrailPageOut(Schema):
    """One page of the trail."""

    items = ListOf(Nested(EntryOut))
    page = Integer()
    pages = Integer()
    total = Integer()
