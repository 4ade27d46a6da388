"""Yes, no or not known; lists of languages."""

import pytest
from marshmallow import ValidationError

from kernel.fields import LanguageList, Schema, YesNo


class Answers(Schema):
    permanent = YesNo(label="Permanent")
    languages = LanguageList(label="Languages")


@pytest.mark.parametrize("word", ["yes", "Yes", "oui", "نعم", "true", "1", True])
def test_yes_is_understood_in_every_language(word):
    assert Answers().load({"permanent": word})["permanent"] is True


@pytest.mark.parametrize("word", ["no", "NON", "لا", "false", "0", False])
def test_no_is_understood_in_every_language(word):
    assert Answers().load({"permanent": word})["permanent"] is False


@pytest.mark.parametrize("given", [{}, {"permanent": ""}, {"permanent": None}])
def test_an_empty_answer_is_not_known(given):
    assert Answers().load(given)["permanent"] is None


def test_another_answer_is_refused_and_says_what_to_enter():
    with pytest.raises(ValidationError, match="yes or no"):
        Answers().load({"permanent": "perhaps"})


@pytest.mark.parametrize(("value", "text"), [(True, "yes"), (False, "no"), (None, "")])
def test_a_stored_answer_fills_its_control(value, text):
    values = Answers().form_values({"permanent": value, "languages": ["en", "fr"]})
    assert values == {"permanent": text, "languages": "en, fr"}


@pytest.mark.parametrize("given", ["en, fr", "EN;fr;", "en، fr", ["en", "fr", "en"]])
def test_languages_are_listed_by_their_codes(given):
    assert Answers().load({"languages": given})["languages"] == ["en", "fr"]


@pytest.mark.parametrize("given", ["English", "en fr", ["xx"], [1], 5])
def test_what_is_no_language_code_is_refused(given):
    with pytest.raises(ValidationError, match="language codes"):
        Answers().load({"languages": given})


def test_no_languages_are_an_empty_list():
    assert Answers().load({"languages": ""})["languages"] == []
