"""People in a real browser: a profile by keyboard and without scripts, the directory in every mode."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.steps import look_in_every_mode
from tests.factories import Factory


@pytest.fixture
def selma(factory: Factory) -> Any:
    """The administrator of a body, who is to choose its functions."""
    namibia = factory.organisation("Electoral Commission of Namibia", country="NA", region="Africa")
    factory.actor("Tomas Fictional", organisation=namibia)
    return factory.actor("Selma Fictional", organisation=namibia, roles=["emb_administrator"])


def test_a_profile_is_written_without_scripts_and_seen_as_others_see_it(
    people: People, selma: Any
) -> None:
    page = people.page(selma, scripts=False)
    page.goto("/network/people")
    page.get_by_role("link", name="My profile").first.click()
    page.get_by_label("Your role (optional)", exact=True).fill("Head of training")
    page.get_by_label("Your expertise (optional)", exact=True).fill("Voter education\nResults")
    page.get_by_label("Telephone (optional)", exact=True).fill("+264 61 123 456")
    page.get_by_label("Language (optional)", exact=True).first.select_option("fr")
    page.get_by_label("Level (optional)", exact=True).first.select_option("fluent")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your profile was saved.")).to_be_visible()
    expect(page.get_by_text("+264 61 123 456")).to_be_visible()
    page.get_by_role("link", name="Everybody in the network").click()
    expect(page.get_by_text("French (Fluent)")).to_be_visible()
    expect(page.get_by_text("+264 61 123 456")).to_have_count(0)


@pytest.mark.slow
def test_people_are_accessible_in_every_mode(people: People, selma: Any) -> None:
    organisation = selma.organisation_ids[0]
    addresses = [
        "/network/people",
        "/network/people/me",
        f"/network/people/{selma.person_id}",
        f"/network/people/at/{organisation}/functions",
        f"/network/members/{organisation}",
    ]
    look_in_every_mode(people, selma, addresses, "people")
