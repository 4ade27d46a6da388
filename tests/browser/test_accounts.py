"""Joining the network in a real browser, and the pages of accounts in every mode."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from kernel.accounts.passwords import hash_password
from kernel.accounts.services import invitations
from tests.browser.axe import check_axe
from tests.browser.people import People, overflow
from tests.factories import Factory

MODES = list(product(["en", "ar"], [1280, 390], ["light", "dark"]))
PASSWORD = "a fine long pass phrase"


@pytest.fixture
def administrator(factory: Factory) -> Any:
    return factory.actor("Ada Fictional", roles=["network_administrator"])


def accept(people: People, run_jobs: Callable[[], list[str]], address: str) -> Page:
    """Follow the link of the latest mail in the reader of mails, without an account."""
    run_jobs()
    page = people.page()
    page.goto("/dev/mail")
    page.get_by_role("listitem").filter(has_text=address).get_by_role("link").first.click()
    link = page.locator("main a[href*='/invitation/']").first.get_attribute("href")
    assert link is not None
    page.goto("/invitation/" + link.rpartition("/invitation/")[2])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_text("Welcome. You now belong to")).to_be_visible()
    return page


def invite(page: Page, name: str, address: str) -> None:
    page.get_by_role("link", name="Invite a colleague").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Mail address").fill(address)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()


def test_a_focal_point_is_invited_signs_in_and_admits_two_colleagues(
    people: People, factory: Factory, administrator: Any, run_jobs: Callable[[], list[str]]
) -> None:
    emb = factory.organisation("Electoral Commission of Ghana", country="GH")
    page = people.page(administrator)
    page.goto(f"/organisations/{emb.id}/people/invite")
    page.get_by_label("Name").fill("Efua Fictional")
    page.get_by_label("Mail address").fill("efua@example.org")
    page.get_by_label("Role").select_option("focal_point")
    page.get_by_role("button", name="Send the invitation").click()
    efua = accept(people, run_jobs, "efua@example.org")
    efua.locator("summary", has_text="Your menu").click()
    efua.get_by_role("button", name="Sign out").click()
    efua.goto("/colleagues")
    efua.get_by_label("Mail address").fill("efua@example.org")
    efua.get_by_label("Password").fill(PASSWORD)
    efua.get_by_role("button", name="Sign in").click()
    expect(efua.locator("h1")).to_have_text("People of Electoral Commission of Ghana")
    for name in ("Kofi", "Akua"):
        invite(efua, f"{name} Fictional", f"{name.lower()}@example.org")
    people.screenshot(efua, "people-invited")
    for name in ("kofi", "akua"):
        accept(people, run_jobs, f"{name}@example.org")
    efua.reload()
    expect(efua.get_by_text("Active", exact=True)).to_have_count(3)
    people.screenshot(efua, "people")


def test_signing_in_works_without_scripts(people: People, factory: Factory, app: Flask) -> None:
    with app.app_context():
        factory.actor(address="ama@example.org", password_hash=hash_password(PASSWORD))
    page = people.page(scripts=False)
    page.goto("/account")
    page.get_by_label("Mail address").fill("ama@example.org")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    assert page.title().startswith("Error:")
    assert page.get_by_label("Mail address").input_value() == "ama@example.org"
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("Your account")


@pytest.mark.parametrize(("lang", "width", "theme"), MODES)
def test_the_pages_of_accounts_are_accessible_in_every_mode(
    people: People,
    factory: Factory,
    app: Flask,
    inside: Any,
    api_token: Any,
    lang: str,
    width: int,
    theme: str,
) -> None:
    emb = factory.organisation("Electoral Commission of Ghana", country="GH")
    with app.app_context():
        hashed = hash_password(PASSWORD)
    ama = factory.actor(
        "Ama Fictional", organisation=emb, roles=["emb_administrator"], password_hash=hashed
    )
    factory.actor("Kofi Fictional", organisation=emb)
    api_token(ama)
    with inside():
        invitations.invite(ama, emb.id, name="Akua Fictional", address="akua@example.org")
    mine, stranger = (
        people.page(actor, lang=lang, width=width, theme=theme) for actor in (ama, None)
    )
    visits = [(stranger, "/sign-in"), (stranger, "/reset"), (stranger, "/reset/asked")]
    visits += [
        (mine, f"/account{path}")
        for path in ("", "/profile", "/password", "/address", "/two-step", "/tokens/new")
    ]
    visits += [(mine, f"/organisations/{emb.id}/people{path}") for path in ("", "/invite")]
    for number, (page, address) in enumerate(visits):
        page.goto(address)
        people.screenshot(page, f"accounts-{number}-{lang}-{width}-{theme}")
        assert overflow(page) <= 0, address
        check_axe(page)
    mine.goto("/account/two-step")
    mine.locator("#password").fill(PASSWORD)
    mine.locator("main form button").click()
    expect(mine.locator("main img")).to_be_visible()
    people.screenshot(mine, f"accounts-picture-{lang}-{width}-{theme}")
    check_axe(mine)
