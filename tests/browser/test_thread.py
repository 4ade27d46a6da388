"""The thread through the product in a real browser: members, a private talk, a costed mission, a workshop
with its certificates, a placement, and the alumna whom the mission finds.

It begins with an empty network and its first administrator; everybody else comes in by invitation, and
nothing is made behind the pages but what the worker does: its jobs are run when they are due, the one that
closes the placement on a clock that has passed the deadline. The thread's pages are then read in Arabic on
a telephone.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from demo.budgets import load_budget
from kernel.identity.actor import Actor
from missions.missions import service as missions
from missions.missions.rules import MissionKind, Precision
from missions.plan import service as plans
from tests.browser.people import People
from tests.browser.steps import fill, follow
from tests.browser.thread import applying, costing, joining, talking, training
from tests.browser.thread.arabic import check_arabic, read_all
from tests.browser.thread.joining import RunJobs
from tests.factories import Factory
from tests.factories.network import make_group, make_topic

OFFICER = "programme_officer"


@pytest.fixture
def administrator(factory: Factory) -> Actor:
    """Who is there first: the network administrator, at the secretariat."""
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    return factory.actor("Ada Fictional", organisation=secretariat, roles=["network_administrator"])


def test_the_thread_runs_through_all_three_modules(
    people: People,
    administrator: Actor,
    run_jobs: RunJobs,
) -> None:
    ada = people.page(administrator)
    fill_network(people, ada, run_jobs)
    for name, role in (("Petra", "planner"), ("Amadou", "approver"), ("Olive", OFFICER)):
        ada.goto("/colleagues")
        joining.invite(ada, name, role)
    petra, amadou, olive = (
        joining.accept(people, run_jobs, name) for name in ("Petra", "Amadou", "Olive")
    )
    mission = cost_mission(people, petra, amadou)
    hold_workshop(people, olive, run_jobs)
    fill_placement(people, ada, olive, run_jobs)
    applying.nominate(petra, mission, "Naledi Mokgosi")
    people.screenshot(petra, "thread-team")


def fill_network(people: People, ada: Page, run_jobs: RunJobs) -> None:
    """Steps 1 and 2: members from a file, people by invitation, and a private talk among some."""
    joining.import_members(ada)
    people.screenshot(ada, "thread-members")

    joining.open_people_of(ada, "Ghana")
    joining.invite(ada, "Efua", "focal_point")
    efua = joining.accept(people, run_jobs, "Efua")
    joining.sign_out_and_in(efua, "Efua")
    for name in ("Kofi", "Akua"):
        joining.invite(efua, name)
    kofi, akua = (joining.accept(people, run_jobs, name) for name in ("Kofi", "Akua"))
    efua.reload()
    expect(efua.get_by_text("Active", exact=True)).to_have_count(3)
    people.screenshot(efua, "thread-people")

    joining.open_people_of(ada, "Kenya")
    joining.invite(ada, "Sam")
    sam = joining.accept(people, run_jobs, "Sam")
    talking.make_private_group(ada, "Kofi Fictional", "Akua Fictional")
    topic = talking.write_topic(kofi)
    talking.answer(akua, run_jobs, "Akua", "Kofi")
    talking.check_found_by_members_only(people, akua, sam, topic)


def cost_mission(people: People, petra: Page, amadou: Page) -> str:
    """Step 3: a mission, its plan, and a budget that follows polling day; the mission's address."""
    mission = costing.propose_mission(petra)
    costing.plan_tasks(petra, mission)
    people.screenshot(petra, "thread-plan")
    costing.plan_budget(petra, mission)
    costing.approve_budget(amadou, mission)
    costing.check_frozen(petra, mission)
    costing.move_polling_day(petra, mission)
    costing.lengthen_stay(petra, mission)
    people.screenshot(petra, "thread-budget")
    costing.check_frozen(petra, mission)
    return mission


def hold_workshop(people: People, olive: Page, run_jobs: RunJobs) -> None:
    """Step 4: a workshop, who attended it, their certificates, and a stranger who verifies one."""
    training.import_workshops(olive)
    workshop = training.open_gaborone(olive)
    training.import_agenda(olive, workshop)
    training.import_participants(olive, workshop)
    training.lock_attendance(olive)
    training.issue_certificates(olive, run_jobs)
    people.screenshot(olive, "thread-certificates")
    code = training.read_certificate(olive, "Sibusiso Nkambule")
    training.verify(people.page(), code, "Sibusiso Nkambule")


