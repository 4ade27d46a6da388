"""Reporting, hiding and showing again: by page and API, once per person, with the author told why."""

import pytest
from sqlalchemy.exc import IntegrityError

from kernel.errors import Forbidden, Refused
from kernel.events import emit
from kernel.events.people import PersonErased
from network.moderation import queries, service
from network.moderation.rules import FlagReason
from network.topics import queries as topic_queries
from network.topics import service as topics
from network.topics.lists import topic_page
from tests.factories.network import make_topic

OTHER = FlagReason.OTHER


@pytest.fixture
def topic(inside, cast):
    """A topic of the newcomer's with an answer of the chair's."""
    with inside():
        topic = make_topic(cast.newcomer, cast.open)
        topics.reply(cast.chair, topic.id, body="It does.", language="en")
        return topic


@pytest.fixture
def post_id(inside, topic):
    """The post it was opened with."""
    with inside():
        return topic_queries.first_post_id(topic.id)


def test_a_report_comes_to_the_moderators_and_is_closed_by_their_decision(
    browser_for, cast, topic, post_id, run_jobs, outbox
):
    run_jobs()
    before = len(outbox())
    reader, chair = browser_for(cast.reader), browser_for(cast.chair)
    address = f"/network/moderation/posts/{post_id}/report"
    assert address in reader.get(f"/network/discussions/{topic.id}").html
    form = reader.get(address)
    refused = reader.submit(form, "Report")
    assert refused.status == 422
    assert "Choose what is wrong" in refused.text
    told = reader.submit(form, "Report", reason="confidential", note="It names a voter.")
    assert "The moderators were told." in told.text
    run_jobs()
    mails = outbox()[before:]
    assert sorted(mail.name for mail in mails) == ["Ama Chair", "Nia Admin"]
    assert "It names a voter." in mails[0].text
    page = chair.get(
        chair.get("/network/moderation").links()["Look and decide Indelible ink · Noa Newcomer"]
    )
    assert "Rita Reader" in page.text
    assert "Nothing waits" in chair.submit(page, "Approve").text


def test_one_reports_a_post_once_and_never_ones_own(inside, cast, post_id):
    with inside():
        service.flag_post(cast.reader, post_id, reason=OTHER)
        with pytest.raises(Refused):
            service.flag_post(cast.newcomer, post_id, reason=OTHER)
    with pytest.raises(IntegrityError), inside():
        service.flag_post(cast.reader, post_id, reason=OTHER)


def test_a_second_report_of_ones_own_is_refused_in_words(browser_for, cast, post_id):
    browser = browser_for(cast.reader)
    form = browser.get(f"/network/moderation/posts/{post_id}/report")
    browser.submit(form, "Report", reason="other")
    again = browser.submit(
        browser.get(f"/network/moderation/posts/{post_id}/report"), "Report", reason="other"
    )
    assert again.errors == ["You have reported this post already: there is nothing more to do."]


def test_a_hidden_first_post_hides_its_topic_and_tells_its_author_why(
    inside, cast, topic, post_id, browser_for, run_jobs, outbox
):
    run_jobs()
    before = len(outbox())
    chair = browser_for(cast.chair)
    page = chair.get(f"/network/moderation/posts/{post_id}")
    assert chair.submit(page, "Hide the post").status == 422
    chair.submit(page, "Hide the post", reason="It names a voter.")
    run_jobs()
    (mail,) = outbox()[before:]
    assert mail.name == "Noa Newcomer"
    assert "It names a voter." in mail.text
    address = f"/network/discussions/{topic.id}"
    own = browser_for(cast.newcomer).get(address)
    assert "Reason: It names a voter." in own.text
    assert browser_for(cast.reader).get(address).status == 404
    with inside():
        assert topic_page(cast.reader).topics == []
        service.approve_post(cast.administrator, post_id)
        assert len(topic_page(cast.reader).topics) == 1
    assert browser_for(cast.reader).get(address).status == 200


def test_a_hidden_answer_is_neither_shown_nor_counted(inside, cast, topic, browser_for):
    with inside():
        answer = topics.reply(cast.reader, topic.id, body="Nonsense.", language="en")
        service.hide_post(cast.chair, answer.id, reason="Off topic")
        assert topic_page(cast.newcomer).topics[0].replies == 1
    address = f"/network/discussions/{topic.id}"
    assert "Nonsense." not in browser_for(cast.newcomer).get(address).text
    assert "Nonsense." in browser_for(cast.reader).get(address).text
    assert "Nonsense." in browser_for(cast.chair).get(address).text


