"""An alumna with an account, and workshops whose attendance is locked."""

import pytest

from kernel.questions.credentials import Purpose
from kernel.values.sorting import sort_key
from tests.factories.training import AGENDA, make_workshop
from tests.factories.training import register as put_on_the_list
from training.alumni import service
from training.participants.service import lock_attendance

FOUR_FIFTHS = (90, 180, 180, 120, 180, 120, 90, 0)
A_MINUTE = (1,)


@pytest.fixture
def attended(inside, officer):
    """`attended(actor, …)` makes a workshop she took part in, locked, and returns its id."""

    def make(*people, minutes=FOUR_FIFTHS, gender="female", country="TZ", **workshop):
        with inside():
            made = make_workshop(minutes=AGENDA, **workshop)
            for person in people:
                put_on_the_list(
                    made,
                    person.name,
                    minutes,
                    person_id=person.person_id,
                    address=f"{sort_key(person.name).replace(' ', '.')}@example.org",
                    gender=gender,
                    country=country,
                )
            lock_attendance(officer, made.id, version=made.version)
            return made.id

    return make


@pytest.fixture
def alumna(factory, attended):
    """Somebody with an account who took part in a workshop and said nothing yet."""
    commission = factory.organisation("Electoral Commission of Tanzania", country="TZ")
    person = factory.actor("Neema Fictional", organisation=commission)
    attended(person, title="Electoral leadership")
    return person


@pytest.fixture
def agree(inside):
    """`agree(actor)` lets mission planners find her; `agree(actor, False)` withdraws that."""

    def act(actor, given=True):
        with inside():
            return service.set_consent(actor, purpose=Purpose.MISSIONS, given=given)

    return act
