"""Writing in topics: who may, what is kept, who is told."""

import pytest

from kernel.db import db
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from network.groups import service as groups
from network.topics import queries, service
from network.topics.lists import topic_page
from network.topics.rules import Position, TopicFilter
from tests.factories.network import end_affiliations, make_topic, posts_of


def answer(actor, topic, body="It does."):
    return service.reply(actor, topic.id, body=body, language="en")


def bodies(cast, topic):
    return [row.body for row in posts_of(cast.chair, topic)]


def test_a_topic_begins_with_its_first_post_and_replies_follow(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private, body="Does it hold?")
        answer(cast.chair, topic, "It does.")
        assert bodies(cast, topic) == ["Does it hold?", "It does."]
        (listed,) = topic_page(cast.member).topics
        assert (listed.replies, listed.author) == (1, "Lepule Member")


def test_a_reader_of_an_open_group_cannot_write_before_joining(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.open)
        with pytest.raises(Forbidden):
            answer(cast.stranger, topic)
        with pytest.raises(Forbidden):
            make_topic(cast.stranger, cast.open)
        groups.join_group(cast.stranger, cast.open.id)
        assert answer(cast.stranger, topic).author_id == cast.stranger.person_id


def test_a_stranger_cannot_write_in_a_private_group_she_guesses(inside, cast):
    with inside(), pytest.raises(NotFound):
        make_topic(cast.stranger, cast.private)


def test_nobody_writes_in_an_archived_group_and_is_told_who_can_reopen_it(
    inside, browser_for, cast
):
    with inside():
        topic = make_topic(cast.member, cast.private)
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions/{topic.id}")
    with inside():
        groups.archive_group(cast.chair, cast.private.id)
    for refused in (
        lambda: answer(cast.chair, topic),
        lambda: make_topic(cast.chair, cast.private),
        lambda: service.close_topic(cast.chair, topic.id),
    ):
        with inside(), pytest.raises(Forbidden, match="Its chair can reopen it"):
            refused()
    page = browser.submit(page, "Post the answer", body="Typed before.")
    assert "This group is archived" in page.text
    assert "Only members" not in page.text
    assert "Typed before." in page.text


def test_only_the_author_changes_a_post(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private)
        post = answer(cast.member, topic)
        with pytest.raises(Forbidden):
            service.edit_post(cast.chair, post.id, version=1, body="x", language="en")


def test_every_earlier_version_of_a_post_is_kept(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private)
        post = answer(cast.member, topic, "One")
        for version, body in ((1, "Two"), (2, "Three")):
            service.edit_post(cast.member, post.id, version=version, body=body, language="fr")
            db.session.flush()
        assert [row.body for row in queries.versions_of(post.id)] == ["Two", "One"]
        assert bodies(cast, topic)[-1] == "Three"


def test_a_change_on_an_old_version_is_a_conflict_that_shows_what_stands(inside, cast):
    with inside():
        post = answer(cast.member, make_topic(cast.member, cast.private))
        service.edit_post(cast.member, post.id, version=1, body="First", language="en")
        db.session.flush()
        for version in (1, None):
            with pytest.raises(Conflict) as caught:
                service.edit_post(
                    cast.member, post.id, version=version, body="Second", language="en"
                )
            assert caught.value.current["body"] == "First"


def test_a_topic_is_renamed_only_on_the_version_that_was_read(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private)
        service.rename_topic(cast.member, topic.id, version=topic.version, title="Ink that holds")
        db.session.flush()
        for version in (1, None):
            with pytest.raises(Conflict) as caught:
                service.rename_topic(cast.member, topic.id, version=version, title="Paper")
            assert caught.value.current["title"] == "Ink that holds"


def test_a_reply_does_not_disturb_who_renames_the_topic(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private)
        db.session.flush()
        version = topic.version
        answer(cast.chair, topic)
        service.rename_topic(cast.member, topic.id, version=version, title="Ink that holds")
        assert topic.title == "Ink that holds"


