"""Drafts: one per place, one's own alone, gone once posted."""

import pytest

from kernel.errors import NotFound
from kernel.events import emit
from kernel.events.people import PersonErased
from network.topics import queries as topic_queries
from network.topics import service as topics
from network.topics.rules import Via
from network.writing import queries, service
from network.writing.queries import Place
from tests.factories.network import make_topic


@pytest.fixture
def topic(inside, cast):
    """A topic of the group."""
    with inside():
        return make_topic(cast.chair, cast.group)


def bodies(actor):
    return [row.Draft.body for row in queries.drafts_of(actor)]


def test_what_is_typed_again_at_a_place_takes_the_place_of_what_was(as_person, cast, topic):
    place = Place(topic_id=topic.id)
    with as_person(cast.member):
        first = service.save_draft(cast.member, place, body="It", language="en")
        second = service.save_draft(cast.member, place, body="It holds", language="fr")
        assert first.id == second.id
        assert bodies(cast.member) == ["It holds"]
        assert queries.draft_at(cast.member, place).language == "fr"


def test_a_draft_without_words_is_none(as_person, cast, topic):
    place = Place(topic_id=topic.id)
    with as_person(cast.member):
        service.save_draft(cast.member, place, body="It")
        assert service.save_draft(cast.member, place, body=" \n") is None
        assert bodies(cast.member) == []


def test_a_new_topic_follows_its_writer_into_a_group(as_person, cast):
    with as_person(cast.member):
        anywhere = service.save_draft(cast.member, Place(), title="Ink", body="Does it")
        service.save_draft(
            cast.member,
            Place(group_id=cast.group.id),
            title="Ink",
            body="Does it hold",
            draft_id=anywhere.id,
        )
        assert bodies(cast.member) == ["Does it hold"]
        (row,) = queries.drafts_of(cast.member)
        assert row.group == "Voter registration"
        assert queries.draft_at(cast.member, Place()).title == "Ink"


def test_nobody_else_sees_or_discards_a_draft(as_person, cast, topic):
    with as_person(cast.member):
        draft = service.save_draft(cast.member, Place(topic_id=topic.id), body="It holds")
    with as_person(cast.chair):
        assert bodies(cast.chair) == []
        assert bodies(cast.member) == []
        with pytest.raises(NotFound):
            service.discard_draft(cast.chair, draft.id)
    with as_person(cast.member):
        service.discard_draft(cast.member, draft.id)
        assert bodies(cast.member) == []


def test_nothing_is_kept_for_a_place_one_may_not_read(as_person, cast, topic):
    with as_person(cast.stranger):
        for place in (Place(topic_id=topic.id), Place(group_id=cast.group.id)):
            with pytest.raises(NotFound):
                service.save_draft(cast.stranger, place, body="It holds")


def test_posting_forgets_the_draft_of_the_place_and_no_other(as_person, cast, topic):
    with as_person(cast.member):
        service.save_draft(cast.member, Place(topic_id=topic.id), body="Answer")
        service.save_draft(cast.member, Place(group_id=cast.group.id), body="New")
        service.save_draft(cast.member, Place(), body="Anywhere")
        topics.reply(cast.member, topic.id, body="Answer.", language="en")
        assert bodies(cast.member) == ["Anywhere", "New"]
        make_topic(cast.member, cast.group)
        assert bodies(cast.member) == []


def test_an_answer_by_mail_leaves_the_draft_of_the_box(as_person, cast, topic):
    with as_person(cast.member):
        service.save_draft(cast.member, Place(topic_id=topic.id), body="Answer")
        topics.reply(cast.member, topic.id, body="By mail", language="en", via=Via.MAIL)
        assert bodies(cast.member) == ["Answer"]


def test_the_box_keeps_finds_and_lists_a_draft(browser_for, cast, topic):
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions/{topic.id}")
    token = next(
        e.get("value") for e in page.document.iter("input") if e.get("name") == "csrf_token"
    )
    typed = {"topic_id": str(topic.id), "body": "It holds", "language": "en", "csrf_token": token}
    saved = browser.post("/network/writing/draft", data=typed).response.get_json()
    assert saved["said"].startswith("Saved ")
    found = browser.get(f"/network/writing/draft?topic_id={topic.id}").response.get_json()
    assert (found["body"], found["saved_at"]) == ("It holds", saved["saved_at"])
    listed = browser.get("/network/writing/drafts")
    assert "It holds" in listed.text
    assert topic.title in listed.text
    assert "No drafts" in browser.submit(listed, "Discard").text


