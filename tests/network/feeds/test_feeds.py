"""Feeds: what is in them, who reads them, and when that ends."""

from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

import pytest

from kernel.errors import NotFound
from network.feeds import service
from network.groups import service as groups
from network.subscriptions import service as subscriptions
from network.topics import service as topics
from network.topics.queries import visible_posts
from tests.factories.network import end_affiliations, make_group, make_topic

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def cast(factory, inside):
    """A member of a private group, and a topic in it."""

    class Cast:
        administrator = factory.actor("Nia Admin", roles=["network_administrator"])
        chair, member = factory.actor("Ama Chair"), factory.actor("Lepule Member")
        stranger = factory.actor("Sam Stranger")

    with inside():
        Cast.group = make_group(
            Cast.administrator, Cast.chair, [Cast.member], name="Voter registration"
        )
        Cast.topic = make_topic(Cast.chair, Cast.group, "Ink <& seals>")
    return Cast


@pytest.fixture
def feed(inside, cast):
    """The path of the member's feed of all her groups."""
    with inside():
        return service.create_feed(cast.member, name="Reader", group_id=None).address.partition(
            ".example.org"
        )[2]


def entries(page):
    return fromstring(page.response.data).findall(f"{ATOM}entry")


def test_a_feed_is_atom_with_everything_rfc_4287_asks_for(cast, feed, browser_for):
    page = browser_for().get(feed)
    assert (page.status, page.response.mimetype) == (200, "application/atom+xml")
    root = fromstring(page.response.data)
    assert root.tag == f"{ATOM}feed"
    for node in (root, *entries(page)):
        for name in ("id", "title", "updated"):
            (found,) = node.findall(f"{ATOM}{name}")
            assert found.text
        assert node.find(f"{ATOM}id").text.startswith("urn:uuid:")
        moment = datetime.fromisoformat(node.findtext(f"{ATOM}updated"))
        assert moment.tzinfo == UTC
        assert node.find(f"{ATOM}author/{ATOM}name").text
        assert node.find(f"{ATOM}link[@rel='alternate']").get("href").startswith("https://")
    assert root.find(f"{ATOM}link[@rel='self']").get("href").endswith(feed)
    (entry,) = entries(page)
    assert entry.findtext(f"{ATOM}title") == "Ink <& seals>"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ama Chair"
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "<strong>tropics</strong>" in content.text


def test_a_reader_that_has_it_already_gets_nothing_again_until_something_is_new(
    inside, cast, feed, browser_for
):
    reader = browser_for()
    first = reader.get(feed).response
    known = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Last-Modified"]
    assert reader.get(feed, headers=known).status == 304
    with inside():
        topics.reply(cast.member, cast.topic.id, body="It holds.", language="en")
    again = reader.get(feed, headers=known)
    assert (again.status, len(entries(again))) == (200, 2)


def test_what_was_removed_is_in_no_feed(inside, cast, feed, browser_for):
    with inside():
        topics.remove_post(cast.chair, visible_posts(cast.topic.id)[0].id)
    assert entries(browser_for().get(feed)) == []


def test_a_feed_ends_with_the_access_of_its_owner(inside, cast, feed, browser_for):
    with inside():
        end_affiliations(cast.member)
    assert browser_for().get(feed).status == 404


def test_a_feed_of_a_group_ends_when_its_owner_may_not_read_it_any_more(inside, cast):
    with inside():
        made = service.create_feed(cast.member, name="Reader", group_id=cast.group.id)
        secret = made.address.rpartition("/")[2]
        assert len(service.channel_at(secret).entries) == 1
        groups.remove_member(cast.chair, cast.group.id, person_id=cast.member.person_id)
    with inside(), pytest.raises(NotFound):
        service.channel_at(secret)


def test_nobody_makes_a_feed_of_a_group_she_may_not_read(inside, cast):
    with inside(), pytest.raises(NotFound):
        service.create_feed(cast.stranger, name="Reader", group_id=cast.group.id)


def test_of_a_confidential_group_a_feed_says_only_that_there_is_something_new(
    inside, cast, feed, browser_for
):
    with inside():
        subscriptions.set_content_free(cast.chair, cast.group.id, version=0, content_free=True)
    page = browser_for().get(feed)
    assert len(entries(page)) == 1
    for secret in ("Ink", "Ama", "tropics"):
        assert secret not in page.response.get_data(as_text=True)


def test_a_feed_is_made_shown_once_listed_and_revoked(inside, cast, browser_for):
    browser = browser_for(cast.member)
    assert "No feeds yet" in browser.get("/account/feeds").text
    refused = browser.submit(browser.get("/account/feeds/new"), "Make the feed")
    assert refused.errors == ["Enter a name by which you will know this feed again."]
    made = browser.submit(refused, "Make the feed", name="Phone")
    assert made.response.headers["Cache-Control"] == "no-store"
    address = made.document.find(".//code").text.partition(".example.org")[2]
    assert browser_for().get(address).status == 200
    listed = browser.get("/account/feeds")
    assert "Phone" in listed.text
    assert address not in listed.html
    browser.submit(listed, "Revoke Phone")
    assert browser_for().get(address).status == 404


def test_the_api_makes_lists_and_revokes_feeds_of_ones_own(app, tenant, cast, api_token):
    def ask(actor, method, path, **options):
        headers = {"Authorization": f"Bearer {api_token(actor)}"}
        return app.test_client().open(
            f"/api/v1/feeds{path}",
            method=method,
            base_url=f"http://{tenant.host}",
            headers=headers,
            **options,
        )

    made = ask(cast.member, "POST", "", json={"name": "Phone", "group_id": str(cast.group.id)})
    assert made.status_code == 201
    assert "/feeds/" in made.get_json()["address"]
    (listed,) = ask(cast.member, "GET", "").get_json()
    assert listed["name"] == "Phone"
    assert "address" not in listed
    assert ask(cast.stranger, "DELETE", f"/{listed['id']}").status_code == 404
    assert ask(cast.member, "DELETE", f"/{listed['id']}").status_code == 204
    assert ask(cast.member, "GET", "").get_json() == []
