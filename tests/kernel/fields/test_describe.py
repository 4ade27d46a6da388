from enum import StrEnum

import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_babel import Babel, force_locale

from kernel.fields import Choices, Date, Identifier, MoneyAmount, Schema, Text, describe
from kernel.fields.base import translate


class Need(StrEnum):
    VISA = "visa"
    HOTEL = "hotel"


class Trip(Schema):
    title = Text(label="Title", hint="As it stands in the letter", required=True, max_length=80)
    group = Identifier(label="Group", widget="radios")
    needs = Choices(Need, labels={Need.VISA: "Visa"}, label="Needs")
    cost = MoneyAmount(label="Cost", attrs={"autocomplete": "off"})
    day = Date(label="Day", required=True)


def test_fields_are_described_in_order_with_what_a_macro_needs():
    title, group, needs, cost, day = describe(
        Trip(), {"group": [("7", "Steering committee", "Private")]}
    )
    assert (title.name, title.label, title.hint) == ("title", "Title", "As it stands in the letter")
    assert (title.widget, title.required, title.attrs) == ("text", True, {"maxlength": "80"})
    assert (group.widget, group.choices) == ("radios", [("7", "Steering committee", "Private")])
    assert [option.label for option in needs.choices] == ["Visa", "hotel"]
    assert (cost.widget, cost.attrs["autocomplete"]) == ("money", "off")
    assert (day.widget, day.attrs["min"]) == ("date", "1900-01-01")


def test_texts_are_translated_to_plain_strings():
    app = Flask("described")
    Babel(app, default_locale="fr")
    with app.app_context():
        assert type(translate("Enter “%(label)s”.", label="x")) is str


def test_openapi_says_type_format_and_bounds_of_each_field():
    spec = APISpec("t", "1", "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.schema("Trip", schema=Trip)
    described = spec.to_dict()["components"]["schemas"]["Trip"]
    fields = described["properties"]
    assert set(described["required"]) == {"title", "day"}
    assert fields["title"]["type"] == "string"
    assert fields["title"]["maxLength"] == 80
    assert fields["title"]["title"] == "Title"
    assert fields["group"] == {
        "type": ["string", "null"],
        "format": "uuid",
        "title": "Group",
        "default": None,
    }
    assert fields["needs"]["items"] == {"type": "string", "enum": ["visa", "hotel"]}
    assert fields["cost"]["type"] == ["string", "null"]
    assert fields["day"]["format"] == "date"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_field_without_a_hint_has_none_in_any_language(app, language):
    class Plain(Schema):
        name = Text(label="Name")

    with app.test_request_context(), force_locale(language):
        [field] = describe(Plain())
    assert field.hint == ""
