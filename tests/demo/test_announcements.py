"""The announcements of the demo, as they are read from their texts."""

import pytest

from demo.announcements import ANNOUNCEMENTS
from demo.cast import PEOPLE
from demo.documents import NOTES
from demo.groups import GROUPS

KEYS = {person.key for person in PEOPLE} | {"administrator"}


@pytest.mark.parametrize("announcement", ANNOUNCEMENTS, ids=lambda each: each.name)
def test_each_says_in_every_language_that_it_is_a_demonstration(announcement):
    assert announcement.texts[0].language == "en"
    assert all(NOTES[text.language] in text.body for text in announcement.texts)


def test_who_must_acknowledge_is_told_in_all_three_languages():
    [asked] = [each for each in ANNOUNCEMENTS if each.due_in is not None]
    assert {text.language for text in asked.texts} == {"en", "fr", "ar"}
    assert set(asked.acknowledged) < KEYS


def test_a_chair_announces_to_the_group_that_is_hers():
    [hers] = [each for each in ANNOUNCEMENTS if each.group is not None]
    assert hers.by == next(group for group in GROUPS if group.key == hers.group).members[0]
