"""Groups by office: the members are those who hold it, and change with it."""

import pytest

from kernel.db import db
from kernel.errors import Refused
from kernel.events import emit
from kernel.events.people import FunctionChanged
from kernel.values import clock
from network.groups import queries, service
from network.groups.rules import GroupKind, GroupVisibility, Joining, Office
from network.people.models import FunctionHolder
from tests.factories.network import make_group, make_guest


@pytest.fixture
def emb(factory):
    return factory.organisation(region="Africa")


@pytest.fixture
def head(factory, emb):
    return factory.actor("Hawa Head", organisation=emb)


@pytest.fixture
def appoint(inside):
    """`appoint(actor, function)`: she holds it from now on; `deputy=True` for who stands in."""

    def hold(actor, function="head", *, deputy=False):
        with inside():
            db.session.add(
                FunctionHolder(
                    organisation_id=actor.organisation_ids[0],
                    person_id=actor.person_id,
                    function=function,
                    deputy=deputy,
                    since=clock.today("UTC"),
                )
            )
            emit(FunctionChanged(actor.organisation_ids[0], function))

    return hold


@pytest.fixture
def dismiss(inside):
    """`dismiss(actor)`: she holds no function any more."""

    def end(actor):
        with inside():
            for row in db.session.query(FunctionHolder).filter_by(person_id=actor.person_id):
                row.ended_at = clock.now()
                emit(FunctionChanged(row.organisation_id, row.function))

    return end


@pytest.fixture
def heads(inside, administrator, chair):
    """The group of the heads in Africa, chaired by somebody named by hand."""
    with inside():
        return service.create_group(
            administrator,
            name="Heads in Africa",
            purpose=None,
            kind=GroupKind.REGION,
            joining=Joining.EX_OFFICIO,
            visibility=GroupVisibility.PRIVATE,
            chair_id=chair.person_id,
            office=Office.HEAD,
            office_region="Africa",
        )


def current(group):
    return {row.name for row in queries.members_of(group.id) if row.current}


def test_the_members_follow_the_holders_of_the_office(
    inside, run_jobs, heads, head, factory, appoint, dismiss, emb
):
    elsewhere = factory.actor("Paul Pacific", organisation=factory.organisation(region="Pacific"))
    deputy = factory.actor("Dina Deputy", organisation=emb)
    appoint(head)
    appoint(elsewhere)
    appoint(deputy, deputy=True)
    assert "network.follow_office" in run_jobs()
    with inside():
        assert current(heads) == {"Ama Chair", "Hawa Head"}
    dismiss(head)
    run_jobs()
    with inside():
        assert current(heads) == {"Ama Chair"}
        assert not queries.reads(head, heads.id)


def test_doing_it_again_changes_nothing_and_a_lost_event_is_made_up_for(
    inside, heads, head, appoint
):
    appoint(head)
    with inside():
        service.follow_all()
        before = queries.membership_of(heads.id, head.person_id)
        told = (before.id, before.joined_at, before.came)
        service.follow_all()
        after = queries.membership_of(heads.id, head.person_id)
        assert (after.id, after.joined_at, after.came) == told
        assert after.came == "office"


def test_nobody_is_added_or_removed_by_hand_but_a_guest(
    inside, heads, head, appoint, chair, stranger
):
    appoint(head)
    with inside():
        service.follow_all()
        guest_id = make_guest(chair, heads)
        for attempt in (
            lambda: service.add_member(chair, heads.id, person_id=stranger.person_id),
            lambda: service.invite(chair, heads.id, person_id=stranger.person_id),
            lambda: service.remove_member(chair, heads.id, person_id=head.person_id),
            lambda: service.remove_member(head, heads.id, person_id=head.person_id),
            lambda: service.join_group(stranger, heads.id),
            lambda: service.ask_to_join(stranger, heads.id, reason="Please."),
        ):
            with pytest.raises(Refused):
                attempt()
        service.remove_member(chair, heads.id, person_id=guest_id)
        assert current(heads) == {"Ama Chair", "Hawa Head"}


def test_a_chair_by_office_hands_the_group_on_and_the_last_one_stays(
    inside, run_jobs, heads, head, factory, appoint, dismiss, chair
):
    other = factory.actor("Olu Other", organisation=factory.organisation(region="Africa"))
    appoint(head)
    appoint(other)
    run_jobs()
    with inside():
        service.appoint_chair(chair, heads.id, person_id=head.person_id, term_ends_on=None)
        service.end_chair(chair, heads.id, person_id=chair.person_id)
        service.follow_all()
    dismiss(head)
    run_jobs()
    with inside():
        assert current(heads) == {"Olu Other"}
        assert queries.chairs_of(heads.id) == {other.person_id}
    dismiss(other)
    run_jobs()
    with inside():
        assert current(heads) == {"Olu Other"}


def test_a_group_by_office_names_one(inside, administrator, chair):
    with inside(), pytest.raises(Refused) as caught:
        make_group(administrator, chair, joining="ex_officio")
    assert caught.value.field == "office"
