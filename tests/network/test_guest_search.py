"""A guest's search: hits, counts and suggestions come from her group, and from nothing else there is."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from kernel.db import scoped
from kernel.identity.actor import Actor
from kernel.search import Entry, counts, did_you_mean, index, search
from network.announcements import service as announcements
from network.announcements.rules import Audience, Content, Text
from network.library import service as library
from network.library.rules.catalogue import ItemVisibility
from tests.factories.library import make_published
from tests.factories.network import make_group, make_guest, make_topic

INSIDE, OUTSIDE = "quokkaseal", "zirconbrush"
"""A word of everything in her group, and one of everything else."""


@dataclass
class Place:
    """Her group, a collection of the library that nothing of it is in, and who looks."""

    guest: Actor
    member: Actor
    collection_id: UUID


@pytest.fixture
def place(factory, inside, run_jobs) -> Place:
    """One of everything that can be found, twice: in the group of the guest, and for the whole network."""
    home = factory.organisation(f"Commission of {OUTSIDE}")
    administrator = factory.actor(
        "Adi Admin", organisation=home, roles=["network_administrator", "member"]
    )
    librarian = factory.actor("Lea Librarian", organisation=home, roles=["librarian", "member"])
    member = factory.actor("Mo Member", organisation=home, roles=["member"])
    with inside():
        group = make_group(administrator, member, [librarian], name="Seals")
        everybody = make_group(administrator, member, [librarian], visibility="open", name="All")
        guest = make_guest(member, group)
        for where, word in ((group, INSIDE), (everybody, OUTSIDE)):
            make_topic(librarian, where, f"Is {word} any good?", body=f"We try {word}.")
        shared = {"visibility": ItemVisibility.GROUP, "group_id": group.id}
        make_published(
            member, librarian, title=INSIDE, content=f"{INSIDE} (fictional)".encode(), **shared
        )
        make_published(member, librarian, title=OUTSIDE, content=f"{OUTSIDE} (fictional)".encode())
        _tell_everybody(administrator)
        for kind in ("member", "person", "workshop"):
            index(Entry(kind, home.id if kind == "member" else UUID(int=len(kind)), OUTSIDE))
        collection = library.create_collection(librarian, title=OUTSIDE, language="en")
        collection_id = collection.id
    run_jobs()
    return Place(factory.reload(guest), member, collection_id)


def _tell_everybody(administrator):
    text = Text("en", OUTSIDE, f"The {OUTSIDE} has come.")
    told = announcements.draft(administrator, Content((text,), Audience(everybody=True)))
    announcements.schedule(administrator, told.id, version=told.version)


@pytest.fixture
def asked(app, tenant):
    """`asked(search, actor, words)` asks in her own transaction."""

    def ask(how, actor, words):
        organisations = actor.organisation_ids
        with (
            app.app_context(),
            scoped(tenant.id, person=actor.person_id, organisations=organisations),
        ):
            return how(actor, words)

    return ask


def test_a_member_finds_what_the_guest_must_not(place, asked):
    assert asked(counts, place.member, INSIDE) == {"topic": 1, "library": 1}
    assert asked(counts, place.member, OUTSIDE).keys() >= {"topic", "library", "announcement"}
    assert asked(did_you_mean, place.member, "zirconbrusch") == OUTSIDE


def test_a_guest_finds_what_stands_in_her_group(place, asked):
    assert {hit.kind for hit in asked(search, place.guest, INSIDE)} == {"topic", "library"}
    assert asked(counts, place.guest, INSIDE) == {"topic": 1, "library": 1}
    assert asked(did_you_mean, place.guest, "quokkaseax") == INSIDE


def test_a_guest_finds_nothing_of_the_network(place, asked):
    assert asked(search, place.guest, OUTSIDE) == []
    assert asked(counts, place.guest, OUTSIDE) == {}
    assert asked(did_you_mean, place.guest, "zirconbrusch") is None


def test_the_pages_and_the_api_tell_a_guest_no_more(place, app, tenant, browser_for, api_token):
    browser = browser_for(place.guest)
    page = browser.get(f"/search?q={OUTSIDE}")
    assert OUTSIDE not in page.text.replace(f"“{OUTSIDE}”", "")
    assert browser.get(f"/search?q={INSIDE}").text.count("Is quokkaseal any good?") == 1
    assert OUTSIDE not in browser.get("/search?q=zirconbrusch").text
    headers = {"Authorization": f"Bearer {api_token(place.guest)}", "Host": tenant.host}
    for door, nothing in (
        ("search", []),
        ("search/counts", []),
        ("search/suggestion", {"did_you_mean": None}),
    ):
        answer = app.test_client().get(f"/api/v1/{door}?q={OUTSIDE}", headers=headers)
        assert answer.json == nothing, door


def test_a_collection_is_there_for_a_guest_once_her_group_has_something_in_it(place, browser_for):
    path = f"/network/library/collections/{place.collection_id}"
    guest, member = browser_for(place.guest), browser_for(place.member)
    assert member.get(path).status == 200
    assert guest.get(path).status == 404
    assert OUTSIDE not in guest.get("/network/library/collections").text