def test_a_draft_of_a_topic_elsewhere_is_no_address(browser_for, cast, topic):
    answer = browser_for(cast.stranger).get(f"/network/writing/draft?topic_id={topic.id}")
    assert answer.status == 404


def test_the_api_keeps_lists_and_discards_drafts(api_for, cast, topic):
    api = api_for(cast.member)
    given = {"topic_id": str(topic.id), "body": "It holds", "language": "en"}
    draft = api.open("PUT", "/writing/drafts", json=given).get_json()
    (listed,) = api.get("/writing/drafts").get_json()["drafts"]
    assert (listed["id"], listed["topic"]) == (draft["id"], topic.title)
    assert api.open("DELETE", f"/writing/drafts/{draft['id']}").status_code == 204
    assert api.get("/writing/drafts").get_json() == {"drafts": []}
    gone = {**given, "draft_id": draft["id"]}
    assert api.open("PUT", "/writing/drafts", json=gone).status_code == 404


def test_an_erased_person_leaves_no_draft(inside, as_person, run_jobs, cast, topic):
    for actor in (cast.member, cast.chair):
        with as_person(actor):
            service.save_draft(actor, Place(topic_id=topic.id), body=actor.name)
    with as_person(cast.chair):
        emit(PersonErased(person_id=cast.member.person_id))
    run_jobs()
    with inside():
        assert bodies(cast.member) == []
        assert bodies(cast.chair) == ["Ama Chair"]


@pytest.fixture
def post_id(inside, topic):
    """The post the chair opened the topic with."""
    with inside():
        return topic_queries.first_post_id(topic.id)


def test_a_change_of_a_post_has_a_draft_of_its_own_until_it_is_saved(
    as_person, cast, topic, post_id
):
    with as_person(cast.chair):
        service.save_draft(cast.chair, Place(topic_id=topic.id), body="An answer")
        service.save_draft(cast.chair, Place(), title="New", body="A topic")
        service.save_draft(cast.chair, Place(post_id=post_id), body="A chan")
        service.save_draft(cast.chair, Place(post_id=post_id), body="A change")
        assert bodies(cast.chair) == ["A change", "A topic", "An answer"]
        topics.edit_post(cast.chair, post_id, version=1, body="Changed", language="en")
        assert bodies(cast.chair) == ["A topic", "An answer"]


def test_only_its_author_keeps_a_change_of_a_post(as_person, api_for, cast, post_id):
    with as_person(cast.member), pytest.raises(NotFound):
        service.save_draft(cast.member, Place(post_id=post_id), body="A change")
    given = {"post_id": str(post_id), "body": "A change", "language": "en"}
    assert api_for(cast.member).open("PUT", "/writing/drafts", json=given).status_code == 404
    kept = api_for(cast.chair).open("PUT", "/writing/drafts", json=given).get_json()
    assert (kept["post_id"], kept["topic_id"]) == (str(post_id), None)


def test_a_change_that_was_not_saved_is_offered_when_the_form_is_opened_again(
    as_person, browser_for, cast, topic, post_id
):
    with as_person(cast.chair):
        service.save_draft(cast.chair, Place(post_id=post_id), body="It holds in Accra")
    browser = browser_for(cast.chair)
    opened = browser.get(f"/network/discussions/posts/{post_id}/edit")
    assert "It holds in Accra" not in opened.text
    offered = browser.get(f"/network/discussions/posts/{post_id}/edit?draft=kept")
    assert "It holds in Accra" in offered.text
    assert f"{post_id}/edit?draft=kept" in opened.html
    listed = browser.get("/network/writing/drafts")
    assert listed.links()["Go on writing"].endswith(f"{post_id}/edit?draft=kept")
    assert topic.title in listed.text
    browser.submit(offered, "Save")
    assert "No drafts" in browser.get("/network/writing/drafts").text


def test_a_draft_of_a_change_outlives_its_post_as_words_alone(
    as_person, browser_for, cast, post_id
):
    with as_person(cast.chair):
        service.save_draft(cast.chair, Place(post_id=post_id), body="It holds in Accra")
        topics.remove_post(cast.chair, post_id)
    listed = browser_for(cast.chair).get("/network/writing/drafts")
    assert "The post can no longer be changed." in listed.text
    assert "It holds in Accra" in listed.text
    assert "Go on writing" not in listed.links()
