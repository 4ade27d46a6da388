"""The box a post is written in: a preview without scripts, who reads it, and what the preview shows."""

import pytest

from kernel.db import db
from network.topics.models import Post
from tests.factories.network import make_group, make_topic


@pytest.fixture
def kofi(factory):
    """A member who may write."""
    return factory.actor("Kofi Fictional")


@pytest.fixture
def topic(inside, factory, kofi):
    """A topic she may answer in."""
    administrator = factory.actor("Nia Fictional", roles=["network_administrator"])
    with inside():
        group = make_group(administrator, kofi, [administrator])
        return make_topic(administrator, group)


@pytest.fixture
def page(browser_for, kofi, topic):
    """The topic's page with its box."""
    browser = browser_for(kofi)
    return browser, browser.get(f"/network/discussions/{topic.id}")


def count_posts():
    return db.session.query(Post).count()


def test_a_preview_shows_the_text_posts_nothing_and_keeps_what_was_typed(page, inside):
    browser, shown = page
    preview = browser.submit(shown, "Show a preview", body="It **holds**.", language="fr")
    assert preview.status == 200
    with inside():
        assert count_posts() == 1
    assert "<strong>holds</strong>" in preview.html
    _, button = preview.form("Post the answer")
    assert button is not None
    posted = browser.submit(preview, "Post the answer")
    assert "It holds." in posted.text
    with inside():
        assert count_posts() == 2
        assert db.session.query(Post).order_by(Post.id.desc()).first().language == "fr"


def test_an_empty_preview_says_what_to_do(page):
    browser, shown = page
    assert "Write your text first" in browser.submit(shown, "Show a preview").text


def test_the_tab_of_the_preview_is_a_part_of_a_page_that_cannot_harm(page):
    browser, shown = page
    token = next(
        e.get("value") for e in shown.document.iter("input") if e.get("name") == "csrf_token"
    )
    answer = browser.client.post(
        "/network/writing/preview",
        base_url=browser.base_url,
        data={"csrf_token": token, "body": "*a* <script>b</script>", "language": "ar"},
    )
    text = answer.get_data(as_text=True)
    assert "<em>a</em>" in text
    assert "<script>" not in text
    assert 'lang="ar"' in text
    assert "<html" not in text


def test_every_box_says_who_reads_and_how_many_are_mailed(page):
    browser, shown = page
    assert "Only members of the group can see this. 1 person will be mailed." in shown.text
    written = browser.submit(shown, "Post the answer", body="It holds.")
    edit = browser.get(written.links()["Change"])
    assert "Only members of the group can see this. Nobody is mailed of a change." in edit.text
    new = browser.get("/network/discussions/new")
    assert "Only members of the group can see this. 1 person will be mailed." in new.text
