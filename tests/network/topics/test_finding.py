"""Discussions in the search: the post itself is opened, and a topic is found before what answers it."""

from urllib.parse import urlsplit

from network.topics import service
from network.topics.queries.page import POSTS_PER_PAGE
from tests.factories.network import make_topic


def test_a_hit_opens_the_post_on_the_page_where_it_stands(browser_for, inside, cast):
    with inside():
        topic = make_topic(cast.member, cast.private, "Seals")
        for number in range(POSTS_PER_PAGE):
            said = "The quokka seal holds." if number == POSTS_PER_PAGE - 1 else f"Seal {number}."
            last = service.reply(cast.chair, topic.id, body=said, language="en")
        last_id = last.id
    browser = browser_for(cast.member)
    opened = browser.get(browser.get("/search?q=quokka").links()["Seals"]).location
    assert urlsplit(opened).path == f"/network/discussions/{topic.id}"
    assert urlsplit(opened).query == "page=2"
    assert urlsplit(opened).fragment == f"post-{last_id}"
    assert browser_for(cast.stranger).get(f"/network/discussions/posts/{last_id}").status == 404


def test_a_topic_is_found_by_its_title_before_its_replies_also_once_they_changed(
    browser_for, inside, cast
):
    with inside():
        topic = make_topic(cast.member, cast.private, "Quokka seals", body="Do they hold? " * 30)
        reply = service.reply(cast.chair, topic.id, body="Yes.", language="en")
        service.edit_post(cast.chair, reply.id, version=1, body="No.", language="en")
        service.rename_topic(cast.member, topic.id, version=topic.version, title="Quokka locks")
    page = browser_for(cast.member).get("/search?q=quokka")
    assert 0 < page.text.index("Do they hold?") < page.text.index("No.")


def test_an_id_in_the_address_of_a_search_tells_no_name(browser_for, inside, cast):
    with inside():
        make_topic(cast.chair, cast.private, "Seals")
    address = f"/search?q=seals&author={cast.chair.person_id}"
    assert "Only by Ama Chair" in browser_for(cast.member).get(address).text
    assert "Ama Chair" not in browser_for(cast.stranger).get(address).text
