"""Who is trained in what, and free when: what training answers to whoever asks."""

from datetime import date, timedelta
from functools import partial

import pytest

from kernel.questions.credentials import MOST, Credentials, Purpose, Wanted, credentials
from kernel.tenancy.modules import with_network
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from kernel.values.partial_dates import PartialDate
from kernel.values.periods import Period
from tests.training.alumni.conftest import A_MINUTE
from training.alumni import answers, service


@pytest.fixture
def march():
    """A month that lies ahead, whenever the test runs."""
    return date(clock.now().year + 1, 3, 1)


@pytest.fixture
def ask(inside, officer):
    """`ask(…)` asks on behalf of missions and returns the answer."""

    def act(**wanted):
        with inside():
            return credentials(officer, Wanted(Purpose.MISSIONS, **wanted))

    return act


@pytest.fixture
def state_days(inside):
    def act(actor, first, days):
        with inside():
            service.add_availability(
                actor, starts_on=first, ends_on=first + timedelta(days=days - 1)
            )

    return act


def names(answer):
    return [person.name for person in answer.people]


def test_nobody_is_found_who_did_not_agree(ask, alumna, agree, state_days, march):
    state_days(alumna, march, 10)
    assert ask() == Credentials(programmes=("JEP",), answered=True)
    agree(alumna)
    assert names(ask()) == ["Neema Fictional"]
    agree(alumna, False)
    assert names(ask()) == []


def test_nobody_withdraws_between_an_answer_that_holds_her_and_what_is_made_of_it(
    inside, officer, alumna, agree, at_once
):
    agree(alumna)
    wanted = Wanted(Purpose.MISSIONS, person_ids=(alumna.person_id,), held=True)
    withdraw = partial(service.set_consent, alumna, purpose=Purpose.MISSIONS, given=False)
    with inside():
        assert names(credentials(officer, wanted)) == ["Neema Fictional"]
        withdrawing = at_once(withdraw)
        assert withdrawing.is_alive()
    assert withdrawing.end() is None
    agree(alumna)
    with inside():
        withdraw()
        asking = at_once(lambda: names(credentials(officer, wanted)))
        assert asking.is_alive()
    assert asking.end() == []


def test_the_answer_tells_training_origin_and_days(ask, alumna, agree, attended, state_days, march):
    attended(alumna, programme="CEP", title="Later", year=2017, minutes=A_MINUTE, country="KE")
    state_days(alumna, march, 10)
    agree(alumna)
    answer = ask()
    (person,) = answer.people
    assert answer.programmes == ("CEP", "JEP")
    assert person.person_id == alumna.person_id
    assert person.organisation == "Electoral Commission of Tanzania"
    assert person.countries == ("TZ", "KE")
    assert person.free == (Period.of_days(march, 10),)
    later, earlier = person.workshops
    assert (later.programme, later.held, later.minutes, later.earned_certificate) == (
        "CEP",
        PartialDate(2017, 8),
        1,
        False,
    )
    assert (earlier.programme, earlier.minutes, earlier.scheduled) == ("JEP", 960, 1200)
    assert earlier.earned_certificate


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "neema"}, True),
        ({"text": "tanzania"}, True),
        ({"text": "LEADERSHIP"}, True),
        ({"text": "somebody else"}, False),
        ({"text": "%"}, False),
        ({"programme": "JEP"}, True),
        ({"programme": "CEP"}, False),
        ({"not_from": "FJ"}, True),
        ({"not_from": "TZ"}, False),
        ({"person_ids": ()}, False),
    ],
)
def test_the_answer_is_as_narrow_as_the_question(ask, alumna, agree, wanted, found):
    agree(alumna)
    assert bool(ask(**wanted).people) is found


@pytest.mark.parametrize(
    ("first", "days", "found"),
    [(0, 10, True), (3, 2, True), (-1, 5, False), (8, 5, False), (40, 2, False)],
)
def test_free_means_free_on_every_day(ask, alumna, agree, state_days, march, first, days, found):
    """She is free from the 1st to the 10th; said in two parts, it counts as one."""
    state_days(alumna, march, 5)
    state_days(alumna, march + timedelta(days=5), 5)
    agree(alumna)
    wanted = Period.of_days(march + timedelta(days=first), days)
    assert bool(ask(free_during=wanted).people) is found


def test_somebody_registered_from_a_country_counts_as_from_there(ask, alumna, agree, attended):
    """She works in Tanzania and was once registered from Kenya: she observes neither."""
    attended(alumna, country="KE", year=2018)
    agree(alumna)
    assert names(ask(not_from="KE")) == []


def test_the_answer_names_at_most_so_many_and_says_when_there_are_more(
    ask, alumna, agree, attended, factory, monkeypatch
):
    assert MOST == 100
    monkeypatch.setattr(answers, "MOST", 1)
    agree(alumna)
    assert not ask().more
    other = factory.actor("Zainab Fictional")
    attended(other, year=2016)
    agree(other)
    answer = ask()
    assert (names(answer), answer.more) == (["Neema Fictional"], True)


def test_three_people_cost_the_queries_of_one(ask, alumna, agree, attended, factory, queries):
    agree(alumna)
    with queries() as one:
        ask()
    for number in range(2):
        other = factory.actor()
        attended(other, year=2016 + number)
        agree(other)
    with queries() as three:
        assert len(ask().people) == 3
    assert len(three) == len(one)


def test_where_training_is_off_nobody_answers(ask, alumna, agree, inside):
    agree(alumna)
    with inside():
        current_tenant().modules = with_network(["missions"])
    assert ask() == Credentials()
