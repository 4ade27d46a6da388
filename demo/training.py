"""Training in the demo: the six real workshops, two of them with invented agendas and invented people.

Of one the attendance still waits to be locked. From what was locked of the other follow alumnae, their
certificates, and a placement they may apply for; somebody who attended nothing has begun to apply too.
"""

from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from demo import cast, people
from demo.world import World
from kernel.identity.actor import Actor
from kernel.questions.credentials import Purpose
from training.alumni import service as alumni
from training.certificates import service as certificates
from training.participants import service as participants
from training.placements import queries as placement_queries
from training.placements import service as placements
from training.placements.rules.statements import DegreeLevel, Statements
from training.placements.rules.terms import Terms
from training.workshops import service as workshops
from training.workshops.queries import WorkshopFilter, list_workshops, workshop_of

DATA: Final = Path(__file__).with_name("data")
EVENTS: Final = DATA / "training_events.csv"
AGENDA: Final = DATA / "sessions_fictional.csv"
PARTICIPANTS: Final = DATA / "participants_clean_fictional.csv"
OPEN_AGENDA: Final = DATA / "sessions_apia_fictional.csv"
OPEN_PARTICIPANTS: Final = DATA / "participants_apia_fictional.csv"
"""Its sessions have the codes and minutes of the other agenda: `participants_dirty_fictional.csv`, a list as
an office sends it, lies there for visitors to import into this workshop.
"""
PLACEMENT: Final = "Electoral Professional, 12 months at the secretariat (demonstration, fictional)"
SUBJECTS: Final = ("Political science", "Law", "Public administration", "International relations")
APPLY_WITHIN: Final = timedelta(days=28)
BEGUN: Final = Statements(
    full_time=True,
    degree_level=DegreeLevel.MASTER,
    degree_subject="Public administration",
    motivation="I moved ballot boxes by boat and by donkey for two elections (fictional).",
)
"""What the one who attended nothing has written so far."""
FREE_FROM, FREE_FOR = timedelta(days=14), timedelta(days=120)
"""When the alumna could go: it covers the polling day of the demonstration mission."""


def load(world: World) -> None:
    """Hold two workshops, let people of Gaborone join the network and get certificates, open a placement."""
    with world.acting("officer") as officer:
        load_workshops(officer)
        hold_workshop(officer, gaborone(), AGENDA, PARTICIPANTS)
        hold_workshop(officer, apia(), OPEN_AGENDA, OPEN_PARTICIPANTS)
        lock_attendance(officer, gaborone())
    # They come before the certificates, which are in the language of each.
    for person in cast.PARTICIPANTS:
        people.admit(world, person)
    with world.acting("officer") as officer:
        certificates.start_issuing(officer, gaborone())
    with world.acting("alumna") as alumna:
        alumni.confirm_record(alumna)
        alumni.set_consent(alumna, purpose=Purpose.MISSIONS, given=True)
        first = world.today + FREE_FROM
        alumni.add_availability(alumna, starts_on=first, ends_on=first + FREE_FOR)
    vacancy_id = _open_placement(world)
    with world.acting("absentee") as absentee:
        placements.save_draft(absentee, vacancy_id, BEGUN, version=None)


def load_workshops(officer: Actor) -> None:
    """Import the six workshops of the source; loading again changes nothing."""
    workshops.event_imports.import_file(officer, EVENTS.name, EVENTS.read_bytes())


def gaborone() -> UUID:
    """The id of the workshop whose attendance is locked."""
    return _workshop_in("Gaborone")


def apia() -> UUID:
    """The id of the workshop whose attendance waits to be locked."""
    return _workshop_in("Apia")


def hold_workshop(officer: Actor, workshop_id: UUID, agenda: Path, attended: Path) -> None:
    """Import the agenda of a workshop, and who attended which session."""
    workshops.agenda_imports.import_file(
        officer, agenda.name, agenda.read_bytes(), subject_id=workshop_id
    )
    participants.import_file(officer, workshop_id, attended.name, attended.read_bytes())


def lock_attendance(officer: Actor, workshop_id: UUID) -> None:
    """Lock the attendance as it is now."""
    participants.lock_attendance(officer, workshop_id, version=workshop_of(workshop_id).version)


def _workshop_in(city: str) -> UUID:
    found = list_workshops(WorkshopFilter())
    return next(workshop.id for workshop in found if workshop.city == city)


def _open_placement(world: World) -> UUID:
    """Draft a placement, let the administrator approve it, publish it: two people are needed. Its id."""
    with world.acting("officer") as officer:
        vacancy_id = placements.draft_vacancy(officer, _terms(world)).id
    with world.acting("administrator") as administrator:
        version = placement_queries.vacancy_of(administrator, vacancy_id).version
        placements.approve_vacancy(administrator, vacancy_id, version=version)
    with world.acting("officer") as officer:
        version = placement_queries.vacancy_of(officer, vacancy_id).version
        placements.publish_vacancy(officer, vacancy_id, version=version)
    return vacancy_id


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
