"""Whom a text mentions, worked by hand, and that any name survives being mentioned."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.values import prose
from network.writing.rules import in_words, mention, mentioned_people

AMA, KOFI = UUID(int=1), UUID(int=2)
A, K = f"(person:{AMA})", f"(person:{KOFI})"


@pytest.mark.parametrize(
    ("body", "people"),
    [
        ("", []),
        ("Nobody at all", []),
        (f"@[Ama]{A} what do you think?", [AMA]),
        (f"@[Ama]{A}, @[Kofi]{K} and @[Ama]{A} again", [AMA, KOFI]),
        (f"**@[Ama]{A}**", [AMA]),
        (f"- @[Ama]{A}\n- @[Kofi]{K}", [AMA, KOFI]),
        (f"> @[Ama]{A} wrote this\n\n@[Kofi]{K}, look", [KOFI]),
        (f"[Ama]{A} without the sign is a link", []),
        (f"`@[Ama]{A}` in code", []),
        (f"```\n@[Ama]{A}\n```", []),
        ("@[Ama](person:not-an-id)", []),
        (f"@[Ama](group:{AMA})", []),
        (f"\\@[Ama]{A}", [AMA]),
        ("mail@example.org", []),
    ],
)
def test_a_text_mentions_these_people(body, people):
    assert mentioned_people(body) == people


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"@[Ama Chair]{A}, please", "@Ama Chair, please"),
        (f"@[A\\[m\\]a]{A}", "@A[m]a"),
        ("**kept** as it is", "**kept** as it is"),
    ],
)
def test_a_plain_mail_has_the_name_alone(body, words):
    assert in_words(body) == words


@given(st.text(st.characters(categories=["L", "P", "S", "Nd"]), min_size=1, max_size=40))
def test_whoever_is_offered_is_mentioned_whatever_her_name(name):
    text = f"Thank you {mention(name, AMA)}!"
    assert mentioned_people(text) == [AMA]
    assert in_words(text) == f"Thank you @{name}!"


def test_a_mention_leads_to_the_page_of_its_person(monkeypatch):
    monkeypatch.setitem(prose._addresses, "person", lambda person_id: f"/people/{person_id}")
    assert f'@<a href="/people/{AMA}"' in prose.rendered(mention("Ama", AMA))
    assert "href" not in prose.rendered(f"[x](stranger:{AMA})")


def test_what_is_found_of_a_mention_is_the_name(monkeypatch):
    monkeypatch.setitem(prose._addresses, "person", str)
    assert prose.plain(f"Ask {mention('Ama', AMA)} today") == "Ask @Ama today"
