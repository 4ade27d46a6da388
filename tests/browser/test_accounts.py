"""Signing in in a real browser, and the pages of accounts in every mode."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from kernel.accounts.passwords import hash_password
from kernel.accounts.services import invitations
from tests.browser.people import People
from tests.browser.steps import look_around, look_in_every_mode
from tests.factories import Factory

PASSWORD = "a fine long pass phrase"


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


@pytest.mark.slow
def test_the_pages_of_accounts_are_accessible_in_every_mode(
    people: People, factory: Factory, app: Flask, inside: Any, api_token: Any
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
    look_in_every_mode(people, None, ["/sign-in", "/reset", "/reset/asked"], "strangers")
    addresses = [
        f"/account{path}"
        for path in ("", "/profile", "/password", "/address", "/two-step", "/tokens/new")
    ]
    addresses += [f"/organisations/{emb.id}/people{path}" for path in ("", "/invite")]
    look_in_every_mode(people, ama, addresses, "accounts")
    for lang in ("en", "ar"):
        page = people.page(ama, lang=lang)
        page.goto("/account/two-step")
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()
        expect(page.locator("main img")).to_be_visible()
        look_around(people, page, lang, "accounts-picture")
