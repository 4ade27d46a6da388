"""Groups in a real browser: asking and being taken in, a guest's one room, the pages in every mode."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from kernel.values import clock
from network.groups import service
from tests.browser.people import People
from tests.browser.steps import (
    choose,
    find,
    follow,
    look_around,
    look_in_every_mode,
    press,
    read,
    status_of,
)
from tests.factories import Factory
from tests.factories.network import make_group, make_guest, make_topic


@pytest.fixture
def cast(factory: Factory) -> dict[str, Any]:
    """An administrator, a chair with a member of her organisation, and somebody of another."""
    emb = factory.organisation("Electoral Commission of Ghana", country="GH")
    return {
        "administrator": factory.actor("Nia Fictional", roles=["network_administrator"]),
        "chair": factory.actor("Kofi Fictional", organisation=emb, roles=["focal_point"]),
        "member": factory.actor("Akua Fictional", organisation=emb),
        "stranger": factory.actor("Sina Fictional"),
    }


def test_one_asks_in_one_browser_and_the_chair_accepts_in_another(
    people: People, cast: dict[str, Any], inside: Any
) -> None:
    with inside():
        make_group(cast["administrator"], cast["chair"], name="Small states", joining="on_request")
    asking, chairing = people.page(cast["stranger"]), people.page(cast["chair"], width=390)
    asking.goto("/network/groups")
    follow(asking, "Ask to join Small states")
    asking.get_by_label("Why you would like to join").fill("We are three people.")
    press(asking, "Send to the chair")
    read(asking, "You asked to join. The chair has been told; the answer comes by mail.")
    chairing.goto("/")
    chairing.get_by_role("link", name=re.compile("Answer who asks to join Small states")).click()
    read(chairing, "We are three people.")
    press(chairing, "Accept")
    read(chairing, "Taken in. Whoever asked is told by mail.")
    asking.reload()
    expect(asking.get_by_role("link", name="Discussions of the group")).to_be_visible()


def test_a_seat_is_given_and_filled_and_an_invitation_accepted_in_other_browsers(
    people: People, cast: dict[str, Any], inside: Any
) -> None:
    with inside():
        group = make_group(
            cast["administrator"], cast["administrator"], name="Steering", kind="steering_committee"
        )
    chairing, naming = people.page(cast["administrator"]), people.page(cast["chair"], width=390)
    chairing.goto(f"/network/groups/{group.id}")
    follow(chairing, "Give a seat")
    choose(chairing, "Organisation", "Electoral Commission of Ghana")
    press(chairing, "Save")
    read(chairing, "The seat was given.")
    naming.goto("/")
    naming.get_by_role("link", name=re.compile("Steering")).first.click()
    choose(naming, "Representative", "Akua Fictional")
    press(naming, "Save")
    read(naming, "The seat is filled as you said; whoever is new is told by mail.")
    chairing.get_by_text("Manage the group").click()
    follow(chairing, "Invite somebody")
    find(chairing, "Sina Fictional")
    press(chairing, "Invite or add")
    read(chairing, "The invitation was sent.")
    seats = chairing.get_by_role("table", name="1 seat")
    expect(seats.get_by_role("row", name=re.compile("Ghana"))).to_contain_text("Akua Fictional")
    invited = people.page(cast["stranger"])
    invited.goto("/network/groups")
    follow(invited, "Steering")
    press(invited, "Accept the invitation")
    read(invited, "You are a member now")
    chairing.reload()
    members = chairing.get_by_role("table", name=re.compile("members"))
    expect(members.get_by_role("rowheader", name="Sina Fictional")).to_be_visible()
    expect(members.get_by_role("button", name="Remove Sina Fictional")).to_have_text(
        re.compile("^Remove ")
    )


def test_a_guest_sees_her_group_and_nothing_else_of_the_network(
    people: People, cast: dict[str, Any], inside: Any, factory: Factory
) -> None:
    with inside():
        group = make_group(cast["administrator"], cast["chair"], name="Small states")
        make_topic(cast["chair"], group, "Ballots by boat")
        other = make_group(
            cast["administrator"], cast["chair"], name="Inks", visibility="open", joining="open"
        )
        topic = make_topic(cast["chair"], other, "Thumb or finger")
        guest_id = make_guest(cast["chair"], group)
    page = people.page(factory.reload(guest_id))
    page.goto("/network/groups")
    expect(page.get_by_role("link", name="Inks")).to_have_count(0)
    page.goto("/network/discussions")
    follow(page, "Ballots by boat")
    page.get_by_role("textbox", name="Your text").fill("We take the mail boat.")
    press(page, "Post the answer")
    read(page, "We take the mail boat.")
    for address in (
        f"/network/groups/{other.id}",
        f"/network/discussions/{topic.id}",
        f"/network/people/{cast['chair'].person_id}",
    ):
        assert status_of(page, people.address + address) == 404, address


@pytest.mark.slow
def test_groups_are_accessible_in_every_mode(
    people: People, cast: dict[str, Any], inside: Any
) -> None:
    chair, soon = cast["chair"], clock.today("Europe/London") + timedelta(days=20)
    with inside():
        group = make_group(
            cast["administrator"],
            chair,
            name="Steering committee",
            kind="steering_committee",
            joining="on_request",
        )
        asked = service.ask_to_join(cast["stranger"], group.id, reason="We are three people.")
        member_id = cast["member"].person_id
        service.add_member(chair, group.id, person_id=member_id, term_ends_on=soon)
        service.appoint_chair(chair, group.id, person_id=member_id, term_ends_on=soon)
        make_guest(chair, group)
        seat = service.add_seat(chair, group.id, organisation_id=chair.organisation_ids[0])
        service.add_seat(chair, group.id, organisation_id=cast["administrator"].organisation_ids[0])
        service.fill_seat(chair, seat.id, version=1, holder_id=chair.person_id)
    addresses = [
        "/network/groups",
        f"/network/groups/{group.id}",
        f"/network/groups/requests/{asked.id}",
        f"/network/groups/{group.id}/invite",
        f"/network/groups/{group.id}/guests/new",
        f"/network/groups/seats/{seat.id}",
    ]
    look_in_every_mode(people, chair, addresses, "groups")
    look_in_every_mode(people, cast["stranger"], [f"/network/groups/{group.id}"], "groups-stranger")
    page = people.page(cast["administrator"])
    page.goto("/network/groups/new")
    page.get_by_label("Name of the group").fill("Inks")
    find(page, "Sina Fictional")
    look_around(people, page, "en", "groups-found")
    press(page, "Create group")
    expect(page.locator("h1")).to_have_text("Inks")
