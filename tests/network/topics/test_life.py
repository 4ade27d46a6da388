"""Tags, pins, the archive, answers taken back, tombstones, reactions, quotations, translations."""

import pytest

from kernel.db import db
from kernel.errors import Forbidden, Refused
from network.topics import queries, service
from network.topics.lists import topic_page
from network.topics.rules import ReactionKind, TopicFilter
from tests.factories.network import make_topic, posts_of


@pytest.fixture
def topic(inside, cast):
    """A question of the member's with an answer of the chair's."""
    with inside():
        made = make_topic(cast.member, cast.private, "Ink")
        service.reply(cast.chair, made.id, body="It does.", language="en")
    return made


@pytest.fixture
def answer(inside, cast, topic):
    """The chair's answer."""
    with inside():
        return posts_of(cast.member, topic)[-1].id


def titles(actor, **narrowed):
    db.session.flush()
    return [row.title for row in topic_page(actor, **narrowed).topics]


def test_topics_are_found_by_their_tags_in_the_address(browser_for, inside, cast, topic):
    with inside():
        make_topic(cast.member, cast.private, "Paper")
        stands = queries.topic_seen_by(cast.member, topic.id).topic.version
        tags = ["Indelible ink", "small states"]
        service.tag_topic(cast.member, topic.id, version=stands, tags=tags)
    browser = browser_for(cast.member)
    page = browser.get("/network/discussions?tag=Indelible%20ink")
    assert "Ink" in page.links()
    assert "Paper" not in page.links()
    assert "#small-states" in browser.get(f"/network/discussions/{topic.id}").links()
    assert "No topic matches" in browser.get("/network/discussions?tag=seals").text
    with inside(), pytest.raises(Refused):
        service.tag_topic(cast.member, topic.id, version=2, tags=list("abcdef"))
    with inside():
        hers = make_topic(cast.chair, cast.private, "Hers")
        with pytest.raises(Forbidden):
            service.tag_topic(cast.member, hers.id, version=1, tags=["x"])


def test_pinned_topics_stand_first_in_their_group_and_at_most_five_do(inside, cast, topic):
    with inside():
        for number in range(30):
            make_topic(cast.member, cast.private, f"Topic {number}")
        service.pin_topic(cast.chair, topic.id)
        first = topic_page(cast.member, group_id=cast.private.id)
        assert (first.topics[0].title, len(first.topics)) == ("Ink", 26)
        rest = topic_page(cast.member, group_id=cast.private.id, older_than=first.older)
        shown = [row.title for row in (*first.topics, *rest.topics)]
        assert sorted(shown) == sorted(["Ink", *(f"Topic {number}" for number in range(30))])
        assert titles(cast.member)[0] == "Topic 29", "among all groups the newest come first"
        for row in first.topics[1:5]:
            service.pin_topic(cast.chair, row.id)
        with pytest.raises(Refused):
            service.pin_topic(cast.chair, first.topics[5].id)
        with pytest.raises(Forbidden):
            service.unpin_topic(cast.member, topic.id)


def test_the_archive_is_read_and_no_longer_listed(browser_for, inside, cast, topic):
    chair = browser_for(cast.chair)
    page = chair.get(f"/network/discussions/{topic.id}/manage")
    assert "In the archive" in chair.submit(page, "Put the topic in the archive").text
    with inside():
        assert titles(cast.member) == []
        assert titles(cast.member, narrowed=TopicFilter.ARCHIVED) == ["Ink"]
        service.reopen_topic(cast.chair, topic.id)
        assert titles(cast.member) == ["Ink"]


def test_an_accepted_answer_can_be_taken_back(browser_for, inside, cast, topic, answer):
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions/{topic.id}")
    with inside():
        service.accept_answer(cast.member, answer)
    page = browser.get(f"/network/discussions/{topic.id}")
    assert "Take the acceptance back" in page.text
    with inside():
        with pytest.raises(Refused):
            service.take_answer_back(cast.member, queries.first_post_id(topic.id))
        assert service.take_answer_back(cast.member, answer).status == "open"


def test_a_tombstone_says_who_and_the_chairs_why(browser_for, inside, cast, topic):
    with inside():
        first = queries.first_post_id(topic.id)
    browser = browser_for(cast.chair)
    page = browser.get(f"/network/discussions/posts/{first}/remove")
    refused = browser.submit(page, reason="")
    assert refused.errors == ["Enter the reason. Everybody who reads the topic sees it."]
    browser.submit(refused, reason="It names a voter.")
    read = browser_for(cast.member).get(f"/network/discussions/{topic.id}")
    assert "The chair removed this post. Reason: It names a voter." in read.text
    assert "tropics" not in read.text


def test_what_people_say_to_a_post_is_counted_with_their_names(
    browser_for, api_for, inside, cast, topic, answer
):
    api = api_for(cast.member)
    address = f"/topics/posts/{answer}/reactions"
    for _ in range(2):
        assert api.post(address, json={"kind": "thanks"}).status_code == 204
    with inside():
        service.react(cast.chair, answer, kind=ReactionKind.THANKS)
    (said,) = api.get(f"/topics/{topic.id}").json["posts"][-1]["reactions"]
    assert said == {
        "kind": "thanks",
        "count": 2,
        "names": ["Lepule Member", "Ama Chair"],
        "mine": True,
    }
    assert "Thank you 2" in browser_for(cast.chair).get(f"/network/discussions/{topic.id}").text
    api.open("DELETE", address + "?kind=thanks")
    assert api.get(f"/topics/{topic.id}").json["posts"][-1]["reactions"][0]["count"] == 1
    assert api_for(cast.stranger).post(address, json={"kind": "thanks"}).status_code == 404
    assert api.post(address, json={"kind": "sparkles"}).status_code == 422


