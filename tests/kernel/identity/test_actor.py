"""Who may do what, from what stands in the database at this moment."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from kernel.db import db
from kernel.errors import Forbidden
from kernel.identity.actor import Actor, HeldRole
from kernel.identity.models import Account, Affiliation, ApiToken, Organisation, RoleGrant
from kernel.identity.permissions import (
    KernelPermission,
    Role,
    extend_role,
    known_permissions,
    known_roles,
    register_permissions,
)
from kernel.identity.queries import actor_by_person, actor_by_token
from kernel.values import clock
from kernel.web.visitors import digest

ADMIT, SEE, AUDIT = (
    KernelPermission.PEOPLE_ADMIT,
    KernelPermission.MEMBERS_SEE,
    KernelPermission.AUDIT_SEE,
)


@pytest.fixture
def home(factory):
    return factory.organisation()


@pytest.fixture
def focal_point(factory, home):
    return factory.actor("Fetu Fictional", organisation=home, roles=["focal_point"])


def change(inside, model, where, **values):
    with inside():
        db.session.execute(update(model).where(where).values(**values))


def test_whoever_is_affiliated_is_a_member(factory):
    actor = factory.actor()
    assert actor.can(SEE)
    assert not actor.can(ADMIT)


def test_a_role_in_an_organisation_reaches_that_organisation_only(factory, focal_point, home):
    elsewhere = factory.organisation()
    assert focal_point.can(ADMIT)
    assert focal_point.can(ADMIT, home.id)
    assert not focal_point.can(ADMIT, elsewhere.id)
    with pytest.raises(Forbidden):
        focal_point.require(ADMIT, elsewhere.id)


def test_a_role_of_the_network_reaches_every_organisation(factory, home):
    administrator = factory.actor(roles=["network_administrator"])
    assert administrator.can(ADMIT, home.id)


def test_the_roles_end_the_moment_the_affiliation_ends(inside, factory, focal_point):
    end = datetime(2026, 5, 1, 12, tzinfo=UTC)
    change(inside, Affiliation, Affiliation.person_id == focal_point.person_id, ended_at=end)
    with inside():
        before = actor_by_person(focal_point.person_id, end - timedelta(microseconds=1))
        after = actor_by_person(focal_point.person_id, end)
    assert before.can(ADMIT)
    assert before.organisation_ids == focal_point.organisation_ids
    assert after.permissions == {KernelPermission.OWN}
    assert after.organisation_ids == ()


def test_an_alumna_keeps_her_personal_role_when_the_affiliation_ends(inside, factory, focal_point):
    with inside():
        db.session.add(RoleGrant(person_id=focal_point.person_id, role="alumnus"))
    change(
        inside, Affiliation, Affiliation.person_id == focal_point.person_id, ended_at=clock.now()
    )
    gone = factory.reload(focal_point.person_id)
    assert gone.held_roles == (HeldRole("alumnus", None),)
    assert not gone.can(ADMIT)


@pytest.mark.parametrize("membership", ["applied", "suspended", "left"])
def test_people_of_an_organisation_that_is_no_active_member_hold_nothing_there(
    inside, factory, focal_point, home, membership
):
    change(inside, Organisation, Organisation.id == home.id, membership=membership)
    assert factory.reload(focal_point.person_id).permissions == {KernelPermission.OWN}


def test_a_second_affiliation_survives_the_end_of_the_first(inside, factory, focal_point, home):
    elsewhere = factory.organisation()
    with inside():
        db.session.add(
            Affiliation(
                person_id=focal_point.person_id,
                organisation_id=elsewhere.id,
                began_on=clock.now().date(),
            )
        )
    ended = (Affiliation.person_id == focal_point.person_id) & (
        Affiliation.organisation_id == home.id
    )
    change(inside, Affiliation, ended, ended_at=clock.now())
    actor = factory.reload(focal_point.person_id)
    assert actor.organisation_ids == (elsewhere.id,)
    assert actor.can(SEE)
    assert not actor.can(ADMIT)


def test_a_role_nobody_registered_grants_nothing(factory):
    actor = factory.actor(roles=["emperor"])
    assert actor.has_role("emperor")
    assert actor.permissions == factory.actor().permissions


def test_a_permission_nobody_registered_is_held_by_nobody(factory):
    assert not factory.actor(roles=list(known_roles())).can("kernel:everything")


def test_a_disabled_account_acts_no_more(inside, focal_point):
    change(inside, Account, Account.id == focal_point.account_id, disabled_at=clock.now())
    with inside():
        assert actor_by_person(focal_point.person_id, clock.now()) is None


def with_token(inside, actor, scopes, **values):
    with inside():
        db.session.add(
            ApiToken(
                account_id=actor.account_id,
                name="t",
                digest=digest("secret"),
                scopes=scopes,
                **values,
            )
        )
    with inside():
        return actor_by_token(digest("secret"), clock.now())


def test_a_token_narrows_what_its_owner_may_do(inside, focal_point):
    actor = with_token(inside, focal_point, [SEE])
    assert actor.permissions == {SEE}
    assert actor.can(SEE)
    assert not actor.can(ADMIT)


def test_a_token_never_widens_what_its_owner_may_do(inside, focal_point):
    actor = with_token(inside, focal_point, sorted(known_permissions()))
    assert not actor.can(AUDIT)
    assert actor.permissions == focal_point.permissions


def test_a_token_that_expired_opens_nothing(inside, focal_point):
    past = clock.now() - timedelta(seconds=1)
    assert with_token(inside, focal_point, [SEE], expires_at=past) is None


def test_a_role_cannot_grant_a_permission_nobody_registered():
    with pytest.raises(ValueError, match="kernel:nonsense"):
        register_permissions({}, [Role("r", "R", frozenset({"kernel:nonsense"}))])
    with pytest.raises(ValueError, match="kernel:nonsense"):
        extend_role("member", {"kernel:nonsense"})


@pytest.mark.parametrize(
    ("name", "initials"), [("Ama Fictional", "AF"), ("Ama", "A"), ("A B C D", "AD")]
)
def test_initials_are_those_of_the_first_and_the_last_name(factory, name, initials):
    assert factory.actor(name).initials == initials


def test_an_actor_is_a_value():
    with pytest.raises(AttributeError):
        Actor(1, None, None, "x").name = "y"
