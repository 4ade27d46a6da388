"""Groups: who makes them, who is in them, who may read them."""

import pytest

from kernel.db import db, scoped
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from network.groups import queries, service
from network.groups.rules import GroupKind, GroupVisibility, Joining
from tests.factories.network import end_affiliations, make_group


def ids(rows):
    return [row.group.id for row in rows]


def test_a_group_begins_with_its_chair_as_member(inside, administrator, chair):
    with inside():
        group = service.create_group(
            administrator,
            name="Voter registration",
            purpose=None,
            kind=GroupKind.WORKING_GROUP,
            joining=Joining.INVITATION,
            visibility=GroupVisibility.PRIVATE,
            chair_id=chair.person_id,
        )
        assert queries.chairs_of(group.id) == {chair.person_id}


def test_a_member_without_permission_cannot_make_a_group(inside, chair):
    with inside(), pytest.raises(Forbidden):
        make_group(chair, chair)


@pytest.mark.parametrize(
    ("visibility", "joins", "knows", "reads"),
    [
        ("open", False, True, True),
        ("private", False, True, False),
        ("private", True, True, True),
        ("secret", False, False, False),
        ("secret", True, True, True),
    ],
)
def test_who_knows_of_a_group_and_who_reads_it(
    inside, administrator, chair, stranger, visibility, joins, knows, reads
):
    with inside():
        members = [stranger] if joins else []
        group = make_group(administrator, chair, members, visibility=visibility)
        assert (group.id in ids(queries.groups_listed(stranger))) is knows
        assert queries.reads(stranger, group.id) is reads
        if not knows:
            with pytest.raises(NotFound):
                queries.group_known_to(stranger, group.id)
        if not reads:
            with pytest.raises(NotFound):
                queries.standing_in(stranger, group.id)
            with pytest.raises(NotFound):
                service.members_seen_by(stranger, group.id)


def test_who_keeps_groups_knows_of_a_private_one_and_does_not_read_it(inside, administrator, chair):
    with inside():
        group = make_group(administrator, chair)
        assert queries.group_known_to(administrator, group.id).id == group.id
        with pytest.raises(NotFound):
            queries.standing_in(administrator, group.id)


def test_reading_ends_with_the_affiliation_the_membership_stands_on(
    inside, factory, administrator, chair, stranger
):
    with inside():
        group = make_group(administrator, chair, [stranger])
        assert ids(queries.groups_listed(stranger)) == [group.id]
    with inside():
        end_affiliations(stranger)
    left = factory.reload(stranger.person_id)
    with inside():
        assert queries.groups_listed(left) == []
        assert not queries.is_current_member(group.id, left.person_id)


def test_somebody_with_no_organisation_reads_no_open_group(
    inside, factory, administrator, chair, stranger
):
    with inside():
        make_group(administrator, chair, visibility="open")
    with inside():
        end_affiliations(stranger)
    with inside():
        assert queries.groups_listed(factory.reload(stranger.person_id)) == []


def test_the_chair_adds_and_removes_members(inside, administrator, chair, stranger):
    with inside():
        group = make_group(administrator, chair)
        service.add_member(chair, group.id, person_id=stranger.person_id)
        assert queries.reads(stranger, group.id)
        service.remove_member(chair, group.id, person_id=stranger.person_id)
        assert not queries.reads(stranger, group.id)


def test_a_member_cannot_add_or_remove_others(inside, factory, administrator, chair, stranger):
    with inside():
        group = make_group(administrator, chair, [stranger])
        other = factory.actor()
        with pytest.raises(Forbidden):
            service.add_member(stranger, group.id, person_id=other.person_id)
        with pytest.raises(Forbidden):
            service.remove_member(stranger, group.id, person_id=chair.person_id)


def test_only_an_open_group_can_be_joined(inside, administrator, chair, stranger):
    with inside():
        closed = make_group(administrator, chair, visibility="open", joining="on_request")
        with pytest.raises(Refused):
            service.join_group(stranger, closed.id)
        free = make_group(administrator, chair, visibility="open", joining="open")
        service.join_group(stranger, free.id)
        assert queries.standing_in(stranger, free.id).is_member


def test_a_change_on_an_old_version_is_a_conflict(inside, administrator, chair):
    with inside():
        group = make_group(administrator, chair)
        service.update_group(chair, group.id, version=1, purpose="Ink")
        db.session.flush()
        for version in (1, None):
            with pytest.raises(Conflict) as caught:
                service.update_group(chair, group.id, version=version, purpose="Paper")
            assert caught.value.current["purpose"] == "Ink"


def test_an_archived_group_takes_nobody_in(inside, administrator, chair, stranger):
    with inside():
        group = make_group(administrator, chair)
        service.archive_group(chair, group.id)
        with pytest.raises(Refused):
            service.add_member(chair, group.id, person_id=stranger.person_id)


def test_groups_of_another_network_do_not_exist(inside, app, make_tenant, administrator, chair):
    with inside():
        group = make_group(administrator, chair, visibility="open")
    other = make_tenant()
    with app.app_context(), scoped(other.id), pytest.raises(NotFound):
        queries.group_known_to(administrator, group.id)
