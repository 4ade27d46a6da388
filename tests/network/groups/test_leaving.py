"""Who leaves an organisation leaves its groups for good, and no group stays without a chair unseen."""

from datetime import date

import pytest
from sqlalchemy import select

from kernel.accounts.services import colleagues
from kernel.db import db
from kernel.errors import Forbidden, Refused
from kernel.identity.models import Affiliation
from kernel.mail.models import OutgoingMail
from network.groups import queries, service
from tests.factories.network import end_affiliations, make_group


@pytest.fixture
def emb(factory):
    return factory.organisation()


@pytest.fixture
def chair(factory, emb):
    return factory.actor("Ama Chair", organisation=emb)


@pytest.fixture
def leaves(inside, administrator, run_jobs):
    """`leaves(actor)`: her affiliation is ended by an administrator, and the jobs have run."""

    def leave(actor):
        with inside():
            found = select(Affiliation.id).where(Affiliation.person_id == actor.person_id)
            colleagues.end_affiliation(administrator, db.session.scalar(found))
        return run_jobs()

    return leave


@pytest.fixture
def comes_back(inside, factory, emb):
    """`comes_back(actor)`: she is with her organisation again, as after another invitation."""

    def come(actor):
        with inside():
            db.session.add(
                Affiliation(
                    person_id=actor.person_id, organisation_id=emb.id, began_on=date(2026, 1, 1)
                )
            )
        return factory.reload(actor.person_id)

    return come


def test_somebody_who_comes_back_is_in_no_group_until_she_is_added_again(
    inside, administrator, chair, factory, emb, leaves, comes_back, browser_for
):
    member = factory.actor("Mary Member", organisation=emb)
    with inside():
        group = make_group(administrator, chair, [member], visibility="secret")
    leaves(member)
    member = comes_back(member)
    assert browser_for(member).get(f"/network/groups/{group.id}").status == 404
    with inside():
        assert list(queries.groups_read_by(member)) == []
        assert not queries.is_current_member(group.id, member.person_id)
        assert [row.current for row in queries.members_of(group.id)] == [True, False]
        wanted = [queries.Wanted("mary", [])]
        found = queries.people_found(wanted, chosen=None, outside=group.id, most=20)
        assert [row.id for row in found] == [member.person_id]
        service.add_member(chair, group.id, person_id=member.person_id)
        assert queries.standing_in(member, group.id).is_member


def test_a_membership_for_another_organisation_goes_on(
    inside, administrator, chair, factory, emb, leaves
):
    member = factory.actor("Mary Member")
    with inside():
        db.session.add(
            Affiliation(
                person_id=member.person_id, organisation_id=emb.id, began_on=date(2026, 1, 1)
            )
        )
        group = make_group(administrator, chair, [member])
        spoken_for = queries.membership_of(group.id, member.person_id).organisation_id
        assert spoken_for != emb.id
        ended = select(Affiliation.id).where(
            Affiliation.person_id == member.person_id, Affiliation.organisation_id == emb.id
        )
        colleagues.end_affiliation(administrator, db.session.scalar(ended))
    with inside():
        assert queries.is_current_member(group.id, member.person_id)


def test_the_member_who_was_there_longest_follows_a_chair_who_left(
    inside, administrator, chair, factory, leaves
):
    first, second = factory.actor("First Member"), factory.actor("Second Member")
    with inside():
        group = make_group(administrator, chair, [first, second])
    assert "network.end_memberships" in leaves(chair)
    with inside():
        assert queries.chairs_of(group.id) == {first.person_id}
        mails = db.session.scalars(
            select(OutgoingMail).where(OutgoingMail.template == "group_chair")
        ).all()
        assert len(mails) == 1


def test_the_event_told_twice_hands_the_group_on_once(
    inside, administrator, chair, factory, emb, leaves
):
    first, second = factory.actor("First Member"), factory.actor("Second Member")
    with inside():
        group = make_group(administrator, chair, [first, second])
    leaves(chair)
    with inside():
        membership = queries.membership_of(group.id, chair.person_id)
        service.end_memberships(chair.person_id, emb.id, membership.ended_at)
        assert queries.chairs_of(group.id) == {first.person_id}


def test_a_chair_who_left_is_none_even_before_anybody_followed(
    inside, administrator, chair, factory, comes_back
):
    with inside():
        group = make_group(administrator, chair, visibility="open")
        end_affiliations(chair)
    elsewhere = factory.actor("Ama Elsewhere")
    with inside():
        db.session.add(
            Affiliation(
                person_id=chair.person_id,
                organisation_id=elsewhere.organisation_ids[0],
                began_on=date(2026, 1, 1),
            )
        )
    chair = factory.reload(chair.person_id)
    with inside(), pytest.raises(Forbidden):
        service.archive_group(chair, group.id)
    with inside(), pytest.raises(Forbidden):
        service.add_member(chair, group.id, person_id=elsewhere.person_id)


def test_a_group_in_which_nobody_is_left_is_flagged_to_administrators(
    inside, administrator, chair, factory, leaves, browser_for
):
    with inside():
        group = make_group(administrator, chair, visibility="open")
    leaves(chair)
    browser = browser_for(administrator)
    assert "No chair" in browser.get("/network/groups").text
    page = browser.get(f"/network/groups/{group.id}")
    assert "nobody was there to follow" in page.text
    stranger = factory.actor("Sam Stranger")
    assert "No chair" not in browser_for(stranger).get("/network/groups").text
    with inside(), pytest.raises(Refused):
        service.appoint_chair(administrator, group.id, person_id=chair.person_id, term_ends_on=None)
    page = browser.submit(browser.get(f"{page.path}/invite"), "Find", person_id_words="Sam")
    browser.submit(page, "Invite or add", person_id=str(stranger.person_id), how="add")
    page = browser.get(f"/network/groups/{group.id}/chairs/new")
    page = browser.submit(page, "Save")
    assert page.errors == ["Choose a member of the group as its chair."]
    browser.submit(page, "Save", person_id=str(stranger.person_id))
    assert "No chair" not in browser.get("/network/groups").text
    with inside():
        assert not queries.membership_of(group.id, chair.person_id).is_chair
