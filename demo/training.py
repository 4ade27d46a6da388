"""Training in the demo: the six real workshops, one of them with an invented agenda and invented people.

From what was locked there follow an alumna, her certificate, and a placement she may apply for.
"""

from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from demo import people
from demo.world import World
from kernel.identity.actor import Actor
from kernel.questions.credentials import Purpose
from training.alumni import service as alumni
from training.certificates import service as certificates
from training.participants import service as participants
from training.placements import queries as placement_queries
from training.placements import service as placements
from training.placements.rules.terms import Terms
from training.workshops import service as workshops
from training.workshops.queries import WorkshopFilter, list_workshops, workshop_of

DATA: Final = Path(__file__).with_name("data")
EVENTS: Final = DATA / "training_events.csv"
AGENDA: Final = DATA / "sessions_fictional.csv"
PARTICIPANTS: Final = DATA / "participants_clean_fictional.csv"
PLACEMENT: Final = "Electoral Professional, 12 months at the secretariat (demonstration, fictional)"
SUBJECTS: Final = ("Political science", "Law", "Public administration", "International relations")
APPLY_WITHIN: Final = timedelta(days=28)
FREE_FROM, FREE_FOR = timedelta(days=14), timedelta(days=120)
"""When the alumna could go: it covers the polling day of the demonstration mission."""


def load(world: World) -> None:
    """Hold the Gaborone workshop, let two of its people join the network, open a placement."""
    with world.acting("officer") as officer:
        load_workshops(officer)
        hold_workshop(officer, gaborone())
    for person in people.PARTICIPANTS:
        people.admit(world, person)
    with world.acting("alumna") as alumna:
        alumni.confirm_record(alumna)
        alumni.set_consent(alumna, purpose=Purpose.MISSIONS, given=True)
        first = world.today + FREE_FROM
        alumni.add_availability(alumna, starts_on=first, ends_on=first + FREE_FOR)
    _open_placement(world)


def load_workshops(officer: Actor) -> None:
    """Import the six workshops of the source; loading again changes nothing."""
    workshops.event_imports.import_file(officer, EVENTS.name, EVENTS.read_bytes())


def gaborone() -> UUID:
    """The id of the workshop that has an agenda and participants."""
    found = list_workshops(WorkshopFilter(programme="JEP", region="Africa"))
    return next(workshop.id for workshop in found if workshop.city == "Gaborone")


def hold_workshop(officer: Actor, workshop_id: UUID) -> None:
    """Import the agenda and who attended it, lock the attendance, have certificates issued by the worker."""
    workshops.agenda_imports.import_file(
        officer, AGENDA.name, AGENDA.read_bytes(), subject_id=workshop_id
    )
    participants.import_file(officer, workshop_id, PARTICIPANTS.name, PARTICIPANTS.read_bytes())
    participants.lock_attendance(officer, workshop_id, version=workshop_of(workshop_id).version)
    certificates.start_issuing(officer, workshop_id)


def _open_placement(world: World) -> None:
    """Draft a placement, let the administrator approve it, publish it: two people are needed."""
    with world.acting("officer") as officer:
        vacancy_id = placements.draft_vacancy(officer, _terms(world)).id
    with world.acting("administrator") as administrator:
        version = placement_queries.vacancy_of(administrator, vacancy_id).version
        placements.approve_vacancy(administrator, vacancy_id, version=version)
    with world.acting("officer") as officer:
        version = placement_queries.vacancy_of(officer, vacancy_id).version
        placements.publish_vacancy(officer, vacancy_id, version=version)


def _terms(world: World) -> Terms:
    """The rules of the first placement: employed, took part in a listed event, graduate, experienced."""
    return Terms(
        title=PLACEMENT,
        summary="Twelve months in the electoral support section: you help to plan missions and to run"
        " workshops, and take what you learnt back to your election management body. Your employer"
        " grants unpaid leave once you are selected (fictional).",
        term_months=12,
        closes_on=world.today + APPLY_WITHIN,
        time_zone="Europe/London",
        employment=True,
        events=tuple(str(workshop.id) for workshop in list_workshops()),
        subjects=SUBJECTS,
        experience=True,
    )
