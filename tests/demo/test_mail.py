"""What people of the demonstration want by mail, and what waits for a chair, is about groups they are in."""

from demo.cast import PEOPLE
from demo.groups import GROUPS
from demo.mail import CHOICES
from demo.moderation import AUTHOR, HELD_IN, NEWCOMER, REPORTED_IN, REPORTER
from demo.threads import threads

MEMBERS = {group.key: group.members for group in GROUPS}
TOPICS = {thread.title: thread for thread in threads()}


def test_levels_are_chosen_for_groups_one_is_in_and_topics_that_there_are():
    for key, choice in CHOICES.items():
        assert all(key in MEMBERS[group] for group in choice.levels)
        assert set(choice.topics) <= set(TOPICS)
    levels = {level for choice in CHOICES.values() for level in choice.levels.values()}
    assert len(levels) >= 3


def test_both_posts_wait_for_the_chair_who_signs_in_as_focal_point():
    focal_point = next(person.key for person in PEOPLE if person.role == "focal_point")
    for title, author in ((HELD_IN, NEWCOMER), (REPORTED_IN, AUTHOR)):
        members = MEMBERS[TOPICS[title].group]
        assert members[0] == focal_point
        assert author in members
    assert REPORTER in MEMBERS[TOPICS[REPORTED_IN].group]


def test_the_newcomer_has_written_nothing_before():
    authors = {post.by for thread in TOPICS.values() for post in thread.posts}
    assert NEWCOMER not in authors
