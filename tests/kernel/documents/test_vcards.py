"""Cards for address books, read back by a parser and held against RFC 6350."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentlines, unescape_char

from kernel.documents.vcards import Card, vcards

UID = UUID("01900000-0000-7000-8000-000000000001")


def read(content):
    """The properties of every card, by name, each with its values."""
    found = []
    for line in Contentlines.from_ical(content.decode()):
        if not line:
            continue
        name, _parameters, value = line.parts()
        if name == "BEGIN":
            found.append({})
        found[-1].setdefault(name, []).append(unescape_char(value))
    return found


def test_a_card_says_what_is_known_and_nothing_else():
    [card] = read(vcards([Card(UID, "Selma Fictional", organisation="Electoral Commission")]))
    assert card == {
        "BEGIN": ["VCARD"],
        "VERSION": ["4.0"],
        "KIND": ["individual"],
        "UID": [UID.urn],
        "FN": ["Selma Fictional"],
        "ORG": ["Electoral Commission"],
        "END": ["VCARD"],
    }


def test_a_full_card_has_every_property_in_its_form():
    [card] = read(
        vcards(
            [
                Card(
                    UID,
                    "Selma Fictional",
                    country="Namibia",
                    roles=["Focal point", "Training"],
                    mail="selma@example.org",
                    telephone="+264 (61) 123-456",
                    languages=["fr", "en"],
                    categories=["Registers, voters", "Ink"],
                )
            ]
        )
    )
    assert card["TEL"] == ["tel:+26461123456"]
    assert card["ADR"] == [";;;;;;Namibia"]
    assert card["ROLE"] == ["Focal point", "Training"]
    assert card["LANG"] == ["fr", "en"]
    assert card["EMAIL"] == ["selma@example.org"]
    assert card["CATEGORIES"] == ["Registers, voters,Ink"]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("+264 (61) 123-456", "TEL;VALUE=uri:tel:+26461123456"),
        ("+44 (0)20 7946 0000", "TEL;VALUE=uri:tel:+442079460000"),
        ("061 123 456", "TEL:061 123 456"),  # of which country, nobody knows
        ("+264 61 123 456 ext. 12", "TEL:+264 61 123 456 ext. 12"),
    ],
)
def test_a_number_is_dialled_as_it_is_or_kept_as_it_is_written(written, line):
    assert line in vcards([Card(UID, "Selma", telephone=written)]).decode().split("\r\n")


@pytest.mark.parametrize(
    "name", ["Selma\r\nEMAIL:forged@example.org", "Selma\nEND:VCARD\nBEGIN:VCARD"]
)
def test_a_name_cannot_add_a_line_to_a_card(name):
    cards = read(vcards([Card(UID, name)]))
    assert len(cards) == 1
    assert "EMAIL" not in cards[0]


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=200))
def test_any_words_come_back_as_they_were_in_lines_of_75_octets(words):
    content = vcards([Card(UID, "Selma", note=words)])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert read(content)[0]["NOTE"] == [words]


def test_several_cards_follow_each_other():
    cards = read(vcards([Card(UID, "Selma"), Card(UID, "سلمى")]))
    assert [card["FN"] for card in cards] == [["Selma"], ["سلمى"]]