def test_a_question_has_one_accepted_answer_which_marks_it_answered(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private)
        first, second = answer(cast.chair, topic), answer(cast.chair, topic)
        for post in (first, second):
            service.accept_answer(cast.member, post.id)
        assert (topic.status, topic.accepted_post_id) == ("answered", second.id)
        service.remove_post(cast.chair, second.id)
        assert (topic.status, topic.accepted_post_id) == ("open", None)


def test_a_question_is_not_its_own_answer_and_a_discussion_has_none(inside, cast):
    with inside():
        question = make_topic(cast.member, cast.private)
        with pytest.raises(Refused):
            service.accept_answer(cast.member, queries.first_post_id(question.id))
        discussion = make_topic(cast.member, cast.private, "Talk", kind=_discussion())
        post = answer(cast.chair, discussion)
        with pytest.raises(Refused):
            service.accept_answer(cast.member, post.id)


def _discussion():
    from network.topics.rules import TopicKind

    return TopicKind.DISCUSSION


def test_a_member_cannot_accept_an_answer_to_the_question_of_another(inside, factory, cast):
    other = factory.actor()
    with inside():
        groups.add_member(cast.chair, cast.private.id, person_id=other.person_id)
        post = answer(cast.chair, make_topic(cast.member, cast.private))
        with pytest.raises(Forbidden):
            service.accept_answer(other, post.id)


def test_a_closed_topic_takes_no_reply_until_it_is_open_again(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private)
        with pytest.raises(Forbidden):
            service.close_topic(cast.member, topic.id)
        service.close_topic(cast.chair, topic.id)
        with pytest.raises(Refused):
            answer(cast.chair, topic)
        service.reopen_topic(cast.chair, topic.id)
        assert answer(cast.chair, topic).topic_id == topic.id


def test_the_chair_removes_any_post_and_a_member_her_own_only(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private)
        by_chair, by_member = answer(cast.chair, topic), answer(cast.member, topic)
        with pytest.raises(Forbidden):
            service.remove_post(cast.member, by_chair.id)
        service.remove_post(cast.chair, by_member.id, reason="Twice the same.")
        service.remove_post(cast.chair, by_chair.id)
        (listed,) = topic_page(cast.member).topics
        assert listed.replies == 0
        with pytest.raises(Refused):
            service.remove_post(cast.chair, by_chair.id)


def test_who_wrote_stays_named_and_is_marked_former_when_she_leaves(inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private)
        end_affiliations(cast.member)
        (row,) = posts_of(cast.chair, topic)
        assert (row.author, row.former) == ("Lepule Member", True)


def test_the_list_is_narrowed_by_group_and_by_what_needs_an_answer(inside, cast):
    with inside():
        asked = make_topic(cast.member, cast.private, "Asked")
        answered = make_topic(cast.member, cast.private, "Answered")
        service.accept_answer(cast.member, answer(cast.chair, answered).id)
        elsewhere = make_topic(cast.member, cast.open, "Elsewhere", kind=_discussion())
        db.session.flush()

        def titles(**narrowed):
            return {row.title for row in topic_page(cast.member, **narrowed).topics}

        assert titles() == {"Asked", "Answered", "Elsewhere"}
        assert titles(group_id=cast.open.id) == {elsewhere.title}
        assert titles(narrowed=TopicFilter.NEEDS_ANSWER) == {asked.title}
        assert titles(narrowed=TopicFilter.ANSWERED) == {answered.title}


def test_pages_of_the_list_follow_each_other_without_gap_or_double(inside, cast):
    with inside():
        for number in range(60):
            make_topic(cast.member, cast.private if number % 2 else cast.open, f"Topic {number}")
        db.session.flush()
        titles, older = [], None
        for _ in range(3):
            page = topic_page(cast.member, older_than=older)
            titles += [row.title for row in page.topics]
            older = page.older
        assert titles == [f"Topic {number}" for number in reversed(range(60))]
        assert older is None


@pytest.mark.parametrize(
    "text", ["", "~", "2026-01-01~x", "2026-01-01T00:00:00~" + "0" * 32, "a~b"]
)
def test_a_place_in_the_list_that_is_none_is_the_beginning(text):
    assert Position.parse(text) is None
