"""Did you mean: words from what one may see, and from nothing else."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from kernel.db import db, new_id, scoped
from kernel.search import Visibility, did_you_mean, remove
from kernel.search.housekeeping import forget_words


@pytest.fixture
def meant(as_reader):
    """`meant(reader, "words")` tells what she is offered instead."""

    def ask(reader, words):
        with as_reader(reader):
            return did_you_mean(reader, words)

    return ask


@pytest.mark.parametrize(
    ("body", "typed", "offered"),
    [
        ("Indelible ink on the ballot", "balot", "ballot"),
        ("Indelible ink on the ballot", "indelbile ink", "indelible ink"),
        ("Indelible ink on the ballot", 'indelbile -"two staff"', 'indelible -"two staff"'),
        ("L’inscription des électeurs", "insription", "inscription"),
        ("L’inscription des électeurs", "electuers", "électeurs"),
        ("تسجيل الناخبين في القرى", "تسجبل", "تسجيل"),
        ("Indelible ink on the ballot", "zebra", None),
        ("Indelible ink on the ballot", "ballot", None),  # found: nothing to offer
        ("Indelible ink on the ballot", "balot zebra", None),  # would find nothing either
        ("Indelible ink on the ballot", "", None),
        ("Indelible ink on the ballot", "%", None),
    ],
)
def test_a_word_is_offered_for_one_mistyped(put, meant, reader, body, typed, offered):
    put(body=body)
    assert meant(reader, typed) == offered


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": Visibility.GROUP, "audience": [new_id()]},
        {"visibility": Visibility.ORGANISATION, "audience": [new_id()]},
        {"visibility": Visibility.CONFIDENTIAL, "audience": [new_id()]},
        {"kind": "secret"},
    ],
    ids=["group", "organisation", "people", "kind"],
)
def test_a_word_that_stands_only_in_what_others_see_is_not_offered(put, meant, reader, hidden):
    put(body="Operation Nightingale", **hidden)
    assert meant(reader, "nightingail") is None
    put(body="Nightingales sing")
    assert meant(reader, "nightingail") == "nightingales"


def test_a_word_for_her_alone_is_offered_to_her(put, meant, factory, reader):
    put(body="Nightingale", visibility=Visibility.CONFIDENTIAL, audience=[reader.person_id])
    assert meant(reader, "nightingail") == "nightingale"
    assert meant(factory.actor(), "nightingail") is None


def test_hidden_words_crowd_out_none_that_may_be_seen(put, meant, reader):
    """However many words of others are nearer, the answer is the same as without them."""
    put(body="ballots")
    near = " ".join(f"balot{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    put(body=near, visibility=Visibility.GROUP, audience=[new_id()])
    assert meant(reader, "balot") == "ballots"


def test_the_application_cannot_read_the_words(put, as_reader, reader):
    put(body="ballots")
    with as_reader(reader), pytest.raises(ProgrammingError):
        db.session.execute(text("select word from kernel.search_word"))


def test_another_network_is_offered_nothing(app, put, make_tenant, reader):
    put(body="nightingale")
    with app.app_context(), scoped(make_tenant().id, person=reader.person_id):
        assert did_you_mean(reader, "nightingail") is None


def test_what_was_removed_is_offered_no_more_and_its_words_are_forgotten(
    inside, put, meant, reader
):
    entry = put(body="nightingale song")
    put(body="song")
    with inside():
        remove(entry.object_id)
    assert meant(reader, "nightingail") is None
    with inside():
        assert forget_words() == 1  # "nightingale"; the title and "song" stand in another, too
    assert meant(reader, "sonng") == "song"
