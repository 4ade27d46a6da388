"""Certificates in a real browser: issued without scripts, watched with them, verified by anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from kernel.identity.actor import Actor
from tests.browser.people import People
from tests.browser.steps import fill, follow, look_at, look_in_every_mode, press, read
from tests.factories import Factory
from tests.factories.training import make_workshop, register
from training.certificates import queries, service
from training.certificates.rules import grouped
from training.participants.service import lock_attendance

NAMES = ("Asha Fictional", "Wanjiru Fictional", "Olivia Fictional", "Neema Fictional")


@dataclass(frozen=True)
class Scene:
    """An officer, and a workshop in which four of five people reached the threshold."""

    officer: Actor
    workshop_id: UUID

    @property
    def register(self) -> str:
        """The address of the workshop's certificates."""
        return f"/training/workshops/{self.workshop_id}/certificates"


@pytest.fixture
def scene(factory: Factory, inside: Callable[[], Any]) -> Scene:
    """The workshop, its attendance final."""
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    officer = factory.actor("Olu Fictional", organisation=secretariat, roles=["programme_officer"])
    with inside():
        workshop = make_workshop(title="Africa region workshop (fictional)", minutes=[600, 600])
        for name in NAMES:
            register(workshop, name, [600, 360])
        register(workshop, "Abla Fictional", [600, 359])
        lock_attendance(officer, workshop.id, version=workshop.version)
        return Scene(officer, workshop.id)


@pytest.fixture
def codes(scene: Scene, inside: Callable[[], Any], run_jobs: Callable[[], Any]) -> list[str]:
    """One certificate in force, one suspended, one revoked, one whose minutes were replaced; by code."""
    with inside():
        service.start_issuing(scene.officer, scene.workshop_id)
    run_jobs()
    with inside():
        rows = list(queries.latest_certificates(scene.workshop_id).values())
        for verb, row in zip(
            (service.suspend, service.revoke, service.replace), rows[1:], strict=True
        ):
            verb(scene.officer, row.id, reason="Somebody else sat in (fictional)", version=1)
        return [grouped(row.code) for row in rows]


def test_certificates_are_issued_verified_and_taken_back_without_scripts(
    people: People, scene: Scene, run_jobs: Callable[[], Any]
) -> None:
    page = people.page(scene.officer, scripts=False)
    page.goto(scene.register)
    press(page, "Issue 4 certificates")
    read(page, "0 of 4")
    run_jobs()
    read(page, "4 certificates were issued.")  # the page asks again by itself
    follow(page, "See the certificates")
    follow(page, "Asha Fictional")
    code = page.locator("dd bdi").last.inner_text()
    follow(page, "Revoke")
    fill(page, reason="Somebody else sat in (fictional)")
    press(page, "Revoke")
    read(page, "The certificate was revoked.")

    stranger = people.page(scripts=False)
    stranger.goto("/verify")
    fill(stranger, code=code.lower().replace("-", " "))
    press(stranger, "Verify")
    read(stranger, "This certificate was revoked")
    assert "Asha" not in stranger.content()


def test_the_progress_keeps_itself_up_to_date(
    people: People, scene: Scene, run_jobs: Callable[[], Any]
) -> None:
    page = people.page(scene.officer)
    page.goto(scene.register)
    press(page, "Issue 4 certificates")
    read(page, "0 of 4")
    run_jobs()
    expect(page.get_by_role("heading", name="Certificates were issued")).to_be_visible()


@pytest.mark.slow
def test_every_page_is_accessible_in_every_mode(
    people: People, scene: Scene, codes: list[str]
) -> None:
    asked = ["/verify", *(f"/verify/{code}" for code in [*codes, "2222-3333-4444-5555"])]
    look_in_every_mode(people, None, asked, "certificates-verify")
    officer = people.page(scene.officer)
    officer.goto(scene.register)
    shown = officer.locator("table a").nth(1).get_attribute("href") or ""
    officer.goto(shown)
    step = officer.locator("#change ~ .buttons a").first.get_attribute("href") or ""
    look_in_every_mode(people, scene.officer, [scene.register, shown, step], "certificates")


def test_the_progress_page_is_accessible(people: People, scene: Scene) -> None:
    page = people.page(scene.officer, width=390)
    page.goto(scene.register)
    press(page, "Issue 4 certificates")
    look_at(people, page, page.url, "certificates-progress")
