"""Finding workshops and their agendas."""

from fractions import Fraction
from uuid import uuid4

import pytest

from kernel.errors import NotFound
from kernel.values.partial_dates import PartialDate
from tests.factories.training import make_workshop
from training.workshops import queries
from training.workshops.queries import WHOLE_NETWORK, WorkshopFilter, list_workshops


def test_a_workshop_of_another_network_is_not_found(inside):
    with inside(), pytest.raises(NotFound):
        queries.workshop_of(uuid4())


def test_sessions_come_in_the_order_of_the_agenda(inside):
    with inside():
        workshop = make_workshop(minutes=[90] * 11)
        codes = [session.code for session in queries.sessions_of(workshop.id)]
        assert codes == [f"S{n}" for n in range(1, 12)]


def test_a_workshop_tells_its_month_and_its_exact_threshold(inside):
    with inside():
        workshop = make_workshop(threshold_numerator=2, threshold_denominator=3)
        found = queries.listed_workshop(workshop.id)
        assert found.held == PartialDate(2015, 8)
        assert found.threshold == Fraction(2, 3)
        assert found.programme == "JEP"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (WorkshopFilter(), ["pacific", "africa", "everywhere"]),
        (WorkshopFilter(programme="CEP"), ["pacific"]),
        (WorkshopFilter(region="Africa"), ["africa"]),
        (WorkshopFilter(region=WHOLE_NETWORK), ["everywhere"]),
        (WorkshopFilter(year=2015), ["africa"]),
        (WorkshopFilter(programme="CEP", year=2015), []),
    ],
)
def test_a_list_holds_what_its_filter_leaves_latest_first(inside, wanted, expected):
    with inside():
        make_workshop(title="everywhere", region=None, year=2013, month=10)
        make_workshop(title="africa")
        make_workshop(programme="CEP", title="pacific", region="Pacific", year=2017, month=11)
        assert [workshop.title for workshop in list_workshops(wanted)] == expected
