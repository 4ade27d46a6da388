"""A private group's topic, over every surface there is: for a stranger it does not exist."""

import io
from uuid import UUID

import pytest
from werkzeug.datastructures import FileStorage

from kernel.db import db, scoped
from kernel.search import search
from network.groups import queries as groups
from network.topics import service
from network.topics.lists import topic_page
from tests.factories.network import make_topic, posts_of

SURFACES = {
    "page": lambda seen: seen.page.status == 200,
    "list": lambda seen: seen.topic.title in seen.list_page.text,
    "count": lambda seen: seen.rows == 1,
    "file": lambda seen: seen.file.status == 200,
    "versions": lambda seen: seen.versions.status == 200,
    "search": lambda seen: len(seen.hits) == 1,
    "search page": lambda seen: "Indelible ink" in seen.search_page.text,
    "api": lambda seen: seen.api_topic.status_code == 200,
    "api list": lambda seen: len(seen.api_list.json["topics"]) == 1,
    "api file": lambda seen: seen.api_file.status_code == 200,
}


class Seen:
    """What one person sees of a topic, by every surface."""

    def __init__(self, app, tenant, browser, api, actor, topic, file_id, post_id):
        self.topic = topic
        self.page = browser.get(f"/network/discussions/{topic.id}")
        self.list_page = browser.get("/network/discussions")
        self.file = browser.get(f"/network/discussions/files/{file_id}")
        self.versions = browser.get(f"/network/discussions/posts/{post_id}/versions")
        self.search_page = browser.get("/search?q=tropics")
        self.api_topic = api.get(f"/topics/{topic.id}")
        self.api_list = api.get("/topics")
        self.api_file = api.get(f"/topics/files/{file_id}")
        with (
            app.app_context(),
            scoped(tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
        ):
            self.rows = len(topic_page(actor).topics)
            self.hits = search(actor, "tropics")


@pytest.fixture
def seen_by(app, tenant, browser_for, api_for, inside, cast):
    """Return what somebody sees of a topic with a file in a group."""

    def look(actor, group):
        with inside():
            plan = FileStorage(io.BytesIO(b"%PDF-1.4 plan"), filename="plan.pdf")
            topic = make_topic(cast.member, group, files=[plan])
            db.session.flush()
            (row,) = posts_of(cast.member, topic)
            (file,) = row.files
        return Seen(
            app, tenant, browser_for(actor), api_for(actor), actor, topic, UUID(file["id"]), row.id
        )

    return look


@pytest.mark.parametrize(
    ("who", "where", "expected"),
    [
        ("member", "private", True),
        ("chair", "private", True),
        ("stranger", "private", False),
        ("administrator", "private", False),
        ("stranger", "open", True),
    ],
)
def test_every_surface_agrees_on_who_sees_a_topic(seen_by, cast, who, where, expected):
    seen = seen_by(getattr(cast, who), getattr(cast, where))
    assert {name: shows(seen) for name, shows in SURFACES.items()} == dict.fromkeys(
        SURFACES, expected
    )


def test_what_does_not_exist_for_somebody_answers_404_and_not_403(seen_by, cast):
    seen = seen_by(cast.stranger, cast.private)
    assert {seen.page.status, seen.file.status, seen.versions.status} == {404}
    assert {seen.api_topic.status_code, seen.api_file.status_code} == {404}


def test_a_former_member_sees_nothing_from_the_moment_she_is_removed(seen_by, inside, cast):
    with inside():
        service_group = groups.group_known_to(cast.chair, cast.private.id)
        from network.groups.service import add_member, remove_member

        add_member(cast.chair, service_group.id, person_id=cast.stranger.person_id)
        remove_member(cast.chair, service_group.id, person_id=cast.stranger.person_id)
    seen = seen_by(cast.stranger, cast.private)
    assert not any(shows(seen) for shows in SURFACES.values())


def test_a_removed_post_takes_its_file_and_its_hit_along(app, tenant, browser_for, inside, cast):
    with inside():
        plan = FileStorage(io.BytesIO(b"%PDF-1.4 plan"), filename="plan.pdf")
        topic = make_topic(cast.member, cast.private)
        post = service.reply(cast.member, topic.id, body="A zebra", language="en", files=[plan])
        (file,) = posts_of(cast.member, topic)[-1].files
        service.remove_post(cast.member, post.id)
    browser = browser_for(cast.member)
    assert browser.get(f"/network/discussions/files/{file['id']}").status == 404
    assert "zebra" not in browser.get("/search?q=zebra").text.replace("Search: zebra", "")
    page = browser.get(f"/network/discussions/{topic.id}")
    assert "zebra" not in page.text
    assert "Its author removed this post." in page.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/topics/{topic}"),
        ("POST", "/topics/{topic}/posts"),
        ("POST", "/topics/{topic}/close"),
        ("PATCH", "/topics/posts/{post}"),
        ("DELETE", "/topics/posts/{post}"),
        ("POST", "/topics/posts/{post}/accept"),
        ("GET", "/topics/{topic}/posts/1"),
    ],
)
def test_a_stranger_can_do_nothing_to_a_topic_by_its_ids(api_for, inside, cast, method, path):
    with inside():
        topic = make_topic(cast.member, cast.private)
        db.session.flush()
        (row,) = posts_of(cast.member, topic)
    body = {"title": "x", "body": "x", "language": "en"}
    wanted = {"title"} if path == "/topics/{topic}" else {"body", "language"}
    answer = api_for(cast.stranger).open(
        method,
        path.format(topic=topic.id, post=row.id),
        json={key: text for key, text in body.items() if key in wanted},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 404


def test_the_api_searches_what_its_owner_may_see(api_for, inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private, body="A zebra in the register")
    (hit,) = api_for(cast.member).get("/search?q=zebra").json
    assert (hit["kind"], hit["target_id"]) == ("topic", str(topic.id))
    assert "<mark>zebra</mark>" in hit["excerpt"]
    assert api_for(cast.member).get("/search?q=zebra&kind=organisation").json == []
    assert api_for(cast.stranger).get("/search?q=zebra").json == []
    refused = api_for(cast.member).get("/search?q=&page=0")
    assert refused.status_code == 422
    assert set(refused.json["errors"]) == {"q", "page"}


def test_the_trail_repeats_nothing_that_was_written_in_a_private_group(browser_for, inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private, "Ballot fraud", body="In the north.")
        reply = service.reply(cast.chair, topic.id, body="In the south.", language="en")
        service.edit_post(cast.chair, reply.id, version=1, body="In the east.", language="fr")
        service.rename_topic(cast.member, topic.id, version=topic.version, title="Ballot supply")
        service.accept_answer(cast.member, reply.id)
        service.attach_file(cast.chair, reply.id, file=FileStorage(io.BytesIO(b"a"), "north.txt"))
        service.add_translation(cast.member, reply.id, language="en", body="To the south.")
        service.remove_post(cast.chair, reply.id)
        service.close_topic(cast.chair, topic.id)
    trail = browser_for(cast.administrator).get("/admin/audit/export.csv").html
    assert trail.count("Voter registration") >= 7
    for action in (
        "topic.created",
        "post.edited",
        "post.file_added",
        "topic.renamed",
        "topic.status_changed",
    ):
        assert action in trail
    for text in ("Ballot", "north", "south", "east"):
        assert text not in trail


def test_the_trail_keeps_the_titles_of_an_open_group(browser_for, inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.open, "Ink on order")
        service.rename_topic(cast.member, topic.id, version=topic.version, title="Ink in store")
    trail = browser_for(cast.administrator).get("/admin/audit/export.csv").html
    assert "Ink on order" in trail
    assert "Ink in store" in trail
