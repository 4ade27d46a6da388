"""A network in which nothing has been written yet says where to begin."""

import pytest


@pytest.mark.parametrize(
    ("role", "offers"), [("network_administrator", {"New group"}), ("member", set())]
)
def test_who_may_makes_the_first_group_and_the_others_ask_for_one(
    browser_for, factory, role, offers
):
    page = browser_for(factory.actor(roles=[role])).get("/network/groups")
    assert "No groups yet" in page.text
    assert ("Make the first one" in page.text) == bool(offers)
    assert {"New group"} & page.links().keys() == offers


def test_topics_need_a_group_first(browser_for, factory):
    page = browser_for(factory.actor()).get("/network/discussions")
    assert "you are in none yet" in page.text
    assert page.links()["Groups"] == "/network/groups"