@pytest.mark.parametrize("who", ["member", "chair"])
@pytest.mark.parametrize("gone", ["removed", "hidden"])
def test_of_a_post_that_is_gone_nobody_is_told_who_said_what_to_it(
    api_for, inside, cast, topic, answer, who, gone
):
    with inside():
        service.react(cast.member, answer, kind=ReactionKind.THANKS)
        seen = queries.post_seen_by(cast.chair, answer)
        if gone == "removed":
            service.remove_post(cast.chair, answer, reason="It names a voter.")
        else:
            service.hide_post(cast.administrator, seen.post, seen.topic, "It names a voter.")
    answered = api_for(getattr(cast, who)).get(f"/topics/{topic.id}")
    assert [post["reactions"] for post in answered.json["posts"]] in ([[], []], [[]])
    assert "Lepule" not in str(answered.json["posts"][1:])


def test_a_quoted_post_fills_the_box_and_is_what_the_answer_answers(
    browser_for, inside, cast, topic, answer
):
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions/{topic.id}?quote={answer}")
    assert "> **Ama Chair** wrote:\n>\n> It does." in page.html.replace("&gt;", ">")
    written = browser.submit(page, "Post the answer", body="> It does.\n\nGood.")
    assert "Answers Ama Chair" in written.text
    with inside():
        assert posts_of(cast.member, topic)[-1].in_reply_to_id == answer
    elsewhere = browser_for(cast.stranger).get(f"/network/discussions/{topic.id}?quote={answer}")
    assert elsewhere.status == 404


def test_a_post_of_another_group_cannot_be_answered_here(api_for, inside, cast, answer):
    with inside():
        other = make_topic(cast.member, cast.open, "Elsewhere")
        db.session.flush()
        other_id = other.id
    refused = api_for(cast.member).post(
        f"/topics/{other_id}/posts",
        json={"body": "x", "language": "en", "in_reply_to": str(answer)},
    )
    assert (refused.status_code, set(refused.json["errors"])) == (422, {"in_reply_to"})


def test_a_translation_is_offered_to_readers_of_its_language_and_says_when_it_is_old(
    browser_for, factory, inside, cast, topic, answer
):
    browser = browser_for(cast.member)
    page = browser.get(f"/network/discussions/posts/{answer}/translations")
    browser.submit(page, "Add the translation", language="fr", body="Elle tient.")
    assert "Elle tient." not in browser.get(f"/network/discussions/{topic.id}").text
    with inside():
        (shown,) = queries.posts_shown_to(cast.chair, topic.id, 1, "fr")[1:]
        assert (shown.translated, shown.translator, shown.outdated) == (
            "Elle tient.",
            "Lepule Member",
            False,
        )
        service.edit_post(cast.chair, answer, version=1, body="It does, mostly.", language="en")
        db.session.flush()
        (shown,) = queries.posts_shown_to(cast.chair, topic.id, 1, "fr")[1:]
        assert shown.outdated
        (row,) = queries.translations_of(answer)
        with pytest.raises(Refused):
            service.add_translation(cast.chair, answer, language="fr", body="x")
        with pytest.raises(Refused):
            service.add_translation(cast.chair, answer, language="en", body="x")
        service.change_translation(cast.chair, row.PostTranslation.id, version=1, body="Plutôt.")
        db.session.flush()
        (shown,) = queries.posts_shown_to(cast.chair, topic.id, 1, "fr")[1:]
        assert (shown.outdated, shown.translator) == (False, "Ama Chair")
        with pytest.raises(Forbidden):
            service.remove_translation(cast.member, row.PostTranslation.id)


def test_what_changed_in_a_post_is_shown_word_by_word(browser_for, inside, cast, topic, answer):
    with inside():
        service.edit_post(cast.chair, answer, version=1, body="It did.", language="en")
    page = browser_for(cast.member).get(f"/network/discussions/posts/{answer}/versions")
    assert "does" in "".join(page.document.find(".//del").itertext())
    assert "did" in "".join(page.document.find(".//ins").itertext())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/topics/{topic}/tags"),
        ("PUT", "/topics/{topic}/pin"),
        ("POST", "/topics/{topic}/archive"),
        ("PUT", "/topics/{topic}/group"),
        ("POST", "/topics/{topic}/split"),
        ("POST", "/topics/{topic}/merge/{topic}"),
        ("DELETE", "/topics/posts/{post}/accept"),
        ("DELETE", "/topics/posts/{post}/reactions"),
        ("GET", "/topics/posts/{post}/translations"),
    ],
)
def test_a_stranger_steers_nothing_by_its_ids(api_for, cast, topic, answer, method, path):
    bodies = {
        "tags": {"tags": ["x"]},
        "group": {"group_id": str(cast.open.id)},
        "split": {"post_ids": [str(answer)], "title": "x", "kind": "discussion"},
    }
    address = path.format(topic=topic.id, post=answer)
    body = bodies.get(path.rsplit("/", 1)[1])
    options = {"json": body} if body else {}
    answer = api_for(cast.stranger).open(method, address, headers={"If-Match": '"1"'}, **options)
    assert answer.status_code == 404


def test_the_translation_of_a_post_that_was_removed_is_shown_nowhere(
    browser_for, inside, cast, answer
):
    with inside():
        made = service.add_translation(cast.member, answer, language="fr", body="Oui.").id
    address = f"/network/discussions/translations/{made}"
    member = browser_for(cast.member)
    assert "Oui." in member.get(address).text
    with inside():
        service.remove_post(cast.chair, answer)
    for path in (address, f"/network/discussions/posts/{answer}/translations"):
        page = member.get(path)
        assert "Oui." not in page.html
        assert "It does." not in page.html
