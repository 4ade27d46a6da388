"""A group has a chair, or several: appointed, stepping down, followed, and never none."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from kernel.audit.models import AuditEntry
from kernel.db import db, scoped
from kernel.errors import Forbidden, NotFound, Refused
from kernel.mail.models import OutgoingMail
from kernel.values import clock
from network.groups import queries, service
from network.groups.rules import GroupKind, GroupVisibility, Joining
from network.moderation.queries import moderators_of
from tests.factories.network import end_affiliations, make_group, make_topic

TODAY = clock.today("Europe/London")


@pytest.fixture
def second(factory):
    return factory.actor("Binta Second")


@pytest.fixture
def group(inside, administrator, chair, second):
    """A group with a chair, and a member who could be another."""
    with inside():
        return make_group(administrator, chair, [second], joining="on_request")


@pytest.fixture
def appointed(inside, chair, second, group):
    """The group with two chairs."""
    appoint(inside, chair, group, second)
    return group


@pytest.fixture
def queued(inside):
    """`queued()`: how many mails the network has ever queued."""

    def count():
        with inside():
            return db.session.scalar(select(func.count()).select_from(OutgoingMail))

    return count


def noon(day):
    return datetime.combine(day, time(12), UTC)


def appoint(inside, actor, group, member, term_ends_on=None):
    with inside():
        service.appoint_chair(
            actor,
            group.id,
            person_id=member.person_id,
            version=queries.membership_of(group.id, member.person_id).version,
            term_ends_on=term_ends_on,
        )


def chairs(inside, group):
    with inside():
        return queries.chairs_of(group.id)


def test_a_chair_appoints_a_member_beside_herself_who_is_told(
    inside, browser_for, chair, second, group, mailed
):
    browser = browser_for(chair)
    page = browser.get(browser.get(f"/network/groups/{group.id}").links()["Appoint a chair"])
    assert "Ama Chair ·" not in page.html
    page = browser.submit(page, "Save", person_id=str(second.person_id))
    assert "The chair was appointed." in page.text
    assert "2 chairs" in page.text
    assert mailed("group_chair_appointed") == [second.person_id]
    assert chairs(inside, group) == {chair.person_id, second.person_id}


def test_each_chair_may_what_a_chair_may(inside, second, appointed, stranger):
    with inside():
        assert queries.standing_in(second, appointed.id).is_chair
        assert queries.chairs(second, appointed.id)
        assert second.person_id in moderators_of(appointed.id)
        service.add_member(second, appointed.id, person_id=stranger.person_id)
        topic = make_topic(stranger, appointed)
        assert topic.group_id in db.session.scalars(
            queries.chaired_groups(), queries.reader_of(second)
        )


def test_who_asks_is_told_of_to_each_chair_and_one_of_them_answers(
    inside, appointed, chair, second, stranger, mailed, waiting
):
    with inside():
        request = service.ask_to_join(stranger, appointed.id, reason="We are three people.")
    assert set(mailed("group_request")) == {chair.person_id, second.person_id}
    assert [each["kind"] for each in waiting(second)] == ["join_request"]
    with inside():
        service.accept_request(second, request.id)
    assert waiting(chair) == []


def test_a_chair_steps_down_and_stays_a_member_and_the_last_one_cannot(
    inside, browser_for, appointed, chair, second
):
    browser = browser_for(second)
    page = browser.get(f"/network/groups/{appointed.id}")
    page = browser.submit(page, "Step down as chair")
    assert "You stepped down as chair." in page.text
    with inside():
        assert queries.is_current_member(appointed.id, second.person_id)
    page = browser_for(chair).get(page.path)
    assert "Step down" not in page.text
    assert "Leave this group" not in page.text
    for attempt in (service.end_chair, service.remove_member):
        with inside(), pytest.raises(Refused):
            attempt(chair, appointed.id, person_id=chair.person_id)


def test_one_of_two_chairs_leaves_and_nobody_has_to_follow(inside, appointed, chair, second):
    with inside():
        service.remove_member(chair, appointed.id, person_id=chair.person_id)
    assert chairs(inside, appointed) == {second.person_id}


def test_who_leaves_her_organisation_is_followed_only_where_she_was_the_last_chair(
    inside, appointed, chair, second, stranger, mailed
):
    with inside():
        service.add_member(chair, appointed.id, person_id=stranger.person_id)
    for actor, left in ((chair, second), (second, stranger)):
        with inside():
            end_affiliations(actor)
            service.end_memberships(actor.person_id, actor.organisation_ids[0], clock.now())
        assert chairs(inside, appointed) == {left.person_id}
    assert mailed("group_chair") == [stranger.person_id]


def test_the_term_of_a_chair_ends_where_another_chairs_and_the_last_one_stays(
    inside, appointed, chair, second
):
    days = {chair.person_id: TODAY - timedelta(days=1), second.person_id: TODAY}
    with inside():
        for person_id, day in days.items():
            queries.membership_of(appointed.id, person_id).chair_term_ends_on = day
    with inside():
        service.end_chair_terms()
    assert chairs(inside, appointed) == {second.person_id}
    with clock.frozen(clock.now() + timedelta(days=2)), inside():
        service.end_chair_terms()
    assert chairs(inside, appointed) == {second.person_id}


def test_a_chair_whose_membership_ends_with_its_term_goes_where_another_chairs(
    inside, appointed, chair, second
):
    with inside():
        for actor in (chair, second):
            membership = queries.membership_of(appointed.id, actor.person_id)
            membership.term_ends_on = TODAY - timedelta(days=1)
    with inside():
        service.end_terms()
        service.end_terms()
        current = [row.id for row in queries.members_of(appointed.id) if row.current]
    assert len(current) == 1
    assert chairs(inside, appointed) == set(current)


def test_a_chair_whose_term_ends_is_asked_to_appoint_who_follows_or_to_prolong_it(
    inside, browser_for, chair, second, appointed, waiting
):
    with inside():
        service.appoint_chair(
            chair,
            appointed.id,
            person_id=second.person_id,
            version=queries.membership_of(appointed.id, second.person_id).version,
            term_ends_on=TODAY + timedelta(days=20),
        )
    assert [each["kind"] for each in waiting(second)] == ["chair_term"]
    assert waiting(chair) == []
    browser = browser_for(second)
    page = browser.get(f"/network/groups/{appointed.id}/chairs/{second.person_id}")
    assert browser.submit(page, "Save", term_ends_on="2020-01-01").errors == [
        "Enter a day that is not over."
    ]
    later = TODAY + timedelta(days=400)
    browser.submit(page, "Save", term_ends_on=later.isoformat())
    assert waiting(second) == []


def test_only_a_chair_or_who_keeps_all_groups_appoints_a_member(
    inside, administrator, chair, second, stranger, group
):
    with inside():
        with pytest.raises(Forbidden):
            service.appoint_chair(second, group.id, person_id=second.person_id, term_ends_on=None)
        with pytest.raises(Refused) as caught:
            service.appoint_chair(chair, group.id, person_id=stranger.person_id, term_ends_on=None)
        assert caught.value.field == "person_id"
        with pytest.raises(NotFound):
            service.end_chair(chair, group.id, person_id=second.person_id)
        with pytest.raises(Forbidden):
            service.end_chair(second, group.id, person_id=chair.person_id)
    appoint(inside, administrator, group, second)
    with inside():
        service.end_chair(administrator, group.id, person_id=chair.person_id)
    assert chairs(inside, group) == {second.person_id}


def test_what_becomes_of_a_chair_is_in_the_trail(inside, chair, second, appointed):
    appoint(inside, chair, appointed, second, date(2099, 12, 31))
    with inside():
        service.end_chair(second, appointed.id, person_id=second.person_id)
        found = db.session.execute(
            select(AuditEntry.action, AuditEntry.actor_id)
            .where(AuditEntry.action.like("group.chair%"))
            .order_by(AuditEntry.id)
        ).all()
    assert list(found) == [
        ("group.chair_appointed", chair.person_id),
        ("group.chair_term_changed", chair.person_id),
        ("group.chair_ended", second.person_id),
    ]


@pytest.mark.parametrize("gone", ["membership", "mark"])
def test_the_database_itself_keeps_a_chair(app, tenant, chair, group, gone):
    with app.app_context(), scoped(tenant.id):
        membership = queries.membership_of(group.id, chair.person_id)
        if gone == "mark":
            membership.is_chair = False
        else:
            db.session.delete(membership)
        with pytest.raises(IntegrityError, match="never without a chair"):
            db.session.commit()


def test_who_chaired_and_comes_back_as_a_guest_chairs_nothing(
    inside, factory, administrator, chair
):
    with inside():
        alone = make_group(administrator, chair)
        end_affiliations(chair)
        service.end_memberships(chair.person_id, chair.organisation_ids[0], clock.now())
    with inside():
        membership = queries.membership_of(alone.id, chair.person_id)
        membership.organisation_id, membership.ended_at = None, None
        membership.guest_until = clock.now() + timedelta(days=30)
    guest = factory.reload(chair.person_id)
    with inside():
        assert queries.standing_in(guest, alone.id).is_member
        assert not queries.standing_in(guest, alone.id).is_chair
        assert queries.chairs_of(alone.id) == set()


def test_the_api_appoints_and_relieves(app, tenant, api_token, inside, chair, second, group):
    token = api_token(chair, ["network:groups:see", "network:groups:take-part"])
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
    address = f"/api/v1/groups/{group.id}/chairs/{second.person_id}"
    base = {"base_url": f"http://{tenant.host}", "headers": headers}
    assert client.put(address, json={"term_ends_on": "2099-12-31"}, **base).status_code == 204
    assert client.put(address, json={"term_ends_on": "2098-12-31"}, **base).status_code == 409
    listed = client.get(f"/api/v1/groups/{group.id}/members", **base).json
    (found,) = [one for one in listed if one["id"] == str(second.person_id)]
    assert (found["is_chair"], found["chair_term_ends_on"]) == (True, "2099-12-31")
    assert found["version"] == 2
    assert client.delete(address, **base).status_code == 204
    assert client.delete(address, **base).status_code == 404
    assert chairs(inside, group) == {chair.person_id}


def test_terms_end_on_their_day_in_an_archived_group_too_and_nobody_is_written_to(
    inside, appointed, chair, second, stranger, trail, queued
):
    with inside():
        service.add_member(chair, appointed.id, person_id=stranger.person_id)
        service.archive_group(chair, appointed.id)
        queries.membership_of(appointed.id, stranger.person_id).term_ends_on = TODAY
        queries.membership_of(appointed.id, second.person_id).chair_term_ends_on = TODAY
    before = queued()
    for day, left in ((TODAY, 3), (TODAY + timedelta(days=1), 2)):
        with clock.frozen(noon(day)), inside():
            service.end_chair_terms()
            service.end_terms()
        with inside():
            assert len([row for row in queries.members_of(appointed.id) if row.current]) == left
    assert chairs(inside, appointed) == {chair.person_id}
    assert [entry.about_id for entry in trail("group.term_ended")] == [stranger.person_id]
    assert [entry.about_id for entry in trail("group.chair_ended")] == [second.person_id]
    assert queued() == before


def test_the_first_chair_of_a_new_group_is_told_unless_she_made_it(
    inside, administrator, chair, mailed
):
    def make(name, first):
        with inside():
            service.create_group(
                administrator,
                name=name,
                purpose="To try things out.",
                kind=GroupKind.WORKING_GROUP,
                joining=Joining.INVITATION,
                visibility=GroupVisibility.PRIVATE,
                chair_id=first.person_id,
            )

    make("Her own group", administrator)
    assert mailed("group_chair_appointed") == []
    make("A group for another", chair)
    assert mailed("group_chair_appointed") == [chair.person_id]
