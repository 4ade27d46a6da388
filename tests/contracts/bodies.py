"""A valid request for an operation, made from nothing but its schema."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from itertools import count
from typing import Any

import marshmallow as ma
from flask import Flask

from kernel import fields
from network.people.rules import SEATS
from tests.contracts.examples import LEFT_OVER, Example
from tests.contracts.library_examples import LIBRARY_TOGETHER

REFERENCES = {
    "alternate_id": "person_id",
    "author": "person_id",
    "chair_id": "person_id",
    "group": "group_id",
    "holder_id": "person_id",
    "in_reply_to": "post_id",
    "organisation": "organisation_id",
    # Who holds a function and who deputises.
    **dict.fromkeys((seat.key for seat in SEATS), "person_id"),
    "item_ids": "item_id",
    "topic_ids": "topic_id",
    "parent_id": "mission_id",
}
"""Fields that name an object under another word than the parameters of addresses do."""

AMONG_CHOICES = {
    "events": "workshop_id",
    "group_ids": "group_id",
    "organisation_ids": "organisation_id",
    "post_ids": "reply_id",
}
"""Lists of choices which are objects: what may be chosen comes from the database."""

Place = tuple[str | int, ...]
"""Where in a body something stands: the names of fields and the numbers of rows that lead to it."""

_WORDED_ONCE: dict[str, Any] = {
    **{f"{part}_{number}": None for part in ("language", "title", "body") for number in (2, 3)},
    "everybody": False,
    "regions": [],
    "due_on": "2099-01-01",
    "expires_on": "2099-02-01",
}
_LINE: dict[str, Any] = {
    "category": "travel",
    "driver": "units",
    "units": "4",
    "rate": "900",
    "currency": "GBP",
    "persons": None,
    "measure": None,
    "phase": None,
}
TOGETHER: dict[str, dict[str, Any]] = {
    # Only an advance team names the mission it prepares.
    "api_missions.create_mission": {"kind": "advance"},
    "api_announcements.draft": _WORDED_ONCE,
    "api_announcements.put_announcement": _WORDED_ONCE,
    "api_budgets.add_line": _LINE,
    "api_budgets.put_line": _LINE,
    # No term is over before it begins, and nobody stands in for herself.
    "api_groups.create_group": {"chair_term_ends_on": None},
    "api_groups.appoint_chair": {"term_ends_on": None},
    "api_groups.add_member": {"term_ends_on": None},
    "api_groups.invite": {"term_ends_on": None},
    "api_groups.fill_seat": {"alternate_id": None},
    "api_membership_applications.take_step": {"step": "considered"},
    "api_members.put_membership": {"membership": "suspended"},
    # Nobody is her own deputy, and a change makes a new version.
    "api_directory.put_functions": dict.fromkeys(seat.key for seat in SEATS),
    "api_people.grant_role": {"role": LEFT_OVER},
    "api_placements.draft_vacancy": {"closes_on": "2099-01-01"},
    "api_placements.put_vacancy": {"closes_on": "2099-01-01"},
    "api_workshops.put_workshop": {"state": "delivered"},
    "api_participants.import_participants": {"leave_out": ""},
    **LIBRARY_TOGETHER,
}
"""What an operation asks for that its schema alone does not tell."""

_PLACE = ("topic_id", "group_id", "post_id")
ALTERNATIVES = {"api_writing.put_draft": _PLACE, "api_writing.preview": _PLACE}
"""Fields of which one says where, and the others are not looked at beside it."""

OWN = {"api_groups.invite": {"person_id": "outside_id"}}
"""Which object an operation takes where the first of its kind would not do."""

FORMS = {
    "placements.outcome": {"outcome": "filled", "version": "1"},
    "plan.set_state": {"state": "doing", "version": "1"},
}
"""What a button sends, where the page looks at it before it looks for the object."""

_WORDED = {"title_1": "Ink recall", "body_1": "Send it.", "everybody": ""}
TYPED: dict[str, dict[str, str]] = {
    "admin_people.person": {"role": LEFT_OVER},
    "announcements.edit": _WORDED,
    "announcements.new": _WORDED,
    "feeds.new": {"name": "Reader"},
    "groups.new": {"name": "Seals"},
    "library.new": {"title": "Checklist", "subject": "legal_framework", "phase": "legal_framework"},
    "missions.new": {
        "kind": "advance",
        "country": "TO",
        "title": "Advance team",
        "polling_day": "2099-01-01",
    },
    "placements.new": {"title": "Placement", "summary": "A year.", "closes_on": "2099-01-01"},
    "topics.new": {"title": "Seals at sea", "body": "Do they hold?"},
    "topics.split": {"title": "Seals at sea"},
}
"""What somebody types into a form beside what it is filled with, so that it is accepted."""

_numbers = count(1)
_SAMPLES: list[tuple[type, Callable[[Any], Any]]] = [
    (fields.Boolean, lambda _: True),
    (fields.YesNo, lambda _: True),
    (fields.Choices, lambda field: [next(iter(field.enum)).value] if field.enum else ["x"]),
    (fields.Country, lambda _: "TO"),
    (fields.Currency, lambda _: "GBP"),
    (fields.Language, lambda _: "en"),
    (fields.LanguageList, lambda _: ["en"]),
    (fields.TimeZone, lambda _: "Pacific/Tongatapu"),
    (fields.Choice, lambda field: next(iter(field.enum)).value if field.enum else "member"),
    (fields.Date, lambda _: "2026-02-01"),
    (fields.PartialDay, lambda _: "2026-02"),
    (fields.Share, lambda _: "3/4"),
    (fields.Time, lambda _: "17:30"),
    (fields.Lines, lambda _: ["Law"]),
    (fields.DateTime, lambda _: "2026-02-01T10:00"),
    (fields.Integer, lambda field: max(1, getattr(field, "min", 1))),
    (fields.Decimal, lambda _: "1"),
    (fields.Email, lambda _: f"sample{next(_numbers)}@example.org"),
    (fields.Url, lambda _: "https://www.example.org"),
    (fields.Text, lambda _: f"Sample {next(_numbers)}"),
]


def schemas(app: Flask, endpoint: str) -> dict[str, ma.Schema]:
    """What an API operation takes, by where: json or query."""
    documented = getattr(app.view_functions[endpoint], "_apidoc", {})
    parameters = documented.get("arguments", {}).get("parameters", [])
    return {
        p["in"]: p["schema"]() if isinstance(p["schema"], type) else p["schema"] for p in parameters
    }


def sample(schema: ma.Schema, example: Example) -> dict[str, Any]:
    """Valid input for a schema; ids are those of objects of the example, a file is a pair with its name."""
    return {name: _value(field, name, example) for name, field in schema.load_fields.items()}


def references(schema: ma.Schema) -> list[Place]:
    """The places of a valid body where an object is named by its id, also inside lists and objects."""
    return [
        place for name, field in schema.load_fields.items() for place in _places(field, (name,))
    ]


def _places(field: Any, here: Place) -> Iterator[Place]:
    if isinstance(field, fields.Identifier):
        yield here
    elif isinstance(field, fields.Choices) and here[-1] in AMONG_CHOICES:
        yield (*here, 0)
    elif isinstance(field, ma.fields.List):
        yield from _places(field.inner, (*here, 0))
    elif isinstance(field, ma.fields.Nested):
        for place in references(field.schema):
            yield (*here, *place)


def at(body: dict[str, Any], place: Place) -> Any:
    """What stands at a place of a body."""
    found: Any = body
    for step in place:
        found = found[step]
    return found


def with_other(body: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """The field that leads to a place, as in the body but for the value at that place."""
    changed = {str(place[0]): deepcopy(body[str(place[0])])}
    *way, last = place
    at(changed, tuple(way))[last] = value
    return changed


def _value(field: Any, name: str, example: Example) -> Any:
    if isinstance(field, fields.Choices) and name in AMONG_CHOICES:
        return [example.value(AMONG_CHOICES[name])]
    if isinstance(field, fields.Identifier):
        return example.value(REFERENCES.get(name, name))
    if isinstance(field, ma.fields.Nested):
        return sample(field.schema, example)
    if isinstance(field, ma.fields.List):
        return [_value(field.inner, name, example)]
    if isinstance(field, fields.Upload):
        return (BytesIO(b"heading\nvalue\n"), "sample.csv")
    for kind, make in _SAMPLES:
        if isinstance(field, kind):
            return make(field)
    raise KeyError(f"no sample for {name}, a {type(field).__name__}")
