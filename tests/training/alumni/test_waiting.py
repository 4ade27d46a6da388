"""What alumni are told waits for them."""

import pytest

from training.alumni import service


@pytest.fixture
def told(waiting):
    """`told(actor)` is the address of the record that waits for her to confirm it."""
    return lambda actor: [
        each["url"] for each in waiting(actor) if each["kind"] == "alumni_record_to_confirm"
    ]


def test_a_record_waits_until_the_alumna_has_confirmed_it(inside, factory, alumna, told):
    alumna = factory.reload(alumna.person_id)
    assert told(alumna) == ["/training/alumni/me"]
    with inside():
        service.confirm_record(alumna)
    assert told(alumna) == []


def test_nothing_waits_for_who_took_part_in_nothing(factory, told):
    assert told(factory.actor()) == []
