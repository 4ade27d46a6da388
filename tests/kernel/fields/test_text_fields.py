import pytest
from marshmallow import ValidationError

from kernel.fields import Email, LongText, Password, Schema, Text, Url


class Person(Schema):
    name = Text(label="Name", required=True, max_length=20)
    note = LongText(label="Note")
    mail = Email(label="Mail address")
    site = Url(label="Web address")
    secret = Password(label="Password")


def load(**data):
    return Person().load({"name": "Ama", **data})


def refusal(**data):
    with pytest.raises(ValidationError) as caught:
        load(**data)
    return caught.value.messages


def test_text_is_trimmed_and_its_blanks_made_one():
    assert load(name="  Ama \t  Mensah ")["name"] == "Ama Mensah"


def test_text_is_stored_in_composed_characters():
    assert load(name="Zoe\u0308")["name"] == "Zoë"


@pytest.mark.parametrize("blank", ["", "   ", None])
def test_blank_optional_text_is_none(blank):
    assert load(note=blank)["note"] is None


@pytest.mark.parametrize("blank", ["", "   ", None])
def test_blank_required_text_is_refused_by_its_label(blank):
    assert refusal(name=blank) == {"name": ["Enter “Name”."]}


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\ud800", "\u202e"])
def test_characters_that_cannot_be_shown_are_refused(char):
    assert "Type “Name” again" in refusal(name=f"A{char}ma")["name"][0]
    assert "Type “Note” again" in refusal(note=f"A{char}ma")["note"][0]


def test_text_too_long_says_how_long_it_may_be_and_is():
    assert refusal(name="x" * 21)["name"] == [
        "Shorten “Name” to 20 characters or fewer; it has 21."
    ]


def test_number_in_place_of_text_is_refused():
    assert refusal(name=5)["name"] == ["Enter text."]


def test_long_text_keeps_its_lines_with_one_kind_of_break():
    assert load(note="One  \r\n\r\n  two\rthree\n")["note"] == "One\n\n  two\nthree"


def test_mail_address_is_stored_in_lower_case():
    assert load(mail=" Ama.Mensah@EC.example.ORG ")["mail"] == "ama.mensah@ec.example.org"


@pytest.mark.parametrize(
    "typed", ["ama", "ama@", "@example.org", "a b@example.org", "ama@example", "a..b@example.org"]
)
def test_mail_address_that_is_none_is_refused(typed):
    assert refusal(mail=typed)["mail"] == ["Enter a mail address like name@example.org."]


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "www.example.org", "http://", "http://[x"]
)
def test_web_address_that_is_none_is_refused(typed):
    assert refusal(site=typed)["site"] == [
        "Enter a web address that begins with https:// or http://."
    ]


def test_web_address_is_kept_as_typed():
    assert load(site=" https://Example.org/A?b=c ")["site"] == "https://Example.org/A?b=c"


def test_password_keeps_its_blanks_and_is_normalised():
    assert load(secret=" o\u0308 \uff21 ")["secret"] == " ö A "
