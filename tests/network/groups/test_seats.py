"""Seats belong to organisations; terms of members end, and chairs are reminded of it."""

from datetime import date, timedelta

import pytest

from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.values import clock
from network.groups import queries, service
from tests.factories.network import make_group


@pytest.fixture
def emb(factory):
    return factory.organisation("Electoral Commission of Fiji")


@pytest.fixture
def focal_point(factory, emb):
    return factory.actor("Efua Focal", organisation=emb, roles=["focal_point"])


@pytest.fixture
def delegate(factory, emb):
    return factory.actor("Dele Delegate", organisation=emb)


@pytest.fixture
def committee(inside, administrator, chair):
    with inside():
        return make_group(administrator, chair, name="Steering", kind="steering_committee")


@pytest.fixture
def seat(inside, chair, emb, committee):
    with inside():
        return service.add_seat(chair, committee.id, organisation_id=emb.id)


def test_the_focal_point_names_who_sits_for_her_organisation(
    inside, browser_for, committee, seat, focal_point, delegate, mailed, waiting
):
    (line,) = [each for each in waiting(focal_point) if each["kind"] == "vacant_seat"]
    assert line["url"].endswith(f"/network/groups/seats/{seat.id}")
    browser = browser_for(focal_point)
    page = browser.get(f"/network/groups/seats/{seat.id}")
    page = browser.submit(
        page,
        "Save",
        holder_id=str(delegate.person_id),
        alternate_id=str(delegate.person_id),
    )
    assert page.errors == ["Choose somebody else as the alternate."]
    browser.submit(page, "Save", holder_id=str(delegate.person_id), alternate_id="")
    with inside():
        (row,) = queries.seats_of(committee.id)
        assert (row.holder, row.alternate) == ("Dele Delegate", None)
        assert queries.standing_in(delegate, committee.id).is_member
    assert mailed("group_seat") == [delegate.person_id]
    assert waiting(focal_point) == []


def test_only_the_organisation_or_the_chair_names_and_only_its_own_people(
    inside, factory, chair, seat, delegate, stranger
):
    elsewhere = factory.actor("Eva Elsewhere", roles=["focal_point"])
    with inside():
        for other in (elsewhere, delegate):
            with pytest.raises(Forbidden):
                service.fill_seat(other, seat.id, version=1, holder_id=delegate.person_id)
        with pytest.raises(Refused) as caught:
            service.fill_seat(chair, seat.id, version=1, holder_id=stranger.person_id)
        assert caught.value.field == "holder_id"
        service.fill_seat(chair, seat.id, version=1, holder_id=delegate.person_id)
        with pytest.raises(Conflict):
            service.fill_seat(chair, seat.id, version=7, holder_id=None)


def test_who_is_replaced_leaves_and_a_member_by_hand_stays(
    inside, factory, chair, committee, seat, delegate, emb
):
    other = factory.actor("Olu Other", organisation=emb)
    with inside():
        service.add_member(chair, committee.id, person_id=other.person_id)
        service.fill_seat(
            chair, seat.id, version=1, holder_id=delegate.person_id, alternate_id=other.person_id
        )
    with inside():
        service.fill_seat(chair, seat.id, version=2)
        assert not queries.reads(delegate, committee.id)
        assert queries.reads(other, committee.id)


def test_a_seat_stays_and_is_vacant_when_its_holder_leaves(
    inside, browser_for, chair, committee, seat, delegate, emb
):
    with inside():
        service.fill_seat(chair, seat.id, version=1, holder_id=delegate.person_id)
    with inside():
        service.end_memberships(delegate.person_id, emb.id, clock.now())
    page = browser_for(chair).get(f"/network/groups/{committee.id}")
    assert "Electoral Commission of Fiji" in page.text
    assert "Vacant" in page.text
    with inside():
        (row,) = queries.seats_of(committee.id)
        assert row.seat.holder_id is None


