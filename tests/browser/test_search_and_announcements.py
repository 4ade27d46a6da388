"""The search and announcements in a real browser: without scripts, and the pages in every mode."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from kernel.db import db
from kernel.identity.actor import Actor
from network.announcements import service
from network.announcements.rules import Audience, Content, Text
from tests.browser.people import People
from tests.browser.steps import fill, follow, look_in_every_mode, press, read
from tests.factories import Factory
from tests.factories.network import make_group, make_topic

RunJobs = Callable[[], list[str]]


@pytest.fixture
def secretary(factory: Factory) -> Actor:
    """Who announces, and keeps the groups."""
    office = factory.organisation("Secretariat", kind="secretariat")
    return factory.actor("Sia Fictional", organisation=office, roles=["network_administrator"])


@pytest.fixture
def kofi(factory: Factory) -> Actor:
    """Who reads."""
    return factory.actor("Kofi Fictional", roles=["member"])


@pytest.fixture
def announced(secretary: Actor, kofi: Actor, inside: Any, run_jobs: RunJobs) -> UUID:
    """An announcement to acknowledge, and a topic about the same thing."""
    texts = (
        Text("en", "Indelible ink is recalled", "Send **batch 7** back."),
        Text("ar", "استرجاع الحبر", "أعيدوا الدفعة ٧."),
    )
    content = Content(texts, Audience(everybody=True), True, date(2031, 3, 12))
    with inside():
        make_topic(kofi, make_group(secretary, kofi), "Indelible ink in the tropics")
        made = service.draft(secretary, content)
        db.session.flush()
        service.schedule(secretary, made.id, version=made.version)
    run_jobs()
    return made.id


def test_one_searches_corrects_and_acknowledges_without_scripts(
    people: People, kofi: Actor, announced: UUID
) -> None:
    page = people.page(kofi, scripts=False)
    page.goto("/search?q=indelibel")
    page.get_by_role("link", name="indelible").click()
    page.get_by_role("link", name="Announcements · 1").click()
    page.get_by_role("link", name="Indelible ink is recalled").click()
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("You acknowledged it")).to_be_visible()


def test_one_announces_and_sees_who_acknowledged_in_another_browser(
    people: People, secretary: Actor, kofi: Actor, run_jobs: RunJobs
) -> None:
    writing, reading = people.page(secretary), people.page(kofi, width=390)
    writing.goto("/network/announcements")
    follow(writing, "New announcement")
    typed = {
        "title_1": "Batch 7 is recalled",
        "body_1": "Send it **back**.",
        "due_on": "2031-03-12",
    }
    fill(writing, **typed)
    writing.get_by_label("Everybody in the network").check()
    writing.get_by_label("Everybody is to acknowledge it").check()
    press(writing, "Save draft")
    follow(writing, "Choose when to send")
    reach = writing.get_by_role("region", name="Whom it reaches now")
    expect(reach).to_contain_text("2 people, 2 organisations")
    writing.get_by_text("Everybody, by organisation").click()
    expect(reach).to_contain_text("Kofi Fictional")
    press(writing, "Send")
    read(writing, "It will be sent to whoever is in its audience at that moment.")
    run_jobs()
    reading.goto("/network/announcements")
    read(reading, "To acknowledge")
    follow(reading, "Batch 7 is recalled")
    press(reading, "I have read this")
    read(reading, "You acknowledged it")
    writing.reload()
    counted = writing.get_by_role("region", name="Acknowledged")
    expect(counted).to_contain_text("1 of 2 people")
    writing.get_by_text("Sent to 2 people").click()
    told = writing.get_by_role("listitem").filter(has_text="Kofi Fictional")
    expect(told).to_contain_text("Acknowledged:")


@pytest.mark.slow
def test_search_and_announcements_are_accessible_in_every_mode(
    people: People, secretary: Actor, announced: UUID, inside: Any
) -> None:
    with inside():
        audience = Audience(organisation_ids=secretary.organisation_ids)
        draft = service.draft(secretary, Content((Text("en", "Draft", "Text"),), audience))
    addresses = [
        "/search?q=ink",
        "/search?q=zebra&written_in=fr",
        "/network/announcements",
        f"/network/announcements/{announced}",
        "/network/announcements/new",
        f"/network/announcements/{draft.id}/send",
    ]
    look_in_every_mode(people, secretary, addresses, "search-and-announcements")
