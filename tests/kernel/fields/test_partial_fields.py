"""Days known in part, and exact shares."""

from fractions import Fraction

import pytest
from marshmallow import ValidationError

from kernel import fields
from kernel.values.partial_dates import PartialDate


class Facts(fields.Schema):
    held = fields.PartialDay(label="Held", min_year=2000, max_year=2030)
    share = fields.Share(label="Share")


def load(**given):
    return Facts().load(given)


def load_form(**given):
    return Facts().load_form(given)


@pytest.mark.parametrize("text", ["2015", "2015-08", "2015-08-03"])
def test_a_day_is_kept_as_far_as_it_is_known(text):
    day = load(held=text)["held"]
    assert day == PartialDate.parse(text)
    assert Facts().dump({"held": day})["held"] == text
    assert Facts().form_values({"held": day})["held"] == text


@pytest.mark.parametrize("text", ["2015-13", "2015-02-30", "August 2015", "15-08", 2015, "2015-8"])
def test_a_day_that_cannot_be_read_is_refused_with_what_to_enter(text):
    with pytest.raises(ValidationError) as refused:
        load(held=text)
    assert "for example 2015, 2015-08 or 2015-08-03" in refused.value.messages["held"][0]


def test_a_year_beyond_the_bounds_is_refused():
    with pytest.raises(ValidationError) as refused:
        load(held="1066")
    assert refused.value.messages["held"] == ["Enter a year from 2000 to 2030 for “Held”."]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("4/5", Fraction(4, 5)),
        ("80%", Fraction(4, 5)),
        ("80 %", Fraction(4, 5)),
        ("٨٠٪", Fraction(4, 5)),
        ("87.5 %", Fraction(7, 8)),
        ("100%", Fraction(1)),
    ],
)
def test_a_share_is_a_fraction_or_a_percentage(app, text, share):
    assert load_form(share=text)["share"] == share


@pytest.mark.parametrize("text", ["80", "0.8", "four fifths", "%", "1.00001%", 0.8])
def test_a_share_that_could_mean_two_things_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        load(share=text)
    assert "for example 4/5 or 80 %." in refused.value.messages["share"][0]


@pytest.mark.parametrize("text", ["0/5", "6/5", "0%", "101%", "-5%"])
def test_a_share_beyond_the_whole_is_refused(text):
    with pytest.raises(ValidationError):
        load(share=text)


def test_a_share_is_written_as_a_fraction():
    assert Facts().dump({"share": Fraction(2, 3)})["share"] == "2/3"
    assert Facts().form_values({"share": Fraction(4, 5)})["share"] == "4/5"