def test_taking_a_seat_away_lets_its_holder_go(inside, chair, committee, seat, delegate):
    with inside():
        service.fill_seat(chair, seat.id, version=1, holder_id=delegate.person_id)
    with inside():
        service.remove_seat(chair, seat.id)
    with inside():
        assert queries.seats_of(committee.id) == []
        assert not queries.reads(delegate, committee.id)


def test_an_organisation_has_one_seat_and_only_in_a_steering_committee(
    inside, browser_for, administrator, chair, committee, seat, emb
):
    with inside():
        plain = make_group(administrator, chair)
        with pytest.raises(Refused):
            service.add_seat(chair, plain.id, organisation_id=emb.id)
    page = browser_for(chair).get(f"/network/groups/{committee.id}/seats/new")
    assert "Electoral Commission of Fiji" not in page.text


def test_a_seat_of_a_secret_committee_does_not_exist_for_others(
    inside, administrator, chair, stranger, focal_point, emb
):
    with inside():
        hidden = make_group(administrator, chair, visibility="secret", kind="steering_committee")
        seat = service.add_seat(chair, hidden.id, organisation_id=emb.id)
    with inside():
        with pytest.raises(NotFound):
            service.seat_to_fill(stranger, seat.id)
        assert service.seat_to_fill(focal_point, seat.id).group.id == hidden.id


@pytest.fixture
def member(inside, factory, chair, committee):
    """Somebody whose term has ten days to go."""
    actor = factory.actor("Mary Member")
    with inside():
        service.add_member(
            chair,
            committee.id,
            person_id=actor.person_id,
            term_ends_on=clock.today("Europe/London") + timedelta(days=10),
        )
    return actor


def test_the_chair_is_reminded_thirty_days_before_a_term_ends(
    inside, browser_for, chair, committee, member, waiting
):
    assert [each["kind"] for each in waiting(chair)] == ["group_term"]
    browser = browser_for(chair)
    page = browser.get(f"/network/groups/{committee.id}/members/{member.person_id}/term")
    later = clock.today("Europe/London") + timedelta(days=400)
    browser.submit(page, "Save", term_ends_on=later.isoformat())
    assert waiting(chair) == []


def test_membership_ends_with_the_term_once_and_the_chair_stays(inside, chair, committee, member):
    yesterday = clock.today("Europe/London") - timedelta(days=1)
    with inside():
        for actor in (chair, member):
            queries.membership_of(committee.id, actor.person_id).term_ends_on = yesterday
    with inside():
        service.end_terms()
        service.end_terms()
        assert not queries.reads(member, committee.id)
        assert queries.standing_in(chair, committee.id).is_chair


def test_a_term_lasts_to_the_end_of_its_last_day(inside, committee, member):
    with inside():
        membership = queries.membership_of(committee.id, member.person_id)
        membership.term_ends_on = clock.today("Europe/London")
    with inside():
        service.end_terms()
        assert queries.reads(member, committee.id)


def test_a_term_that_is_over_is_refused(inside, chair, committee, member):
    with inside(), pytest.raises(Refused):
        service.set_term(
            chair,
            committee.id,
            person_id=member.person_id,
            version=1,
            term_ends_on=date(2020, 1, 1),
        )


def test_of_two_who_change_a_term_the_second_sees_both(
    browser_for, administrator, chair, committee, member
):
    address = f"/network/groups/{committee.id}/members/{member.person_id}/term"
    first, second = browser_for(chair), browser_for(administrator)
    before_both = second.get(address)
    first.submit(first.get(address), "Save", term_ends_on="2099-01-31")
    page = second.submit(before_both, "Save", term_ends_on="2099-12-31")
    assert page.status == 409
    assert "2099-01-31" in page.text
    assert "2099-12-31" in page.text
    second.submit(page, "Save mine over theirs")
    assert 'value="2099-12-31"' in first.get(address).html