def test_nobody_decides_on_her_own_post_nor_without_cause(inside, cast, topic, post_id):
    with inside():
        own = topics.reply(cast.chair, topic.id, body="Mine.", language="en")
        with pytest.raises(Refused):
            service.hide_post(cast.chair, own.id, reason="x")
        with pytest.raises(Refused):
            service.approve_post(cast.chair, post_id)
        with pytest.raises(Forbidden):
            service.hide_post(cast.reader, post_id, reason="x")
        assert queries.queue(cast.chair) == []


def test_what_an_erased_person_wrote_in_her_reports_is_forgotten(inside, cast, post_id, run_jobs):
    with inside():
        service.flag_post(cast.reader, post_id, reason=OTHER, note="It names a voter.")
        emit(PersonErased(cast.reader.person_id))
    run_jobs()
    with inside():
        (flag,) = queries.open_flags([post_id])[post_id]
        assert (flag.reason, flag.note) == ("other", "")


def test_a_post_that_was_removed_meanwhile_is_not_shown_to_who_decides(
    inside, cast, topic, post_id, browser_for
):
    with inside():
        answer = topics.reply(cast.reader, topic.id, body="Nonsense.", language="en")
        topics.remove_post(cast.reader, answer.id)
    page = browser_for(cast.chair).get(f"/network/moderation/posts/{answer.id}")
    assert "This post was removed meanwhile: there is nothing left to decide." in page.text
    assert "Nonsense." not in page.text


def test_the_api_does_the_same(api_for, cast, post_id):
    reader, chair = api_for(cast.reader), api_for(cast.chair)
    flags = f"/moderation/posts/{post_id}/flags"
    assert reader.post(flags, json={"reason": "other"}).status_code == 204
    (queued,) = chair.get("/moderation/queue").get_json()["posts"]
    assert (queued["id"], queued["flags"][0]["name"]) == (str(post_id), "Rita Reader")
    hide = f"/moderation/posts/{post_id}/hide"
    assert chair.post(hide, json={}).status_code == 422
    assert reader.post(hide, json={"reason": "x"}).status_code == 403
    assert chair.post(hide, json={"reason": "It names a voter."}).status_code == 204
    assert reader.post(flags, json={"reason": "other"}).status_code == 404
    assert chair.post(f"/moderation/posts/{post_id}/approve").status_code == 204


def test_the_settings_are_those_of_administrators_and_versioned(api_for, browser_for, cast):
    assert api_for(cast.chair).get("/moderation/settings").status_code == 403
    api = api_for(cast.administrator)
    body = {"first_posts_held": 2}
    saved = api.open("PUT", "/moderation/settings", json=body, headers={"If-Match": '"0"'})
    assert saved.get_json() == {"first_posts_held": 2, "version": 1}
    stale = api.open("PUT", "/moderation/settings", json=body, headers={"If-Match": '"0"'})
    assert stale.status_code == 409
    browser = browser_for(cast.administrator)
    page = browser.get("/network/moderation/settings")
    assert browser.submit(page, "Save", first_posts_held="21").status == 422
    assert "The settings were saved." in browser.submit(page, "Save", first_posts_held="0").text


def test_who_chairs_and_wrote_does_not_learn_who_reported_it(browser_for, inside, cast, topic):
    with inside():
        own = topics.reply(cast.chair, topic.id, body="Mine.", language="en").id
        service.flag_post(cast.reader, own, reason=OTHER, note="She is rude.")
    page = browser_for(cast.chair).get(f"/network/moderation/posts/{own}")
    assert page.status == 404
    assert "You wrote this yourself: another moderator decides on it." in page.text
    assert "Rita" not in page.html
    assert "rude" not in page.html
    assert "Rita Reader" in browser_for(cast.administrator).get(page.path).text


def test_what_its_author_took_away_is_shown_to_no_moderator(browser_for, inside, cast, topic):
    with inside():
        taken = topics.reply(cast.reader, topic.id, body="A slip.", language="en").id
        topics.remove_post(cast.reader, taken)
    page = browser_for(cast.chair).get(f"/network/moderation/posts/{taken}")
    assert "A slip." not in page.html


def test_two_who_decide_at_once_decide_once(inside, cast, post_id, at_once):
    with inside():
        service.flag_post(cast.reader, post_id, reason=OTHER)
    with inside():
        service.approve_post(cast.administrator, post_id)
        other = at_once(lambda: service.approve_post(cast.chair, post_id))
    assert isinstance(other.end(), Refused)
    with inside():
        assert len(queries.decisions_on(post_id)) == 1
