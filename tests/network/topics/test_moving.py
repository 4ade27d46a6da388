"""Topics go to other groups, come apart and become one; who sees a post goes with it."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from kernel.db import db, scoped
from kernel.errors import Forbidden, NotFound, Refused
from kernel.search import search
from network.groups import service as groups
from network.topics import queries, service
from network.topics.lists import topic_page
from network.topics.models import Topic
from network.topics.queries import visible_posts
from network.topics.rules import TopicKind
from tests.factories.network import make_group, make_topic, posts_of


@pytest.fixture
def topic(inside, cast):
    """An open question with a file and two answers."""
    with inside():
        plan = FileStorage(io.BytesIO(b"%PDF-1.4 plan"), filename="plan.pdf")
        made = make_topic(cast.member, cast.open, "Zebra ink", files=[plan])
        for body in ("It does.", "Ours does not."):
            service.reply(cast.chair, made.id, body=body, language="en")
    return made


def hits(app, tenant, actor, words):
    organisations = actor.organisation_ids
    with app.app_context(), scoped(tenant.id, person=actor.person_id, organisations=organisations):
        return search(actor, words)


def test_a_moved_topic_is_seen_where_it_went_and_nowhere_else(
    app, tenant, browser_for, inside, cast, topic
):
    stranger = browser_for(cast.stranger)
    assert stranger.get(f"/network/discussions/{topic.id}").status == 200
    with inside():
        (file,) = posts_of(cast.member, topic)[0].files
        with pytest.raises(Forbidden):
            service.move_topic(cast.member, topic.id, group_id=cast.private.id)
    chair = browser_for(cast.chair)
    preview = chair.get(f"/network/discussions/{topic.id}/move?group_id={cast.private.id}")
    assert "Only members of “Voter registration” will see this topic." in preview.text
    assert "3 posts move with their files." in preview.text
    assert "Everybody who is not in that group loses sight of it." in preview.text
    assert "The topic was moved." in chair.submit(preview, "Move the topic").text
    for path in (f"/{topic.id}", f"/files/{file['id']}"):
        assert stranger.get(f"/network/discussions{path}").status == 404
        assert browser_for(cast.member).get(f"/network/discussions{path}").status == 200
    assert hits(app, tenant, cast.stranger, "zebra") == []
    assert len(hits(app, tenant, cast.member, "zebra")) == 3


def test_the_preview_names_who_loses_sight(browser_for, inside, factory, cast):
    other = factory.actor("Olga Other")
    with inside():
        smaller = make_group(cast.administrator, cast.chair, [other], name="Seals")
        topic = make_topic(cast.member, cast.private)
        db.session.flush()
        address = f"/network/discussions/{topic.id}/move?group_id={smaller.id}"
    page = browser_for(cast.chair).get(address)
    assert "1 person loses sight of it: Lepule Member" in page.text


def test_a_topic_goes_only_where_its_mover_is_chair_too(inside, cast, factory, topic):
    with inside():
        elsewhere = make_group(cast.administrator, factory.actor("Eve Else"), name="Elsewhere")
        with pytest.raises(NotFound):
            service.move_topic(cast.chair, topic.id, group_id=elsewhere.id)
        groups.add_member(cast.administrator, elsewhere.id, person_id=cast.chair.person_id)
        with pytest.raises(Forbidden):
            service.move_topic(cast.chair, topic.id, group_id=elsewhere.id)


def test_some_answers_go_on_as_a_topic_of_their_own(browser_for, inside, cast, topic):
    chair = browser_for(cast.chair)
    page = chair.get(f"/network/discussions/{topic.id}/split")
    with inside():
        first, _, last = visible_posts(topic.id)
        service.accept_answer(cast.member, last.id)
    made = chair.submit(page, "Split the topic", post_ids=[str(last.id)], title="Bad ink")
    assert "Bad ink" in made.title
    assert "Ours does not." in made.text
    assert f"/{first.id}" not in made.html
    assert made.links()["Zebra ink"] == f"/network/discussions/{topic.id}"
    old = chair.get(f"/network/discussions/{topic.id}?page=1")
    assert "Ours does not." not in old.text
    assert old.links()["Bad ink"] == made.path
    with inside():
        rows = {row.title: row for row in topic_page(cast.member).topics}
        assert (rows["Zebra ink"].replies, rows["Zebra ink"].status) == (1, "open")
        assert (rows["Bad ink"].replies, rows["Bad ink"].author) == (0, "Ama Chair")
    moved = chair.get(f"/network/discussions/posts/{last.id}")
    assert moved.location.split("?")[0].endswith(made.path)


def test_who_does_not_see_where_posts_went_is_not_told(api_for, browser_for, inside, cast, topic):
    with inside():
        last = visible_posts(topic.id)[-1]
        split = {"title": "Bad ink", "kind": TopicKind.DISCUSSION}
        made = service.split_topic(cast.chair, topic.id, post_ids=[str(last.id)], **split)
        service.move_topic(cast.chair, made.id, group_id=cast.private.id)
    told = api_for(cast.member).get(f"/topics/{topic.id}").json
    assert [part["title"] for part in told["split_into"]] == ["Bad ink"]
    assert told["split_from"] is None
    assert api_for(cast.member).get(f"/topics/{made.id}").json["split_from"]["id"] == str(topic.id)
    assert "Bad ink" not in browser_for(cast.stranger).get(f"/network/discussions/{topic.id}").text
    assert api_for(cast.stranger).get(f"/topics/{topic.id}").json["split_into"] == []


def test_a_topic_keeps_its_first_post_and_takes_none_of_another(inside, cast, topic):
    split = {"title": "x", "kind": TopicKind.DISCUSSION}
    with inside():
        elsewhere = make_topic(cast.member, cast.open, "Elsewhere")
        db.session.flush()
        first, other = queries.first_post_id(topic.id), queries.first_post_id(elsewhere.id)
        for chosen in ([], [str(first)], [str(other)], ["x"]):
            with pytest.raises(Refused) as refused:
                service.split_topic(cast.chair, topic.id, post_ids=chosen, **split)
            assert refused.value.field == "post_ids"
        with pytest.raises(Forbidden):
            service.split_topic(cast.member, topic.id, post_ids=[str(other)], **split)


def test_merged_topics_are_one_and_the_old_address_leads_there(
    app, tenant, browser_for, inside, cast, topic
):
    with inside():
        twin = make_topic(cast.member, cast.open, "Ink again", body="Same question")
        db.session.flush()
        twin_id = twin.id
    chair = browser_for(cast.chair)
    page = chair.get(f"/network/discussions/{twin_id}/merge")
    merged = chair.submit(page, "Merge the topic", into_id=str(topic.id))
    assert "Same question" in merged.text
    answer = browser_for(cast.member).get(f"/network/discussions/{twin_id}")
    assert (answer.status, answer.location) == (303, f"/network/discussions/{topic.id}")
    with inside():
        (row,) = topic_page(cast.member).topics
        assert (row.title, row.replies) == ("Zebra ink", 3)
        with pytest.raises(Refused):
            service.reopen_topic(cast.chair, twin_id)
        with pytest.raises(Refused):
            service.reply(cast.member, twin_id, body="x", language="en")
    (hit,) = hits(app, tenant, cast.member, "same")
    assert hit.target_id == topic.id


def test_an_older_topic_merged_into_a_question_stands_before_it_and_does_not_open_it(
    api_for, browser_for, inside, cast, topic
):
    with inside():
        question = make_topic(cast.member, cast.open, "Ink again?")
        asked = queries.first_post_id(question.id)
        answer = service.reply(cast.chair, question.id, body="Nine days.", language="en")
        service.accept_answer(cast.member, answer.id)
        older = [post.id for post in visible_posts(topic.id)]
        service.merge_topic(cast.chair, topic.id, into_id=question.id)
    with inside():
        assert [post.id for post in visible_posts(question.id)] == [*older, asked, answer.id]
        assert queries.first_post_id(question.id) == asked
        (row,) = topic_page(cast.member).topics
        assert (row.title, row.status, row.replies) == ("Ink again?", "answered", 4)
        with pytest.raises(Refused, match="its own answer"):
            service.accept_answer(cast.member, asked)
        service.accept_answer(cast.member, older[0])
    seen = api_for(cast.member).get(f"/topics/{question.id}").json
    assert (seen["accepted_post_id"], seen["opened_with_id"]) == (str(older[0]), str(asked))
    split = browser_for(cast.chair).get(f"/network/discussions/{question.id}/split").html
    assert [str(post) in split for post in (*older, asked)] == [True, True, True, False]


def test_hiding_the_older_post_of_a_merged_question_does_not_hide_the_question(inside, cast, topic):
    with inside():
        question = make_topic(cast.member, cast.open, "Ink again?")
        asked, older = queries.first_post_id(question.id), queries.first_post_id(topic.id)
        merged = service.merge_topic(cast.chair, topic.id, into_id=question.id)
        posts = {post.id: post for post in visible_posts(question.id)}
        service.hide_post(cast.chair, posts[older], merged, "It names a voter.")
        assert merged.shown
        service.hide_post(cast.chair, posts[asked], merged, "It names a voter.")
        assert not merged.shown


def test_a_question_without_an_answer_takes_that_of_the_question_merged_into_it(
    inside, cast, topic
):
    with inside():
        answer = visible_posts(topic.id)[-1]
        service.accept_answer(cast.member, answer.id)
        question = make_topic(cast.member, cast.open, "Ink again?")
        merged = service.merge_topic(cast.chair, topic.id, into_id=question.id)
        assert (merged.accepted_post_id, merged.status) == (answer.id, "answered")
        old = db.session.get_one(Topic, (question.tenant_id, topic.id))
        assert (old.accepted_post_id, old.status) == (None, "archived")


def test_topics_of_two_groups_are_not_merged_unseen(inside, cast, topic):
    with inside():
        private = make_topic(cast.member, cast.private, "Private")
        db.session.flush()
        for into_id in (topic.id, private.id):
            with pytest.raises(Refused):
                service.merge_topic(cast.chair, private.id, into_id=into_id)


def test_an_answer_that_comes_while_its_topic_is_merged_is_not_lost(inside, cast, topic, at_once):
    """It is in the topic that stands, or refused and kept in the box: never where nobody looks."""
    with inside():
        twin_id = make_topic(cast.member, cast.open, "Ink again").id
    with inside():
        service.reply(cast.member, twin_id, body="Just in time.", language="en")
        merging = at_once(lambda: service.merge_topic(cast.chair, twin_id, into_id=topic.id))
    assert not isinstance(merging.end(), Exception)
    with inside():
        assert "Just in time." in [post.body for post in visible_posts(topic.id)]


def test_an_answer_that_comes_after_its_topic_was_merged_is_refused(
    monkeypatch, inside, cast, topic, at_once
):
    with inside():
        twin_id = make_topic(cast.member, cast.open, "Ink again").id

    def merged_meanwhile(*_):
        monkeypatch.undo()
        other = at_once(lambda: service.merge_topic(cast.chair, twin_id, into_id=topic.id))
        assert not isinstance(other.end(), Exception)
        return False

    monkeypatch.setattr("network.moderation.queries.holds", merged_meanwhile)
    with pytest.raises(Refused, match="merged into another"), inside():
        service.reply(cast.member, twin_id, body="Too late.", language="en")
    with inside():
        assert [post.body for post in visible_posts(twin_id)] == []


def test_an_answer_that_waits_for_a_moderator_does_not_enter_a_closed_topic(
    monkeypatch, inside, cast, topic, at_once
):
    def closed_meanwhile(*_):
        monkeypatch.undo()
        assert not isinstance(
            at_once(lambda: service.close_topic(cast.chair, topic.id)).end(), Exception
        )
        return True

    monkeypatch.setattr("network.moderation.queries.holds", closed_meanwhile)
    with pytest.raises(Refused, match="closed"), inside():
        service.reply(cast.member, topic.id, body="Too late.", language="en")
