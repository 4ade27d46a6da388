from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.mail.message import Letter, Mailbox, compose, derived_message_id

LETTER = Letter(
    sender=Mailbox("Pacific Network", "no-reply@pacific.example"),
    recipient=Mailbox("Zoë Ö'Brien, Commissioner", "zoe@example.org"),
    subject="Élections",
    text="Bonjour,\n\nمرحبا\n",
    language="fr",
    message_id="abc@pacific.example",
    written_at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
)
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Content-Language",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}


def parsed(letter: Letter) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(compose(letter).as_bytes(), policy=default))


def test_a_letter_becomes_a_message_with_all_it_needs() -> None:
    message = parsed(LETTER)
    assert set(message.keys()) == HEADERS
    assert message["Subject"] == "Élections"
    assert message["To"].addresses[0].display_name == "Zoë Ö'Brien, Commissioner"
    assert message["To"].addresses[0].addr_spec == "zoe@example.org"
    assert message["Message-ID"] == "<abc@pacific.example>"
    assert message["Date"].datetime == LETTER.written_at
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message.get_content().splitlines() == LETTER.text.splitlines()


def test_the_bytes_pass_through_servers_that_know_only_ascii() -> None:
    assert compose(LETTER).as_bytes().isascii()


def test_list_headers_are_passed_on() -> None:
    message = parsed(replace(LETTER, headers={"List-Id": "<topics.pacific.example>"}))
    assert message["List-Id"] == "<topics.pacific.example>"


def test_a_header_outside_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="Bcc"):
        compose(replace(LETTER, headers={"Bcc": "someone@example.org"}))


@given(name=st.text(max_size=40), subject=st.text(max_size=120))
def test_nothing_a_person_typed_adds_a_header(name: str, subject: str) -> None:
    letter = replace(
        LETTER, subject=subject, recipient=Mailbox(name, "zoe@example.org"), text="body\n"
    )
    message = parsed(letter)
    assert set(message.keys()) <= HEADERS
    assert [one.addr_spec for one in message["To"].addresses] == ["zoe@example.org"]
    assert message.get_content().strip() == "body"


def test_line_breaks_in_a_subject_become_spaces() -> None:
    message = parsed(replace(LETTER, subject="Hello\r\nBcc: victim@example.org"))
    assert message["Subject"] == "Hello Bcc: victim@example.org"
    assert "Bcc" not in message


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\n",
        "a@example.org, b@example.org",
        "zoë@example.org",
        "example.org",
        "",
    ],
)
def test_what_is_not_exactly_one_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"one address|line break"):
        compose(replace(LETTER, recipient=Mailbox("", address)))


def test_a_line_break_in_a_list_header_is_refused() -> None:
    with pytest.raises(ValueError, match="line break"):
        compose(replace(LETTER, headers={"List-Id": "a\r\nBcc: b@example.org"}))


def test_a_domain_in_another_script_goes_by_its_ascii_name() -> None:
    message = parsed(replace(LETTER, recipient=Mailbox("", "zoe@münchen.example")))
    assert message["To"].addresses[0].addr_spec == "zoe@xn--mnchen-3ya.example"


def test_a_derived_message_id_is_stable_and_tells_parts_apart() -> None:
    first = derived_message_id("a.example", "topic", "12")
    assert first == derived_message_id("a.example", "topic", "12")
    assert first != derived_message_id("a.example", "topic1", "2")
    assert first.endswith("@a.example")


LONG = "https://cen.example.org/network/discussions?group=01a201d8-8362-7085-b6eb-1c1dcb08e1dc"


def test_addresses_and_identities_that_are_longer_than_a_line_stay_whole() -> None:
    identities = [f"<{'a' * 70}{n}@{'b' * 40}.example.org>" for n in range(3)]
    letter = replace(
        LETTER, headers={"List-Unsubscribe": f"<{LONG}>", "References": " ".join(identities)}
    )
    raw = compose(letter).as_bytes()
    assert f"List-Unsubscribe: <{LONG}>\r\n".encode() in raw
    assert "References: {}\r\n {}\r\n {}\r\n".format(*identities).encode() in raw
    read = message_from_bytes(raw, policy=default)
    assert str(read["List-Unsubscribe"]) == f"<{LONG}>"
    assert str(read["References"]).split() == identities
