"""A reported post on which nobody in its group decides but its author goes to who moderates network-wide."""

import io

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import NotFound, Refused
from network.moderation import queries, service
from network.moderation.rules import FlagReason
from network.topics import queries as topic_queries
from tests.factories.network import make_group, make_topic

NOTE = "It names a voter."


def picture():
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(made, "PNG")
    made.seek(0)
    return FileStorage(made, "seal.png")


@pytest.fixture
def topic(inside, cast):
    """What the only chair wrote in her private group, with a picture and a file."""
    with inside():
        files = [picture(), FileStorage(io.BytesIO(b"Bottles (fictional)"), "bottles.txt")]
        return make_topic(cast.chair, cast.private, "Seals", files=files)


@pytest.fixture
def post_id(inside, topic):
    """The post it was opened with."""
    with inside():
        return topic_queries.first_post_id(topic.id)


@pytest.fixture
def reported(inside, cast, post_id):
    """A member has reported it."""
    with inside():
        service.flag_post(cast.reader, post_id, reason=FlagReason.CONFIDENTIAL, note=NOTE)
    return post_id


def test_the_form_says_who_will_see_the_post(browser_for, cast, topic, post_id, inside):
    reader = browser_for(cast.reader)
    page = reader.get(f"/network/moderation/posts/{post_id}/report")
    assert "goes to those who moderate for the whole network" in page.text
    with inside():
        open_one = make_topic(cast.chair, cast.open)
        other = topic_queries.first_post_id(open_one.id)
    page = reader.get(f"/network/moderation/posts/{other}/report")
    assert "The chair of the group, and administrators who read it" in page.text


def test_who_moderates_network_wide_is_mailed_and_finds_it_in_her_queue(
    inside, cast, reported, run_jobs, outbox, waiting
):
    run_jobs()
    mail = next(mail for mail in outbox() if mail.name == "Nia Admin")
    assert NOTE in mail.text
    assert "You see this post, and nothing else that is written there." in mail.text
    with inside():
        assert [row.id for row in queries.queue(cast.administrator)] == [reported]
        assert queries.queue(cast.chair) == []
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "post.flagged"))
        assert entry.one().after["to_network"] is True
    assert "post_to_decide" in [item["kind"] for item in waiting(cast.administrator)]


def test_she_sees_the_post_with_its_files_and_nothing_else_of_the_group(
    browser_for, cast, topic, reported
):
    administrator = browser_for(cast.administrator)
    page = administrator.get(f"/network/moderation/posts/{reported}")
    assert "Does it hold in the tropics?" in page.text
    assert NOTE in page.text
    (shown,) = (image.get("src") for image in page.document.iter("img"))
    assert administrator.get(shown).response.mimetype.startswith("image/")
    assert administrator.get(page.links()["bottles.txt"]).response.data == b"Bottles (fictional)"
    assert "See it in its topic" not in page.links()
    assert administrator.get(f"/network/discussions/{topic.id}").status == 404


def test_she_hides_it_and_can_show_it_again(inside, cast, reported, run_jobs, outbox):
    with inside():
        service.hide_post(cast.administrator, reported, reason=NOTE)
        with pytest.raises(NotFound):
            topic_queries.post_seen_by(cast.reader, reported)
        assert queries.queue(cast.administrator) == []
    run_jobs()
    assert NOTE in next(mail for mail in outbox() if "was hidden" in mail.subject).text
    with inside():
        service.approve_post(cast.administrator, reported)
        assert topic_queries.post_seen_by(cast.reader, reported).post.status == "visible"


def test_a_post_nobody_reported_to_the_network_stays_in_its_group(
    inside, cast, browser_for, post_id
):
    with inside():
        other = make_topic(cast.newcomer, cast.private)
        ordinary = topic_queries.first_post_id(other.id)
        service.flag_post(cast.reader, ordinary, reason=FlagReason.OTHER)
    administrator = browser_for(cast.administrator)
    for each in (post_id, ordinary):
        assert administrator.get(f"/network/moderation/posts/{each}").status == 404
    with inside():
        assert queries.queue(cast.administrator) == []
        assert [row.id for row in queries.queue(cast.chair)] == [ordinary]


@pytest.mark.parametrize("who", ["reader", "newcomer"])
def test_who_only_reads_gets_neither_decision_nor_file(browser_for, cast, inside, reported, who):
    with inside():
        seen = topic_queries.post_seen_by(cast.reader, reported)
        file = queries.files_to_decide(seen)[0]
    visitor = browser_for(getattr(cast, who))
    path = f"/network/moderation/posts/{reported}"
    assert visitor.get(path).status == 403
    assert visitor.get(f"{path}/files/{file.id}").status == 403


def test_a_file_of_another_post_is_not_handed_out(browser_for, cast, inside, reported):
    with inside():
        elsewhere = make_topic(cast.newcomer, cast.private, files=[picture()])
        seen = topic_queries.post_seen_by(cast.reader, topic_queries.first_post_id(elsewhere.id))
        file = queries.files_to_decide(seen)[0]
    path = f"/network/moderation/posts/{reported}/files/{file.id}"
    assert browser_for(cast.administrator).get(path).status == 404
    assert browser_for(cast.administrator).get(f"{path}/picture").status == 404


def test_an_administrator_who_chairs_alone_decides_nothing_of_her_own(inside, cast):
    with inside():
        group = make_group(cast.administrator, cast.administrator, [cast.reader])
        topic = make_topic(cast.administrator, group)
        own = topic_queries.first_post_id(topic.id)
        service.flag_post(cast.reader, own, reason=FlagReason.OTHER)
        assert queries.queue(cast.administrator) == []
        with pytest.raises(Refused):
            service.approve_post(cast.administrator, own)


def test_the_api_hands_out_the_queue_with_its_files(api_for, cast, reported):
    api = api_for(cast.administrator)
    (queued,) = api.get("/moderation/queue").get_json()["posts"]
    assert [file["name"] for file in queued["files"]] == ["seal.png", "bottles.txt"]
    path = f"/moderation/posts/{reported}/files/{queued['files'][1]['id']}"
    assert api.get(path).data == b"Bottles (fictional)"
    assert api_for(cast.reader).get(path).status_code == 403
