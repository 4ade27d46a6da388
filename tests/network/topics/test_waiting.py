"""What discussions say waits for whom."""

import pytest

from network.groups import service as groups
from network.topics import service
from network.topics.rules import TopicKind
from tests.factories.network import end_affiliations, make_topic


@pytest.fixture
def told(waiting):
    """`told(actor)` is the kind and the title of the topics that wait for her."""
    return lambda actor: [
        (each["kind"], each["about"])
        for each in waiting(actor)
        if each["kind"] in {"question_to_answer", "answer_to_accept"}
    ]


@pytest.fixture
def question(inside, cast):
    """A question of the chair in the private group."""
    with inside():
        return make_topic(cast.chair, cast.private, "Indelible ink").id


def reply(actor, topic_id):
    return service.reply(actor, topic_id, body="It does.", language="en")


def test_a_question_waits_for_the_others_in_its_group(question, cast, told, waiting):
    assert told(cast.member) == [("question_to_answer", "Indelible ink")]
    assert told(cast.chair) == told(cast.stranger) == told(cast.administrator) == []
    found = waiting(cast.member)[0]
    assert found["text"] == "Answer a question in Voter registration"
    assert found["url"] == f"/network/discussions/{question}"


def test_whoever_replied_is_not_asked_again_and_who_asked_chooses_the_answer(
    inside, question, cast, told
):
    with inside():
        reply(cast.member, question)
    assert told(cast.member) == []
    assert told(cast.chair) == [("answer_to_accept", "Indelible ink")]


def test_a_question_with_an_accepted_answer_waits_for_nobody(inside, question, cast, told):
    with inside():
        post = reply(cast.member, question)
    with inside():
        service.accept_answer(cast.chair, post.id)
    assert told(cast.chair) == told(cast.member) == []


def test_a_question_in_an_archived_group_wants_no_answer_until_the_group_is_opened_again(
    inside, question, cast, told, browser_for
):
    """Neither at home, nor in the list and its filter, nor on its own page; the filter's only hit is it."""
    member = browser_for(cast.member)
    discussions = "/network/discussions"
    page, narrowed = f"{discussions}/{question}", f"{discussions}?status=needs-answer"

    def marked():
        return [
            "Indelible ink" in member.get(narrowed).links(),
            *(
                '<span class="tag warn">Needs an answer' in member.get(one).html
                for one in (discussions, page)
            ),
        ]

    assert marked() == [True, True, True]
    with inside():
        groups.archive_group(cast.chair, cast.private.id)
    assert told(cast.member) == []
    assert marked() == [False, False, False]
    assert "Indelible ink" in member.get(discussions).links()
    with inside():
        groups.reopen_group(cast.chair, cast.private.id)
    assert marked() == [True, True, True]


def test_a_discussion_and_a_closed_question_wait_for_nobody(inside, question, cast, told):
    with inside():
        make_topic(cast.chair, cast.private, "Welcome", kind=TopicKind.DISCUSSION)
        service.close_topic(cast.chair, question)
    assert told(cast.member) == []


def test_an_open_group_asks_its_members_only(inside, cast, told):
    with inside():
        make_topic(cast.chair, cast.open, "Small registers")
    assert told(cast.member) == [("question_to_answer", "Small registers")]
    assert told(cast.stranger) == []


def test_a_former_member_is_asked_nothing(inside, question, cast, told, factory):
    with inside():
        end_affiliations(cast.member)
    assert told(factory.reload(cast.member.person_id)) == []


def test_home_costs_the_same_queries_for_one_question_and_for_three(
    inside, cast, browser_for, queries
):
    browser = browser_for(cast.member)
    costs = []
    for asked in (["One"], ["Two", "Three"]):
        with inside():
            for title in asked:
                make_topic(cast.chair, cast.private, title)
        with queries() as seen:
            assert asked[-1] in browser.get("/").text
        costs.append(len(seen))
    assert costs[0] == costs[1]
