from decimal import Decimal as Number

import pytest
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from kernel.fields import Decimal, Integer, MoneyAmount, Schema, Version


class Cost(Schema):
    amount = MoneyAmount(label="Amount")
    share = Decimal(label="Share", places=2, max=100)
    people = Integer(label="People", min=1, max=500)


def in_json(**data):
    return Cost().load(data)


def in_form(**data):
    return Cost().load_form(MultiDict(data))


def refusal(load, **data):
    with pytest.raises(ValidationError) as caught:
        load(**data)
    return caught.value.messages


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en_GB", "1,250.50"),
        ("en_GB", "1250.5"),
        ("fr", "1 250,50"),
        ("fr", "1\u202f250,50"),
        ("fr", "1250.50"),
        ("ar", "١٬٢٥٠٫٥٠"),
        ("ar", "1,250.50"),
        ("pt", "1.250,50"),
    ],
)
def test_amount_is_read_as_the_reader_writes_it(reader, language, typed):
    with reader(language):
        assert in_form(amount=typed)["amount"] == Number("1250.50")


@pytest.mark.parametrize(
    ("language", "typed"), [("en_GB", "12,50"), ("en_GB", "1e3"), ("fr", "1.250"), ("en_GB", "NaN")]
)
def test_amount_that_could_mean_two_things_is_refused(reader, language, typed):
    with reader(language):
        assert "Enter an amount" in refusal(in_form, amount=typed)["amount"][0]


def test_refusal_shows_an_example_as_the_reader_writes(reader):
    with reader("fr"):
        message = refusal(in_form, amount="beaucoup")["amount"][0]
    assert "1\u202f250,5" in message


@pytest.mark.parametrize(("given", "loaded"), [("1250.50", "1250.50"), (1250, "1250")])
def test_json_gives_an_amount_as_string_or_whole_number(given, loaded):
    assert in_json(amount=given)["amount"] == Number(loaded)


def test_json_fraction_is_refused_because_it_has_lost_digits():
    assert refusal(in_json, amount=1250.5)["amount"] == [
        "Send “Amount” as a string, for example 1250.50: fractions lose digits."
    ]


@pytest.mark.parametrize("given", ["1,250.50", True, "Infinity", [], "1" * 60, "١٢"])
def test_json_amount_in_any_other_form_is_refused(given):
    assert "Enter an amount" in refusal(in_json, amount=given)["amount"][0]


def test_amount_below_zero_is_refused_with_its_bounds(reader):
    with reader("en_GB"):
        assert refusal(in_form, amount="-1")["amount"] == [
            "Enter an amount from 0 to 9,999,999,999 for “Amount”."
        ]


def test_more_decimals_than_allowed_are_refused_not_rounded():
    assert refusal(in_json, share="12.345")["share"] == ["Enter “Share” with at most 2 decimals."]


@pytest.mark.parametrize("given", [0, 501, "501"])
def test_whole_number_out_of_bounds_is_refused(given):
    assert refusal(in_json, people=given)["people"] == [
        "Enter a number from 1 to 500 for “People”."
    ]


@pytest.mark.parametrize("given", ["1.5", 1.0, True, "many", "1" * 5000])
def test_what_is_no_whole_number_is_refused(given):
    assert refusal(in_json, people=given)["people"] == [
        "Enter a whole number for “People”, for example 12."
    ]


def test_version_is_a_whole_number_from_one():
    field = Version(label="Version")
    assert field.deserialize("3") == 3
    with pytest.raises(ValidationError):
        field.deserialize("0")


def test_amount_is_written_for_the_form_as_the_reader_types_it(reader):
    with reader("fr"):
        filled = Cost().form_values({"amount": Number("1250.50"), "people": 3})
    assert filled == {"amount": "1250,50", "share": "", "people": "3"}


def test_amount_is_answered_in_json_as_a_string():
    assert Cost().dump({"amount": Number("1250.50")}) == {"amount": "1250.50"}
