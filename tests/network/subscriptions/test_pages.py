"""Choosing what comes by mail, on pages and through the API."""

from datetime import timedelta

from kernel.values import clock
from network.groups import service as groups
from network.subscriptions import queries, service
from network.subscriptions.rules import Level, Watch
from tests.factories.network import make_topic


def test_every_group_is_listed_with_its_level_and_saved_together(inside, cast, browser_for):
    browser = browser_for(cast.member)
    page = browser.get("/account/mail")
    assert "Small states" in page.text
    assert "(optional)" not in page.text
    names = {f"level-{cast.private.id}": "daily", f"level-{cast.open.id}": "nothing"}
    saved = browser.submit(page, "Save", **names)
    assert "Your choices are saved." in saved.text
    with inside():
        kept = queries.subscription_of(cast.member.person_id, cast.private.id)
        assert kept is not None
        assert kept.level == Level.DAILY
    browser.submit(browser.get("/account/mail"), "Save", **{f"level-{cast.private.id}": ""})
    with inside():
        assert queries.subscription_of(cast.member.person_id, cast.private.id) is None
        groups.archive_group(cast.chair, cast.private.id)
    page = browser.get("/account/mail")
    assert f"level-{cast.private.id}" not in page.html
    assert f"level-{cast.open.id}" in page.html


def test_who_is_in_no_group_is_told_what_to_do(cast, browser_for):
    page = browser_for(cast.stranger).get("/account/mail")
    assert "You are in no group yet." in page.text
    assert "See the groups" in page.links()


def test_quiet_hours_without_an_end_are_refused_and_what_was_typed_is_kept(cast, browser_for):
    browser = browser_for(cast.member)
    page = browser.get("/account/mail/times")
    answer = browser.submit(page, "Save", quiet_from="20:00")
    assert answer.status == 422
    assert answer.errors == ["Enter both when the quiet hours begin and when they end, or neither."]
    assert 'value="20:00"' in answer.html
    saved = browser.submit(answer, "Save", quiet_from="20:00", quiet_to="07:00")
    assert "from 20:00 until 07:00" in saved.text


def test_saving_over_another_windows_choice_shows_both(cast, browser_for):
    browser = browser_for(cast.member)
    first, second = browser.get("/account/mail/times"), browser.get("/account/mail/times")
    browser.submit(first, "Save", digest_hour="9")
    assert browser.submit(second, "Save", digest_hour="5").status == 409


def test_single_topics_are_listed_while_one_may_read_them_and_given_back(inside, cast, browser_for):
    with inside():
        watched = make_topic(cast.chair, cast.open, "Watched by her")
        muted = make_topic(cast.chair, cast.private, "Muted by her")
        service.set_watch(cast.member, watched.id, mode=Watch.WATCH)
        service.set_watch(cast.member, muted.id, mode=Watch.MUTE)
    member = browser_for(cast.member)
    page = member.get("/account/mail")
    assert {"Watched by her", "Muted by her"} <= set(page.links())
    assert "Nothing of this topic comes to you by mail." in page.text
    with inside():
        groups.remove_member(cast.member, cast.private.id, person_id=cast.member.person_id)
    page = member.get("/account/mail")
    assert "Watched by her" in page.links()
    assert "Muted by her" not in page.links()
    member.submit(page, "As in the group Watched by her")
    assert "Single topics" not in member.get("/account/mail").text


def test_a_pause_is_told_on_the_page(cast, browser_for):
    browser = browser_for(cast.member)
    day = clock.today("Europe/London") + timedelta(days=10)
    saved = browser.submit(browser.get("/account/mail/times"), "Save", paused_until=day.isoformat())
    assert "is paused until" in saved.text
    answer = browser.submit(browser.get("/account/mail/times"), "Save", paused_until="2020-01-01")
    assert answer.errors == ["Enter a day from tomorrow on, within a year, or leave it empty."]


def test_only_the_chair_decides_whether_mails_carry_content(cast, browser_for, inside):
    path = f"/account/mail/groups/{cast.private.id}/content"
    assert browser_for(cast.member).get(path).status == 403
    assert browser_for(cast.stranger).get(path).status == 403
    chair = browser_for(cast.chair)
    chair.submit(chair.get(path), "Save", content_free="on")
    with inside():
        assert queries.is_content_free(cast.private.id)


def test_the_api_knows_the_same_choices(inside, cast, api_for):
    api = api_for(cast.member)
    with inside():
        topic = make_topic(cast.chair, cast.private)
    group = f"/subscriptions/groups/{cast.private.id}"
    assert api.open("PUT", group, json={"level": "weekly"}).status_code == 204
    listed = api.open("GET", "/subscriptions").get_json()
    assert listed["default_level"] == "every_post"
    assert {row["name"]: row["level"] for row in listed["groups"]} == {
        "Small states": None,
        "Voter registration": "weekly",
    }
    watch = f"/subscriptions/topics/{topic.id}"
    assert api.open("PUT", watch, json={"mode": "watch"}).status_code == 204
    (chosen,) = api.open("GET", "/subscriptions").get_json()["topics"]
    assert (chosen["title"], chosen["mode"]) == (topic.title, "watch")
    rhythm = api.open("GET", "/subscriptions/rhythm")
    body = {key: value for key, value in rhythm.get_json().items() if key != "version"}
    changed = api.open(
        "PUT",
        "/subscriptions/rhythm",
        json={**body, "digest_hour": 9},
        headers={"If-Match": rhythm.headers["ETag"]},
    )
    assert (changed.status_code, changed.get_json()["version"]) == (200, 1)
    stale = {"If-Match": rhythm.headers["ETag"]}
    assert api.open("PUT", "/subscriptions/rhythm", json=body, headers=stale).status_code == 409


def test_one_chooses_for_groups_one_is_in_and_topics_one_may_read(inside, cast, api_for):
    api = api_for(cast.stranger)
    with inside():
        topic = make_topic(cast.chair, cast.private)
    private = f"/subscriptions/groups/{cast.private.id}"
    assert api.open("PUT", private, json={"level": "daily"}).status_code == 404
    not_hers = f"/subscriptions/groups/{cast.open.id}"
    assert api.open("PUT", not_hers, json={"level": "daily"}).status_code == 422
    watch = f"/subscriptions/topics/{topic.id}"
    assert api.open("PUT", watch, json={"mode": "watch"}).status_code == 404