def fill_placement(people: People, ada: Page, olive: Page, run_jobs: RunJobs) -> None:
    """Step 5: a placement, an alumna who applies and may be found, and one who attended nothing."""
    vacancy = applying.draft_vacancy(olive, training.TITLE)
    applying.approve_vacancy(ada)
    applying.publish_vacancy(olive, vacancy)
    joining.open_people_of(ada, "Botswana")
    for name in ("Naledi", "Kagiso"):
        joining.invite(ada, name)
    naledi, kagiso = (joining.accept(people, run_jobs, name) for name in ("Naledi", "Kagiso"))
    naledi.goto("/")
    people.screenshot(naledi, "thread-home")
    follow(naledi, "Apply for a placement")
    applying.apply(naledi, "minutes on record: 1140")
    kagiso.goto("/training/placements")
    follow(kagiso, applying.PLACEMENT)
    applying.apply(kagiso, "attended 0 minutes")
    applying.allow_missions(naledi)
    applying.close_vacancy(run_jobs)
    applying.check_decision(naledi, "Eligible", "minutes on record: 1140")
    applying.check_decision(kagiso, "Not eligible", "attended 0 minutes")


@pytest.fixture
def cast(factory: Factory) -> dict[str, Actor]:
    """People of a body that is in the network before the file is imported, and of the secretariat."""
    ghana = factory.organisation("Electoral Commission", country="GH")
    factory.organisation("Solomon Islands Electoral Commission", country="SB")
    return {
        "kofi": factory.actor("Kofi Fictional", organisation=ghana),
        "petra": factory.actor("Petra Fictional", roles=["planner"]),
        "amadou": factory.actor("Amadou Fictional", roles=["approver"]),
    }


@pytest.fixture
def topic_id(cast: dict[str, Actor], administrator: Actor, inside: Callable[[], Any]) -> UUID:
    """A topic in a private group."""
    with inside():
        group = make_group(administrator, cast["kofi"], name=talking.GROUP)
        return make_topic(cast["kofi"], group, talking.TITLE).id


@pytest.fixture
def mission_id(cast: dict[str, Actor], inside: Callable[[], Any]) -> UUID:
    """A mission with its plan, and a budget that waits for approval."""
    with inside():
        mission = missions.create_mission(
            cast["petra"],
            kind=MissionKind.OBSERVATION,
            title=costing.TITLE,
            country="SB",
            polling_day=costing.POLLING_DAY,
            precision=Precision.DAY,
            time_zone="Pacific/Guadalcanal",
            observers=12,
            staff=4,
        )
        plans.apply_starter(cast["petra"], mission.id, translate=str)
        load_budget(cast["petra"], mission.id, date(2026, 11, 2))
    return mission.id


def import_in_arabic(people: People, page: Page, file: object) -> None:
    """Upload a file on the Arabic pages, up to the check of it."""
    read_all(page, ["/network/members/import"])
    page.locator("[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("main form button").click()
    page.wait_for_url("**/import/*")
    check_arabic(page)


def test_the_pages_of_the_thread_read_in_arabic_on_a_telephone(
    people: People,
    administrator: Actor,
    cast: dict[str, Actor],
    topic_id: UUID,
    mission_id: UUID,
    run_jobs: Callable[[], list[str]],
) -> None:
    ada, kofi, petra, amadou, stranger = (
        people.page(actor, lang="ar", width=390, axe=True)
        for actor in (administrator, *cast.values(), None)
    )
    import_in_arabic(people, ada, joining.BAD_FILE)
    import_in_arabic(people, ada, joining.MEMBERS)
    ada.locator("form[action$='/confirm'] button").click()
    expect(ada.locator(".worldmap:not(.inset) a")).to_have_count(56)
    check_arabic(ada)
    ghana = f"/organisations/{cast['kofi'].organisation_ids[0]}/people"
    read_all(ada, ["/network/members?q=GH", ghana, f"{ghana}/invite"])
    fill(ada, name="Efua Fictional", address="efua@arabic.example.org", role="focal_point")
    ada.locator("main form button").click()
    ada.wait_for_url(f"**{ghana}")
    run_jobs()
    link = joining.invitation_link(stranger, "efua@arabic.example.org")
    read_all(stranger, [link, "/sign-in"])

    discussions = "/network/discussions"
    talk = [discussions, f"{discussions}/new", f"{discussions}/{topic_id}", "/network/groups"]
    read_all(kofi, ["/", *talk, "/search?q=tropics"])

    mission = f"/missions/{mission_id}"
    preview = f"plan/move-polling-day/preview?polling_day={costing.MOVED_TO}&precision=day"
    read_all(petra, ["/missions", "/missions/new", mission])
    steps = ["invitation", "waiver", "plan", "plan/tasks/new", "plan/move-polling-day", preview]
    read_all(petra, [f"{mission}/{step}" for step in steps])
    read_all(amadou, [f"{mission}/budget", f"{mission}/budget/versions/1/return"])
    amadou.goto(f"{mission}/budget")
    amadou.locator("form[action$='/approve'] button").click()
    petra.goto(f"{mission}/{preview}")
    petra.locator("main form button").click()
    petra.wait_for_url(f"**{mission}/plan")
    budget = ["budget", "budget/history", "budget/versions/2/lines/1", "budget/versions/2/changes"]
    read_all(petra, [f"{mission}/{page}" for page in budget])
