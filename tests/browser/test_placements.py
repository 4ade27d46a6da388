"""A placement in a real browser: published, applied for and decided; readable in every mode."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest

from kernel.identity.actor import Actor
from tests.browser.people import People
from tests.browser.steps import fill, follow, look_in_every_mode, press, read
from tests.factories import Factory
from tests.factories.training import make_workshop, register
from tests.training.placements.conftest import CLOSES_ON, SAID
from training.participants.service import lock_attendance
from training.placements import service
from training.placements.rules.terms import Terms


@dataclass(frozen=True)
class Scene:
    """An officer, an approver, an alumna and one who was registered and did not come, and their workshop."""

    officer: Actor
    approver: Actor
    alumna: Actor
    absentee: Actor
    terms: Terms


@pytest.fixture
def scene(factory: Factory, inside: Callable[[], Any]) -> Scene:
    """The people, and a workshop whose attendance is final."""
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    emb = factory.organisation("National Electoral Commission (fictional)", country="TZ")
    officer = factory.actor("Olu Fictional", organisation=secretariat, roles=["programme_officer"])
    approver = factory.actor(
        "Nadia Fictional", organisation=secretariat, roles=["network_administrator"]
    )
    alumna = factory.actor("Asha Fictional", organisation=emb)
    absentee = factory.actor("Wanjiru Fictional", organisation=emb)
    with inside():
        workshop = make_workshop(title="Africa region workshop (fictional)", minutes=[600, 600])
        register(workshop, "Asha", [600, 360], person_id=alumna.person_id)
        register(workshop, "Wanjiru", [0, 0], person_id=absentee.person_id)
        lock_attendance(officer, workshop.id, version=workshop.version)
        event = str(workshop.id)
    terms = Terms(
        title="Electoral professional, electoral support section (fictional)",
        summary="Twelve months with the section.\n\nPolitical science is *preferred*.",
        term_months=12,
        closes_on=CLOSES_ON,
        time_zone="Europe/London",
        employment=True,
        events=(event,),
        subjects=("Political science", "Law", "Public administration"),
        experience=True,
    )
    return Scene(officer, approver, alumna, absentee, terms)


@pytest.fixture
def publish(scene: Scene, inside: Callable[[], Any]) -> Callable[[], UUID]:
    """`publish()` makes the vacancy open."""

    def make() -> UUID:
        with inside():
            vacancy = service.draft_vacancy(scene.officer, scene.terms)
            service.approve_vacancy(scene.approver, vacancy.id, version=vacancy.version)
            service.publish_vacancy(scene.officer, vacancy.id, version=vacancy.version)
            return vacancy.id

    return make


@pytest.fixture
def apply(inside: Callable[[], Any]) -> Callable[[Actor, UUID], UUID]:
    """`apply(actor, vacancy_id)` sends an application."""

    def send(actor: Actor, vacancy_id: UUID) -> UUID:
        with inside():
            draft = service.save_draft(actor, vacancy_id, SAID, version=None)
            return service.submit(actor, vacancy_id, version=draft.version).id

    return send


def test_a_vacancy_is_made_and_applied_for_without_scripts(people: People, scene: Scene) -> None:
    officer = people.page(scene.officer, scripts=False)
    officer.goto("/training/placements")
    follow(officer, "New vacancy")
    fill(
        officer,
        title="Electoral professional (fictional)",
        summary="Twelve months with the section.",
        closes_on=CLOSES_ON.isoformat(),
        time_zone="Europe/London",
        subjects="Political science\nLaw",
    )
    officer.get_by_label("Africa region workshop (fictional)").check()
    press(officer, "Save draft")
    read(officer, "Draft, to be approved")
    approver = people.page(scene.approver, scripts=False)
    approver.goto(officer.url)
    press(approver, "Approve")
    officer.reload()
    press(officer, "Publish")
    read(officer, "Its terms and rules are frozen.")

    alumna = people.page(scene.alumna, scripts=False)
    alumna.goto("/training/placements")
    follow(alumna, "Electoral professional (fictional)")
    read(alumna, "Needs evidence")
    follow(alumna, "Apply")
    fill(alumna, full_time="yes", degree_level="master", degree_subject="Law")
    fill(alumna, motivation="I ran our voter education programme (fictional).")
    press(alumna, "Save and review")
    read(alumna, "What you send is kept exactly as it stands here")
    press(alumna, "Send the application")
    read(alumna, "Your application was sent.")
    follow(alumna, "Electoral professional (fictional)")
    follow(alumna, "Your application")
    press(alumna, "Withdraw")
    read(alumna, "Your application was withdrawn.")


@pytest.mark.slow
def test_pages_of_applicants_are_accessible_in_every_mode(
    people: People, scene: Scene, publish: Callable[[], UUID], inside: Callable[[], Any]
) -> None:
    vacancy_id = publish()
    with inside():
        said = replace(SAID, degree_subject=None, full_time=True)
        service.save_draft(scene.absentee, vacancy_id, said, version=None)
    base = f"/training/placements/{vacancy_id}"
    addresses = ["/training/placements", base, f"{base}/apply", f"{base}/apply/review"]
    addresses += ["/training/applications"]
    look_in_every_mode(people, scene.absentee, addresses, "placement")
