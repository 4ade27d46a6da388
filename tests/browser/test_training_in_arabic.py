"""The pages of steps 4 and 5 of the thread, read in Arabic on a telephone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from demo.training import (
    AGENDA,
    PARTICIPANTS,
    gaborone,
    hold_workshop,
    load_workshops,
    lock_attendance,
)
from kernel.identity.actor import Actor
from kernel.questions.credentials import Purpose
from kernel.values import clock
from tests.browser.people import People
from tests.browser.steps import fill
from tests.browser.test_thread import mission_id as mission_id  # a fixture, as `cast` is
from tests.browser.thread.applying import STATEMENTS
from tests.browser.thread.arabic import check_arabic, read_all
from tests.browser.thread.training import DIRTY
from tests.factories import Factory
from training.alumni import service as alumni
from training.certificates.queries import certificates_of_person
from training.certificates.service import start_issuing
from training.participants.queries import participants_of
from training.placements import service as placements
from training.placements.rules.terms import Terms
from training.workshops import service as workshops
from training.workshops.queries import WorkshopFilter, list_workshops

NALEDI = "p01@example.org"
"""An address of the file of participants."""


@dataclass
class Cast:
    """Who is in the thread by now."""

    officer: Actor
    approver: Actor
    naledi: Actor


@pytest.fixture
def cast(factory: Factory) -> dict[str, Actor]:
    """Those who plan the mission, for the fixture `mission_id`."""
    factory.organisation("Solomon Islands Electoral Commission", country="SB")
    return {"petra": factory.actor("Petra Fictional", roles=["planner"])}


@pytest.fixture
def trained(factory: Factory) -> Cast:
    """An officer, somebody who approves, and a participant who has an account."""
    botswana = factory.organisation("Independent Electoral Commission", country="BW")
    naledi = factory.actor("Naledi Mokgosi", organisation=botswana, address=NALEDI)
    officer = factory.actor("Olive Fictional", roles=["programme_officer"])
    approver = factory.actor("Ada Fictional", roles=["network_administrator"])
    return Cast(officer, approver, naledi)


@pytest.fixture
def held(trained: Cast, inside: Callable[[], Any], run_jobs: Callable[[], list[str]]) -> UUID:
    """The Gaborone workshop: attendance locked, certificates issued."""
    with inside():
        load_workshops(trained.officer)
        workshop_id = gaborone()
        hold_workshop(trained.officer, workshop_id, AGENDA, PARTICIPANTS)
        lock_attendance(trained.officer, workshop_id)
        start_issuing(trained.officer, workshop_id)
    run_jobs()
    return workshop_id


@pytest.fixture
def open_workshop(held: UUID, trained: Cast, inside: Callable[[], Any]) -> UUID:
    """Another workshop with an agenda, whose participants are not known yet."""
    with inside():
        found = next(each for each in list_workshops(WorkshopFilter(programme="CEP")))
        workshops.agenda_imports.import_file(
            trained.officer, AGENDA.name, AGENDA.read_bytes(), subject_id=found.id
        )
        return found.id


@pytest.fixture
def vacancy_id(held: UUID, trained: Cast, inside: Callable[[], Any]) -> UUID:
    """A placement that is open, with every kind of rule."""
    terms = Terms(
        title="Electoral Professional (fictional)",
        summary="Twelve months with the electoral support section.",
        term_months=12,
        closes_on=(clock.now() + timedelta(days=14)).date(),
        time_zone="Europe/London",
        employment=True,
        events=(str(held),),
        subjects=("Political science", "Law"),
        experience=True,
    )
    with inside():
        vacancy = placements.draft_vacancy(trained.officer, terms)
        placements.approve_vacancy(trained.approver, vacancy.id, version=vacancy.version)
        placements.publish_vacancy(trained.officer, vacancy.id, version=vacancy.version)
        return vacancy.id


def upload_in_arabic(page: Page, workshop: str) -> None:
    """Upload the file as an office sends it, leave out what is wrong, load the rest, see what is locked."""
    read_all(page, [f"{workshop}/participants/import"])
    page.locator("main [type=file]").set_input_files(DIRTY)
    page.locator("main form button").click()
    page.wait_for_url("**/participants/import/*")
    check_arabic(page)
    for box in page.locator("[name=left_out]").all():
        box.check()
    page.locator("main form[method=get] button").click()
    page.wait_for_url("**left_out=**")
    check_arabic(page)
    page.locator("main form[action$='/confirm'] button").click()
    page.wait_for_url(f"**{workshop}/participants")
    read_all(page, [f"{workshop}/participants", f"{workshop}/participants/lock"])


def test_the_officers_pages_read_in_arabic(
    people: People, trained: Cast, held: UUID, open_workshop: UUID, inside: Callable[[], Any]
) -> None:
    with inside():
        participant = participants_of(held)[0].id
        certificate = certificates_of_person(trained.naledi.person_id)[0]
    olive = people.page(trained.officer, lang="ar", width=390, axe=True)
    workshop, all_workshops = f"/training/workshops/{held}", "/training/workshops"
    read_all(olive, ["/", all_workshops, f"{all_workshops}/new", f"{all_workshops}/import"])
    read_all(olive, [workshop, f"{workshop}/edit", f"{workshop}/participants"])
    read_all(olive, [f"{workshop}/participants/{participant}", f"{workshop}/certificates"])
    signed = f"/training/certificates/{certificate.id}"
    read_all(olive, [signed, f"{signed}/revoke"])
    read_all(olive, ["/training/alumni", "/training/placements/new"])
    upload_in_arabic(olive, f"{all_workshops}/{open_workshop}")
    stranger = people.page(lang="ar", width=390, axe=True)
    read_all(stranger, ["/verify", f"/verify/{certificate.code}", "/verify/2222222222222222"])


def test_the_pages_of_applicants_and_planners_read_in_arabic(
    people: People,
    trained: Cast,
    cast: dict[str, Actor],
    mission_id: UUID,
    vacancy_id: UUID,
    inside: Callable[[], Any],
) -> None:
    naledi = people.page(trained.naledi, lang="ar", width=390, axe=True)
    vacancy = f"/training/placements/{vacancy_id}"
    read_all(naledi, ["/", "/training/placements", vacancy, f"{vacancy}/apply"])
    fill(naledi, **STATEMENTS)
    naledi.locator("main button[name=review]").click()
    naledi.wait_for_url(f"**{vacancy}/apply/review")
    check_arabic(naledi)
    naledi.locator("main form button").click()
    naledi.wait_for_url("**/training/applications/*")
    check_arabic(naledi)
    application = naledi.url
    read_all(naledi, ["/training/applications", "/training/alumni/me"])
    olive = people.page(trained.officer, lang="ar", width=390, axe=True)
    read_all(olive, ["/", vacancy, f"{vacancy}/applications"])
    with inside(), clock.frozen(clock.now() + timedelta(days=15)):
        assert placements.close_vacancy(vacancy_id)
    read_all(naledi, ["/training/applications", application])
    expect(naledi.locator("main")).to_contain_text("أغسطس 2015")
    read_all(olive, [vacancy, f"{vacancy}/applications"])
    olive.get_by_role("link", name=trained.naledi.name).click()
    olive.wait_for_url(f"**{vacancy}/applications/*")
    check_arabic(olive)
    with inside():
        alumni.set_consent(trained.naledi, purpose=Purpose.MISSIONS, given=True)
    petra = people.page(cast["petra"], lang="ar", width=390, axe=True)
    read_all(petra, [f"/missions/{mission_id}/team/find"])
    petra.locator("form[action*='/nominate'] button").click()
    petra.wait_for_url("**/team/find*")
    read_all(petra, [f"/missions/{mission_id}/team"])
