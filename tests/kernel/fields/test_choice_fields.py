import io
import uuid
from datetime import date
from enum import StrEnum

import pytest
from marshmallow import ValidationError
from werkzeug.datastructures import FileStorage, MultiDict

from kernel.fields import (
    Boolean,
    Choice,
    Choices,
    Country,
    Currency,
    Date,
    Identifier,
    Language,
    Schema,
    TimeZone,
    Upload,
)


class Kind(StrEnum):
    QUESTION = "question"
    DISCUSSION = "discussion"


class Everything(Schema):
    kind = Choice(Kind, labels={Kind.QUESTION: "Question"}, label="Kind")
    kinds = Choices(Kind, label="Kinds")
    pinned = Boolean(label="Pinned")
    group = Identifier(label="Group")
    day = Date(label="Polling day", max=date(2099, 12, 31))
    country = Country(label="Country")
    currency = Currency(label="Currency")
    language = Language(label="Language", only=("en", "fr", "ar"))
    zone = TimeZone(label="Time zone")
    files = Upload(label="Files", multiple=True)


def refusal(load, data):
    with pytest.raises(ValidationError) as caught:
        load(data)
    return caught.value.messages


def test_form_and_json_load_to_the_same_values():
    group = uuid.uuid4()
    form = MultiDict(
        {
            "kind": "question",
            "kinds": ["question", "discussion"],
            "pinned": "on",
            "group": str(group),
            "day": "2026-05-03",
            "country": "NA",
            "currency": "XOF",
            "language": "fr",
            "zone": "Africa/Windhoek",
            "csrf_token": "x",
            "version": "4",
        }
    )
    body = {
        "kind": "question",
        "kinds": ["question", "discussion"],
        "pinned": True,
        "group": str(group),
        "day": "2026-05-03",
        "country": "na",
        "currency": "xof",
        "language": "FR",
        "zone": "Africa/Windhoek",
    }
    loaded = Everything().load_form(form)
    assert loaded == Everything().load(body)
    assert loaded["kinds"] == [Kind.QUESTION, Kind.DISCUSSION]
    assert loaded["day"] == date(2026, 5, 3)
    assert loaded["group"] == group


def test_empty_form_loads_to_nothing_chosen():
    loaded = Everything().load_form(MultiDict({"kind": "", "group": "", "day": ""}))
    assert loaded["pinned"] is False
    assert loaded["kinds"] == []
    assert loaded["files"] == []
    assert loaded["kind"] is loaded["group"] is loaded["day"] is None


@pytest.mark.parametrize(
    ("field", "given", "message"),
    [
        ("kind", "poem", "Choose one of the listed options for “Kind”."),
        ("kind", ["question"], "Choose one of the listed options for “Kind”."),
        ("kinds", 3, "Send a list for “Kinds”."),
        ("pinned", "perhaps", "Answer “Pinned” with yes or no (in JSON: true or false)."),
        ("pinned", 1, "Answer “Pinned” with yes or no (in JSON: true or false)."),
        ("group", "12", "Choose one of the listed options for “Group”."),
        ("day", "3/5/2026", "Enter “Polling day” as year-month-day, for example 2026-05-03."),
        ("day", "20260503", "Enter “Polling day” as year-month-day, for example 2026-05-03."),
        ("day", "2026-02-30", "Enter “Polling day” as year-month-day, for example 2026-05-03."),
        ("day", "2150-01-01", "Enter a date from 1900-01-01 to 2099-12-31 for “Polling day”."),
        ("zone", "Mars/Olympus", "Choose a time zone for “Time zone”, for example Africa/Nairobi."),
        (
            "language",
            "sw",
            "Choose a language for “Language”; in data use its two-letter ISO code.",
        ),
        ("country", "UK", "Choose a country for “Country”; in data use its two-letter ISO code."),
    ],
)
def test_refusal_says_what_to_choose(field, given, message):
    assert refusal(Everything().load, {field: given}) == {field: [message]}


def test_field_nobody_knows_is_refused_in_json():
    assert refusal(Everything().load, {"colour": "red"}) == {
        "colour": ["This field is not known here. Remove it."]
    }


def test_body_that_is_no_object_is_refused():
    assert refusal(Everything().load, "text") == {
        "_schema": ["Send an object with the fields of this request."]
    }


def test_files_of_a_form_are_taken_and_empty_controls_ignored():
    plan = FileStorage(io.BytesIO(b"x"), filename="plan.pdf")
    nothing = FileStorage(io.BytesIO(b""), filename="")
    loaded = Everything().load_form(MultiDict(), MultiDict([("files", plan), ("files", nothing)]))
    assert loaded["files"] == [plan]


def test_text_in_place_of_a_file_is_refused():
    assert refusal(Everything().load, {"files": ["plan.pdf"]}) == {
        "files": ["Choose a file for “Files”."]
    }


def test_countries_are_listed_by_name_in_the_language_of_the_reader(reader):
    with reader("fr"):
        names = [label for _, label in Everything().load_fields["country"].form_choices()]
    assert "Allemagne" in names
    assert names == sorted(names)
