"""An officer, an approver, an alumna of a delivered workshop, and a vacancy for her."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kernel.identity.actor import Actor
from kernel.values import clock
from tests.factories import Factory
from tests.factories.training import make_workshop, register
from training.participants.service import lock_attendance
from training.placements import queries, service
from training.placements.rules.statements import DegreeLevel, Statements
from training.placements.rules.terms import Terms
from training.workshops.queries import workshop_of

ZONE = "Europe/London"
CLOSES_ON = date(2030, 3, 12)
AFTER = datetime.fromisoformat("2030-03-13T00:00:00+00:00")
"""The first moment after the deadline."""
EARLIER = datetime.fromisoformat("2020-03-12T12:00:00+00:00")
"""A moment on the day of a deadline that has passed since."""

SAID = Statements(
    full_time=True,
    degree_level=DegreeLevel.MASTER,
    degree_subject="Law",
    manages_projects=True,
    manages_budgets=True,
    motivation="I ran our voter education programme (fictional).",
)


@dataclass(frozen=True)
class Event:
    """A workshop that vacancies list."""

    id: UUID
    title: str


@pytest.fixture
def officer(factory: Factory) -> Actor:
    """Somebody who drafts vacancies."""
    return factory.actor("Officer (fictional)", roles=["programme_officer"])


@pytest.fixture
def approver(factory: Factory) -> Actor:
    """Somebody who approves what others drafted."""
    return factory.actor("Approver (fictional)", roles=["network_administrator"])


@pytest.fixture
def alumna(factory: Factory) -> Actor:
    """An employee of a member EMB who attended the workshop."""
    emb = factory.organisation("Electoral Commission (fictional)", country="TZ")
    return factory.actor("Asha Fictional", organisation=emb)


@pytest.fixture
def absentee(factory: Factory) -> Actor:
    """An employee of a member EMB who was registered for the workshop and attended 0 minutes."""
    emb = factory.organisation("Electoral Board (fictional)", country="KE")
    return factory.actor("Wanjiru Fictional", organisation=emb)


@pytest.fixture
def open_event(inside: Callable[[], Any], officer: Actor, alumna: Actor, absentee: Actor) -> Event:
    """The workshop before anybody locked its attendance."""
    with inside():
        workshop = make_workshop(title="Africa region workshop (fictional)", minutes=[600, 600])
        register(workshop, "Asha", [600, 360], person_id=alumna.person_id)
        register(workshop, "Wanjiru", [0, 0], person_id=absentee.person_id)
        return Event(workshop.id, workshop.title)


@pytest.fixture
def lock(inside: Callable[[], Any], officer: Actor) -> Callable[[Event], None]:
    """`lock(event)` makes its attendance final."""

    def now(event: Event) -> None:
        with inside():
            lock_attendance(officer, event.id, version=workshop_of(event.id).version)

    return now


@pytest.fixture
def event(open_event: Event, lock: Callable[[Event], None]) -> Event:
    """The workshop with its attendance locked."""
    lock(open_event)
    return open_event


@pytest.fixture
def terms(open_event: Event) -> Callable[..., Terms]:
    """`terms()` are those of a vacancy with all four rules; what is given replaces some."""

    def make(**changes: Any) -> Terms:
        values: dict[str, Any] = {
            "title": "Electoral professional (fictional)",
            "summary": "Twelve months with the electoral support section.",
            "term_months": 12,
            "closes_on": CLOSES_ON,
            "time_zone": ZONE,
            "employment": True,
            "events": (str(open_event.id),),
            "subjects": ("Political science", "Law"),
            "experience": True,
        }
        return Terms(**{**values, **changes})

    return make


@pytest.fixture
def publish(
    inside: Callable[[], Any], officer: Actor, approver: Actor, terms: Callable[..., Terms]
) -> Callable[..., UUID]:
    """`publish()` drafts, approves and publishes a vacancy and returns its id."""

    def make(**changes: Any) -> UUID:
        with inside():
            vacancy = service.draft_vacancy(officer, terms(**changes))
            service.approve_vacancy(approver, vacancy.id, version=vacancy.version)
            service.publish_vacancy(officer, vacancy.id, version=vacancy.version)
            return vacancy.id

    return make


@pytest.fixture
def vacancy_id(publish: Callable[..., UUID]) -> UUID:
    """A vacancy that is open."""
    return publish()


@pytest.fixture
def apply(inside: Callable[[], Any]) -> Callable[..., UUID]:
    """`apply(actor, vacancy_id)` sends an application and returns its id."""

    def send(actor: Actor, vacancy_id: UUID, said: Statements = SAID) -> UUID:
        with inside():
            draft = service.save_draft(actor, vacancy_id, said, version=None)
            return service.submit(actor, vacancy_id, version=draft.version).id

    return send


@pytest.fixture
def close(inside: Callable[[], Any]) -> Callable[[UUID], bool]:
    """`close(vacancy_id)` closes it just after its deadline."""

    def now(vacancy_id: UUID) -> bool:
        with inside(), clock.frozen(AFTER):
            return service.close_vacancy(vacancy_id)

    return now


@pytest.fixture
def own(inside: Callable[[], Any]) -> Callable[..., Any]:
    """`own(actor, application_id)` is the application as its writer reads it."""

    def read(actor: Actor, application_id: UUID) -> Any:
        with inside():
            return service.own(actor, application_id)[1]

    return read


@pytest.fixture
def vacancy(inside: Callable[[], Any], officer: Actor) -> Callable[[UUID], Any]:
    """`vacancy(id)` is the vacancy as it stands."""

    def read(vacancy_id: UUID) -> Any:
        with inside():
            return queries.vacancy_of(officer, vacancy_id)

    return read


@pytest.fixture
def mails(app: Any, run_jobs: Callable[[], list[str]]) -> Callable[[], list[tuple[str, str, str]]]:
    """`mails()` runs what is due and returns the new mails, as (address, subject, text)."""
    folder = Path(app.config["MAIL"].removeprefix("folder:"))
    seen = set(folder.glob("**/*"))

    def collect() -> list[tuple[str, str, str]]:
        run_jobs()
        new = [path for path in sorted(folder.glob("**/*")) if path.is_file() and path not in seen]
        seen.update(new)
        parsed = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in new]
        return [
            (str(m["To"]), str(m["Subject"]), " ".join(m.get_body().get_content().split()))
            for m in parsed
        ]

    return collect
