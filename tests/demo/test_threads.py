"""What is said in the demonstration is meant, complete and in three languages."""

from collections import Counter

import pytest

from demo.cast import language_of
from demo.groups import GROUPS
from demo.threads import read, threads
from network.topics.rules import TopicKind

MEMBERS = {group.key: group.members for group in GROUPS}
ALL = threads()
STILL_ASKED = "One person, two spellings: how do you find doubles?"
"""Begun yesterday: one answer, and another that waits for the chair."""


def test_there_are_forty_threads_in_three_languages_and_in_every_group():
    spoken = Counter(post.language or language_of(post.by) for each in ALL for post in each.posts)
    assert len(ALL) >= 40
    assert {language for language, posts in spoken.items() if posts >= 5} == {"en", "fr", "ar"}
    assert {each.group for each in ALL} == set(MEMBERS)


@pytest.mark.parametrize("thread", ALL, ids=lambda thread: thread.title)
def test_whoever_writes_is_in_the_group_and_a_colleague_has_answered_before_today(thread):
    writers = {post.by for post in thread.posts}
    assert writers <= set(MEMBERS[thread.group])
    assert len(thread.posts) >= 3 or thread.title == STILL_ASKED
    assert len(writers) >= 2
    assert sum(post.accepted for post in thread.posts) <= 1
    assert not thread.posts[0].accepted
    assert thread.days_ago * 24 > sum(post.hours for post in thread.posts)
    assert all(len(post.text) > 5 for post in thread.posts)


def test_no_two_posts_say_the_same():
    texts = [post.text for each in ALL for post in each.posts]
    assert len(texts) == len(set(texts))


def test_a_thread_is_read_with_what_its_headings_say():
    found = read(
        "# Ink\ngroup: small\nkind: question\ndays: 3\n\n## ama\n\nWhich?\n\n"
        "## kofi, +5 h, fr, accepted, trial.csv\n\nCelle-ci : [a](b).\n"
    )
    assert (found.title, found.group, found.days_ago) == ("Ink", "small", 3)
    assert found.kind is TopicKind.QUESTION
    first, second = found.posts
    assert (first.by, first.text, first.hours, first.accepted) == ("ama", "Which?", 0, False)
    assert (second.hours, second.language, second.file) == (5, "fr", "trial.csv")
    assert second.accepted
