from datetime import time

import pytest
from marshmallow import ValidationError

from kernel.fields import Lines, Schema, Time


class Call(Schema):
    at = Time(label="Time")
    subjects = Lines(label="Subjects", max_length=12, most=3)


def refusal(**data):
    with pytest.raises(ValidationError) as caught:
        Call().load(data)
    return caught.value.messages


def test_time_is_hours_and_minutes_and_may_be_left_out():
    assert Call().load({"at": "17:30"})["at"] == time(17, 30)
    assert Call().load({"at": ""})["at"] is None
    assert Call().dump({"at": time(7, 5)})["at"] == "07:05"
    assert Call().form_values({"at": time(7, 5)})["at"] == "07:05"


@pytest.mark.parametrize("typed", ["24:00", "7:5", "noon", "17:30:00", 1730, "١٧:٣٠", "17:60"])
def test_what_is_no_time_is_refused_with_an_example(typed):
    assert refusal(at=typed)["at"] == ["Enter “Time” as hours and minutes, for example 17:30."]


def test_lines_are_trimmed_and_each_is_kept_once():
    typed = " Law \r\n\r\nPolitical\tX\nLaw"
    assert Call().load({"subjects": typed})["subjects"] == ["Law", "Political X"]
    assert Call().load({"subjects": ["Law", "Law"]})["subjects"] == ["Law"]
    assert Call().load({})["subjects"] == []
    assert Call().form_values({"subjects": ("Law", "Arts")})["subjects"] == "Law\nArts"


def test_a_line_too_long_too_many_lines_and_no_text_are_refused():
    assert "Shorten" in refusal(subjects="x" * 13)["subjects"][0]
    assert "at most 3 lines" in refusal(subjects="a\nb\nc\nd")["subjects"][0]
    assert "subjects" in refusal(subjects=[1])
    assert "subjects" in refusal(subjects={"a": 1})
