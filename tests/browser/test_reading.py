"""Two people in two browsers: one writes, the other goes on there, by keyboard alone or without scripts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from network.topics import service
from network.topics.queries import visible_posts
from network.topics.rules import ReactionKind
from tests.browser.people import People
from tests.browser.steps import tab_to
from tests.factories import Factory
from tests.factories.network import make_group, make_topic


@pytest.fixture
def talk(factory: Factory, inside: Any) -> dict[str, Any]:
    """A chair and a member of one group, and a topic of 22 posts that is tagged, pinned and liked."""
    emb = factory.organisation("Electoral Commission of Ghana", country="GH")
    administrator = factory.actor("Nia Fictional", roles=["network_administrator"])
    kofi = factory.actor("Kofi Fictional", organisation=emb)
    akua = factory.actor("Akua Fictional", organisation=emb)
    with inside():
        group = make_group(administrator, kofi, [akua], name="Small states")
        topic = make_topic(kofi, group, "Indelible ink in the tropics", body="Does it **hold**?")
        for number in range(1, 22):
            author = akua if number % 3 else kofi
            service.reply(author, topic.id, body=f"Answer number {number}.", language="en")
        first = visible_posts(topic.id)[0]
        service.react(akua, first.id, kind=ReactionKind.SAME_HERE)
        service.remove_post(akua, visible_posts(topic.id)[1].id)
        tags = ["indelible ink", "small states"]
        service.tag_topic(kofi, topic.id, version=topic.version, tags=tags)
        service.pin_topic(kofi, topic.id)
        service.add_translation(akua, first.id, language="ar", body="هل **يثبت**؟")
    return {"kofi": kofi, "akua": akua, "group": group, "topic": topic}


def test_one_goes_on_where_the_other_wrote(people: People, talk: dict[str, Any]) -> None:
    path = f"/network/discussions/{talk['topic'].id}"
    reader, writer = people.page(talk["kofi"]), people.page(talk["akua"])
    for page in (1, 2):
        reader.goto(f"{path}?page={page}")
    writer.goto(f"{path}?page=last")
    writer.get_by_role("textbox", name="Your text").fill("Ours holds for **a month**.")
    writer.get_by_role("button", name="Post the answer").click()
    expect(writer.get_by_text("Ours holds for")).to_be_visible()
    reader.goto("/network/discussions")
    reader.get_by_role("link", name="1 new").click()
    expect(reader.get_by_text("New since you were here")).to_be_in_viewport()
    expect(reader.get_by_text("Ours holds for")).to_be_in_viewport()
    reader.goto("/network/discussions")
    expect(reader.get_by_role("link", name="1 new")).to_have_count(0)


def test_a_topic_is_read_and_answered_by_keyboard_alone(
    people: People, talk: dict[str, Any]
) -> None:
    page = people.page(talk["kofi"])
    page.goto(f"/network/discussions/{talk['topic'].id}?page=1")
    posts = page.locator("[data-post]")
    page.keyboard.press("j")
    expect(posts.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(posts.nth(1)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_text("Answer this post and quote it")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.get_by_text("The post is among your bookmarks.")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("q")
    box = page.get_by_role("textbox", name="Your text")
    expect(box).to_be_focused()
    expect(box).to_have_value("> **Kofi Fictional** wrote:\n>\n> Answer number 3.\n\n")
    page.keyboard.press("Control+End")
    page.keyboard.type("jk: what I type stays what I type.")
    tab_to(page, page.get_by_role("button", name="Post the answer"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("jk: what I type stays what I type.")).to_be_visible()
    expect(page.get_by_role("link", name="Answers Kofi Fictional")).to_be_visible()


def test_one_reads_quotes_and_answers_without_scripts(people: People, talk: dict[str, Any]) -> None:
    page = people.page(talk["kofi"], scripts=False)
    page.goto(f"/network/discussions/{talk['topic'].id}?page=1")
    page.get_by_text("We do this too 1").click()
    page.get_by_role("button", name="Useful").first.click()
    expect(page.get_by_text("Useful 1")).to_be_visible()
    page.get_by_role("link", name="Quote").first.click()
    box = page.get_by_role("textbox", name="Your text")
    expect(box).to_have_value("> **Kofi Fictional** wrote:\n>\n> Does it **hold**?\n\n")
    box.fill("It does here.")
    page.get_by_role("button", name="Post the answer").click()
    expect(page.get_by_text("It does here.")).to_be_visible()
