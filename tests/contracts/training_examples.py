"""Some of everything that training keeps, for the example network."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from kernel.db import db
from kernel.identity.actor import Actor, HeldRole
from kernel.questions.credentials import Purpose
from kernel.values.partial_dates import PartialDate
from tests.factories.training import make_workshop, register
from training.alumni import service as alumni
from training.certificates.service import issue_batch, start_issuing
from training.participants import service as participants
from training.placements import service as placements
from training.placements.models import Vacancy
from training.placements.rules.statements import Statements
from training.placements.rules.terms import Terms
from training.workshops import service as workshops
from training.workshops.queries import Workshop
from training.workshops.rules import WorkshopState

TRAINING_TABLES: dict[str, str] = {
    "agenda_import_id": "kernel.kept_import where kind = 'agenda'",
    "events_import_id": "kernel.kept_import where kind = 'workshops'",
    "application_id": "training.application",
    "availability_id": "training.alumni_availability",
    "participant_id": "training.participant",
    "participants_import_id": "kernel.kept_import where kind = 'participants'",
    "draft_vacancy_id": "training.vacancy where state = 'draft'",
    "vacancy_id": "training.vacancy where state = 'published'",
    "certificate_id": "training.certificate",
    "issue_run_id": "training.issue_run",
    "attended_workshop_id": "training.workshop where locked_at is not null",
    "workshop_id": "training.workshop",
}
"""Where the objects of training lie that a parameter of an address stands for."""

ATTENDED = {"workshop_id": "attended_workshop_id"}
DRAFTED = {"vacancy_id": "draft_vacancy_id"}
TRAINING_ROUTES = {
    "certificates": ATTENDED,
    "api_certificates": ATTENDED,
    "placements.edit": DRAFTED,
    "api_placements.put_vacancy": DRAFTED,
}
"""Routes about a workshop that is over or a vacancy that is a draft, where the first of all would not do."""

WORKSHOPS_FILE = (
    b"programme,event,city,country,region,month\n"
    b"JEP,Pacific region workshop (fictional),Apia,WS,Pan-Commonwealth,2015-03\n"
)
AGENDA_FILE = (
    b"session,date,title,scheduled_minutes\n"
    b"S1,2015-08-03,Opening,90\nS2,2015-08-04,Voter registration,110\n"
)
LONGER_AGENDA_FILE = (
    AGENDA_FILE + b"S3,2015-08-05,Counting,90\nS4,2015-08-05,Results,60\nS5,2015-08-06,Review,30\n"
)
PARTICIPANTS_FILE = (
    b"Full name,Gender,Country,E-mail,S1,S2\n"
    b"Neema Fictional,F,TZ,neema@example.org,90,110\nOtieno Fictional,M,KE,otieno@example.org,1,0\n"
)


def populate_training(actor: Actor, colleague: Actor, number: int) -> None:
    """One of everything, through the services."""
    _workshop(actor, number)
    attended = _attended_workshop(actor, (actor, colleague), number)
    _could_go((actor, colleague), number)
    _placement(actor, colleague, number)
    issue_batch(start_issuing(actor, attended.id).id)


def _workshop(actor: Actor, number: int) -> Workshop:
    """A workshop with its agenda and participants, and files of all three on their way in."""
    workshop = workshops.create_workshop(
        actor,
        programme="JEP",
        title=f"Workshop {number} (fictional)",
        held=PartialDate(2015, 8),
        city="Gaborone",
        country="BW",
        region=None,
        state=WorkshopState.DELIVERED,
        threshold=Fraction(4, 5),
        source="Invented",
    )
    db.session.flush()
    workshops.agenda_imports.import_file(actor, "agenda.csv", AGENDA_FILE, subject_id=workshop.id)
    workshops.agenda_imports.keep_upload(actor, "agenda.csv", AGENDA_FILE, subject_id=workshop.id)
    workshops.event_imports.keep_upload(actor, "workshops.csv", WORKSHOPS_FILE)
    participants.import_file(actor, workshop.id, "people.csv", PARTICIPANTS_FILE)
    participants.keep_upload(actor, workshop.id, "people.csv", PARTICIPANTS_FILE)
    return workshop


def crowd_training(actor: Actor, workshop_id: UUID, people: Sequence[Actor]) -> None:
    """More participants, sessions and certificates, and people who could go and apply for a placement."""
    workshop = db.session.scalars(select(Workshop).where(Workshop.id == workshop_id)).one()
    for person in people:
        address = f"more{person.person_id.hex[-8:]}@example.org"
        register(workshop, person.name, (60, 60), person_id=person.person_id, address=address)
    workshops.agenda_imports.import_file(
        actor, "agenda.csv", LONGER_AGENDA_FILE, subject_id=workshop_id
    )
    _more_certificates(actor, people)
    _attended_workshop(actor, people, 5)
    db.session.flush()
    _could_go(people, 5)
    vacancy = db.session.scalars(select(Vacancy).order_by(Vacancy.id)).first()
    assert vacancy is not None
    for person in people:
        _apply(person, vacancy.id)


def _more_certificates(officer: Actor, people: Sequence[Actor]) -> None:
    """Certificates of the first workshop that is over, for people who attended it too."""
    over = select(Workshop).where(Workshop.locked_at.is_not(None)).order_by(Workshop.id)
    workshop = db.session.scalars(over).first()
    assert workshop is not None
    for person in people:
        address = f"late{person.person_id.hex[-8:]}@example.org"
        register(workshop, person.name, (60,), person_id=person.person_id, address=address)
    issue_batch(start_issuing(officer, workshop.id).id)


def _attended_workshop(officer: Actor, people: Sequence[Actor], number: int) -> Workshop:
    """A workshop in which people attended every minute, and its attendance is locked."""
    workshop = make_workshop(minutes=(60,), year=2010 + number)
    for person in people:
        address = f"alumna{person.person_id.hex[-8:]}@example.org"
        register(workshop, person.name, (60,), person_id=person.person_id, address=address)
    participants.lock_attendance(officer, workshop.id, version=workshop.version)
    return workshop


def _could_go(people: Sequence[Actor], number: int) -> None:
    """People who took part in a workshop could go, and agreed to be found."""
    for person in people:
        first = date(2050 + number, 3, 1)
        alumni.add_availability(person, starts_on=first, ends_on=date(first.year, 4, 30))
        alumni.set_consent(person, purpose=Purpose.MISSIONS, given=True)


def _placement(actor: Actor, colleague: Actor, number: int) -> None:
    """A vacancy her colleague drafted and she approved, with an application of hers, and a draft of one."""
    officer = replace(colleague, held_roles=(HeldRole("programme_officer", None),))
    terms = Terms(
        title=f"Placement {number} (fictional)",
        summary="Twelve months with the electoral support section.",
        term_months=12,
        closes_on=date(2090, 3, 12),
        time_zone="Europe/London",
        employment=True,
        experience=True,
    )
    vacancy = placements.draft_vacancy(officer, terms)
    placements.approve_vacancy(actor, vacancy.id, version=vacancy.version)
    placements.publish_vacancy(actor, vacancy.id, version=vacancy.version)
    placements.draft_vacancy(officer, replace(terms, title=f"Draft {number} (fictional)"))
    _apply(actor, vacancy.id)


def _apply(person: Actor, vacancy_id: UUID) -> None:
    said = Statements(full_time=True, motivation="Here is why (fictional).")
    draft = placements.save_draft(person, vacancy_id, said, version=None)
    placements.submit(person, vacancy_id, version=draft.version)
