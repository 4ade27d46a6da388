"""People offered to mention, who is outside, and similar topics: nothing one may not see."""

import pytest

from kernel.identity.queries import actor_by_person
from kernel.values import clock
from network.writing import queries
from network.writing.queries import Place
from network.writing.rules import mention
from tests.factories.network import make_group, make_guest, make_topic


@pytest.fixture
def place(cast):
    """A new topic in the group."""
    return Place(group_id=cast.group.id)


def sent(browser, what, **typed):
    """What the box is answered, which is a part of a page."""
    page = browser.get("/account/profile")
    token = next(
        e.get("value") for e in page.document.iter("input") if e.get("name") == "csrf_token"
    )
    answer = browser.client.post(
        f"/network/writing/{what}", base_url=browser.base_url, data={"csrf_token": token, **typed}
    )
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("", ["Ama Chair"]),
        ("a", ["Ama Chair"]),
        ("cha", ["Ama Chair"]),
        ("ama ch", ["Ama Chair"]),
        ("ghana", ["Ama Chair"]),
        ("lepule", []),  # herself
        ("sam", []),  # outside
        ("zzz", []),
    ],
)
def test_people_of_the_group_are_offered_by_name_or_organisation(
    inside, cast, place, wanted, names
):
    with inside():
        found = queries.people_called(cast.member, place, wanted)
        assert [colleague.name for colleague in found] == names


def test_accents_do_not_keep_a_name_from_being_found(inside, cast, place):
    with inside():
        (found,) = queries.people_called(cast.chair, place, "lepu")
        assert found.name == "Lépule Member"


def test_who_is_mentioned_outside_the_group_is_named_before_posting(
    browser_for, inside, cast, place
):
    body = f"{mention('Sam', cast.stranger.person_id)} and {mention('Ama', cast.chair.person_id)}"
    with inside():
        assert queries.mentioned_outside(cast.member, place, body) == ["Sam Stranger"]
    group = str(cast.group.id)
    shown = sent(browser_for(cast.member), "preview", body=body, group_id=group)
    assert "Sam Stranger is not in this group" in shown


def test_nobody_learns_a_name_by_mentioning_an_id_she_made_up(
    inside, factory, cast, place, api_for
):
    """A guest of another group belongs to no organisation: the network does not know of her."""
    administrator = factory.actor("Nia Other", roles=["network_administrator"])
    with inside():
        other = make_group(administrator, cast.chair, name="Seals")
        guest_id = make_guest(cast.chair, other)
        body = f"{mention('x', guest_id)} and {mention('x', cast.stranger.person_id)}"
        assert queries.mentioned_outside(cast.member, place, body) == ["Sam Stranger"]
        assert queries.mentioned_outside(cast.chair, place, body) == ["Gus Guest", "Sam Stranger"]
        guest = actor_by_person(make_guest(cast.chair, cast.group, "Gia Guest"), clock.now())
        assert queries.mentioned_outside(guest, place, body) == []
    where = {"group_id": str(cast.group.id), "body": body}
    preview = api_for(cast.member).post("/writing/preview", json=where)
    assert preview.get_json()["outside"] == ["Sam Stranger"]


def test_a_stranger_is_offered_nobody_of_a_group_she_may_not_read(browser_for, cast):
    answer = browser_for(cast.stranger).get(f"/network/writing/people?group_id={cast.group.id}&q=a")
    assert answer.status == 404


def test_nobody_found_says_that_nobody_outside_is_mailed(browser_for, cast):
    page = browser_for(cast.member).get("/network/discussions/new")
    assert "Nobody outside it is mailed." in page.html


def test_similar_topics_are_offered_to_who_may_see_them(browser_for, inside, cast):
    with inside():
        make_topic(cast.chair, cast.group, title="Brushes and ink", body="How many?")
        make_topic(cast.chair, cast.group, title="Indelible ink in the tropics", body="It fades.")
        make_topic(cast.chair, cast.group, title="Postal votes of seafarers", body="By ship.")
    typed = "Which indelible ink lasts on wet fingers"
    shown = sent(browser_for(cast.member), "similar", title=typed)
    assert 0 < shown.find("Indelible ink in the tropics") < shown.find("Brushes and ink")
    assert "seafarers" not in shown
    assert sent(browser_for(cast.stranger), "similar", title=typed).strip() == ""


def test_the_api_offers_the_same(api_for, inside, cast):
    with inside():
        make_topic(cast.chair, cast.group, title="Indelible ink in the tropics")
    api = api_for(cast.member)
    where = {"group_id": str(cast.group.id)}
    (person,) = api.get("/writing/people", query_string={**where, "q": "ama"}).get_json()["people"]
    assert person["mention"] == mention("Ama Chair", cast.chair.person_id)
    (topic,) = api.get("/writing/similar", query_string={"title": "ink"}).get_json()["topics"]
    assert topic["title"] == "Indelible ink in the tropics"
    preview = api.post("/writing/preview", json={**where, "body": "**a**"}).get_json()
    assert preview == {"html": "<p><strong>a</strong></p>\n", "outside": []}
