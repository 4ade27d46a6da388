"""What is pressed on a topic's pages shows there afterwards: mail, pins, the end, tags, versions."""

import pytest

from kernel.db import db
from network.topics import queries, service
from tests.factories.network import make_topic


@pytest.fixture
def topic(inside, cast):
    """A topic of the member's."""
    with inside():
        return make_topic(cast.member, cast.private, "Ink")


def address_of(topic):
    return f"/network/discussions/{topic.id}"


def buttons(page):
    """The labels of the page's buttons."""
    return {" ".join("".join(b.itertext()).split()) for b in page.document.iter("button")}


def test_a_topic_is_watched_then_muted_then_neither(browser_for, cast, topic):
    browser = browser_for(cast.member)
    page = browser.get(address_of(topic))
    assert {"Watch this topic", "Mute this topic"} <= buttons(page)
    assert "As in the group" not in buttons(page)
    page = browser.submit(page, "Watch this topic")
    assert "Every post of this topic comes to you by mail." in page.text
    assert "Watch this topic" not in buttons(page)
    page = browser.submit(page, "Mute this topic")
    assert "Nothing of this topic comes to you by mail." in page.text
    assert "Mute this topic" not in buttons(page)
    page = browser.submit(page, "As in the group")
    assert {"Watch this topic", "Mute this topic"} <= buttons(page)
    assert "of this topic comes to you by mail" not in page.text


def test_the_chair_pins_a_topic_and_its_readers_see_it(browser_for, cast, topic):
    chair, reader = browser_for(cast.chair), browser_for(cast.member)
    manage = f"{address_of(topic)}/manage"
    chair.submit(chair.get(manage), "Pin the topic")
    assert "Pinned" in reader.get(address_of(topic)).text
    chair.submit(chair.get(manage), "Unpin the topic")
    assert "Pinned" not in reader.get(address_of(topic)).text
    assert "Pin the topic" not in buttons(reader.get(manage))


def test_a_closed_topic_offers_no_box_until_it_is_opened_again(browser_for, cast, topic):
    chair, reader = browser_for(cast.chair), browser_for(cast.member)
    opened = reader.get(address_of(topic))
    closed = chair.submit(chair.get(f"{address_of(topic)}/manage"), "Close the topic")
    assert "Locked" in closed.text
    page = reader.get(address_of(topic))
    assert "This topic is closed. Start a new topic to go on." in page.text
    assert "Post the answer" not in buttons(page)
    late = reader.submit(opened, "Post the answer", body="Written meanwhile.")
    assert late.status == 422
    assert "Written meanwhile." in late.html
    chair.submit(chair.get(f"{address_of(topic)}/manage"), "Open the topic again")
    answered = reader.submit(reader.get(address_of(topic)), "Post the answer", body="At last.")
    assert "At last." in answered.text


def test_tags_are_written_changed_and_refused_on_their_page(browser_for, cast, topic):
    browser = browser_for(cast.member)
    form = f"{address_of(topic)}/tags"
    page = browser.submit(browser.get(form), "Save", tags="Indelible ink\nseals")
    assert page.path == address_of(topic)
    assert {"#indelible-ink", "#seals"} <= set(page.links())
    page = browser.submit(browser.get(form), "Save", tags="seals")
    assert "#seals" in page.links()
    assert "#indelible-ink" not in page.links()
    refused = browser.submit(browser.get(form), "Save", tags="a\nb\nc\nd\ne\nf")
    assert refused.status == 422
    assert "a\nb\nc\nd\ne\nf" in refused.html
    assert "#seals" in browser.get(address_of(topic)).links()


def test_who_saves_tags_after_somebody_else_sees_both(browser_for, cast, topic):
    form = f"{address_of(topic)}/tags"
    hers, theirs = browser_for(cast.member), browser_for(cast.chair)
    read = hers.get(form)
    theirs.submit(theirs.get(form), "Save", tags="seals")
    late = hers.submit(read, "Save", tags="ink")
    assert late.status == 409
    assert {"seals", "ink"} <= set(late.text.split())
    hers.submit(late, "Save mine over theirs")
    assert "#ink" in hers.get(address_of(topic)).links()


def test_after_two_edits_the_earlier_versions_stand_newest_first(browser_for, cast, inside):
    with inside():
        post_id = first_post(make_topic(cast.member, cast.private, body="It holds two weeks."))
    browser = browser_for(cast.member)
    for text in ("It holds three weeks.", "It holds four weeks."):
        browser.submit(browser.get(f"/network/discussions/posts/{post_id}/edit"), body=text)
    page = browser_for(cast.chair).get(f"/network/discussions/posts/{post_id}/versions")
    assert changed(page, "del") == ["three", "two"]
    assert changed(page, "ins") == ["four", "three"]
    (first,) = [each for each in page.document.iter("div") if each.get("class") == "prose"]
    assert words(first) == "It holds two weeks."


def test_a_translation_is_shown_to_readers_of_its_language_with_the_original_below(
    browser_for, cast, inside
):
    with inside():
        topic = make_topic(cast.member, cast.private, body="Elle tient.", language="fr")
        post_id = first_post(topic)
        service.add_translation(cast.chair, post_id, language="en", body="It **holds**.")
    browser = browser_for(cast.chair)
    page = browser.get(address_of(topic))
    (shown, original) = proses(page)
    assert (shown.get("lang"), words(shown)) == ("en", "It holds.")
    assert "Translated by Ama Chair." in page.text
    assert "Show the original" in page.text
    assert (original.get("lang"), words(original)) == ("fr", "Elle tient.")
    page = browser.get(address_of(topic), headers={"Accept-Language": "fr"})
    (shown,) = proses(page)
    assert (shown.get("lang"), words(shown)) == ("fr", "Elle tient.")
    assert "Ama Chair" not in page.text.partition("<main")[2]


def first_post(topic):
    db.session.flush()
    return queries.first_post_id(topic.id)


def words(element):
    return " ".join("".join(element.itertext()).split())


def proses(page):
    """The texts of the page's only post, as they stand below one another."""
    (post,) = [each for each in page.document.iter("article") if each.get("data-post") is not None]
    return [each for each in post.iter("div") if "prose" in (each.get("class") or "").split()]


def changed(page, tag):
    """What the page marks as added (`ins`) or removed (`del`), without what screen readers are told of it."""
    return [(each.find("span").tail or "").strip() for each in page.document.iter(tag)]
