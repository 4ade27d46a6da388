"""A private group with a chair and a member, and somebody outside it."""

from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from kernel.db import db, scoped
from kernel.identity.actor import Actor
from network.groups.models import Group
from tests.factories.network import make_group


@dataclass
class Cast:
    """Who is who."""

    chair: Actor
    member: Actor
    stranger: Actor
    group: Group


@pytest.fixture
def cast(inside, factory):
    """The people and the group of these tests."""
    administrator = factory.actor("Nia Admin", roles=["network_administrator"])
    ghana = factory.organisation("Electoral Commission of Ghana", country="GH")
    chair = factory.actor("Ama Chair", organisation=ghana)
    member, stranger = factory.actor("Lépule Member"), factory.actor("Sam Stranger")
    with inside():
        group = make_group(administrator, chair, [member], name="Voter registration")
    return Cast(chair, member, stranger, group)


@pytest.fixture
def as_person(app, tenant):
    """`with as_person(actor):` runs services in her own scope, as a request of hers does."""

    @contextmanager
    def block(actor):
        with (
            app.app_context(),
            scoped(tenant.id, person=actor.person_id, organisations=actor.organisation_ids),
        ):
            yield
            db.session.commit()

    return block
