"""Some of everything that training keeps, for the example network."""

from datetime import date

from kernel.identity.actor import Actor
from kernel.questions.credentials import Purpose
from tests.factories.training import make_workshop, register
from training.alumni import service as alumni
from training.participants.service import lock_attendance

TRAINING_TABLES: dict[str, str] = {
    "availability_id": "training.alumni_availability",
    "workshop_id": "training.workshop",
}
"""Where the objects of training lie that a parameter of an address stands for."""


def populate_training(actor: Actor, colleague: Actor, number: int) -> None:
    """One of everything, through the services."""
    _alumni(actor, colleague, number)


def _alumni(actor: Actor, colleague: Actor, number: int) -> None:
    """Two people who took part in a workshop, could go, and agreed to be found."""
    workshop = make_workshop(minutes=(60,), year=2010 + number)
    for person in (actor, colleague):
        address = f"alumna{person.person_id.hex[-8:]}@example.org"
        register(workshop, person.name, (60,), person_id=person.person_id, address=address)
    lock_attendance(actor, workshop.id, version=workshop.version)
    for person in (actor, colleague):
        first = date(2050 + number, 3, 1)
        alumni.add_availability(person, starts_on=first, ends_on=date(first.year, 4, 30))
        alumni.set_consent(person, purpose=Purpose.MISSIONS, given=True)
