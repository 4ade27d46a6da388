"""The administrators' pages in a real browser: readable in both directions, usable without scripts."""

import pytest
from playwright.sync_api import expect

from kernel.audit import chain, record
from kernel.identity.actor import Actor
from tests.browser.people import People
from tests.browser.steps import look_in_every_mode
from tests.factories import Factory


@pytest.fixture
def administrator(factory: Factory, inside: object) -> Actor:
    """Somebody who looks after the network, with a few people and entries to look at."""
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    administrator = factory.actor(
        "Adaeze Fictional", organisation=secretariat, roles=["network_administrator"]
    )
    commission = factory.organisation("Electoral Commission of Nowhere", region="africa")
    for name in ("Béatrice Fictional", "Tefiti Fictional"):
        factory.actor(
            name, organisation=commission, roles=["focal_point"], password_hash="unusable"
        )
    with inside():  # type: ignore[operator]
        record(administrator, "organisation.created", commission)
        chain.seal()
        record(
            administrator,
            "organisation.changed",
            commission,
            before={"region": "africa", "languages": ["en"]},
            after={"region": "pacific", "languages": ["en", "fr"]},
        )
    return administrator


@pytest.mark.slow
def test_the_administrators_pages_are_accessible_in_every_mode(
    people: People, administrator: Actor
) -> None:
    person = f"/admin/people/{administrator.person_id}"
    addresses = ["/admin/people", person, "/admin/audit", "/admin/settings"]
    look_in_every_mode(people, administrator, addresses, "admin")


def test_a_role_is_given_and_found_on_the_trail_without_scripts(
    people: People, administrator: Actor
) -> None:
    page = people.page(administrator, scripts=False)
    page.goto("/admin/people?q=tefiti")
    page.get_by_role("link", name="Tefiti Fictional").click()
    page.get_by_label("Role", exact=True).select_option("emb_administrator")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("The role was given.")).to_be_visible()
    page.goto("/admin/audit?action=role")
    expect(page.get_by_role("row").filter(has_text="Role given")).to_contain_text(
        "Adaeze Fictional"
    )
