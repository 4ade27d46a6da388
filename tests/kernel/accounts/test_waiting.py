"""What accounts say waits for whom."""

from datetime import timedelta

import pytest

from kernel.accounts.rules import INVITATION_LIFE
from kernel.accounts.services import invitations
from kernel.values import clock


@pytest.fixture
def told(waiting):
    """`told(actor)` is the text and the body of the invitations that wait for her, after three days."""

    def ask(actor):
        with clock.frozen(clock.now() + INVITATION_LIFE + timedelta(hours=1)):
            found = waiting(actor)
        return [
            (each["text"], each["about"]) for each in found if each["kind"] == "invitations_expired"
        ]

    return ask


@pytest.fixture
def body(factory):
    return factory.organisation("Electoral Commission of Ghana")


@pytest.fixture
def focal(factory, body):
    return factory.actor(organisation=body, roles=["focal_point"])


def invite(inside, actor, body, *names):
    with inside():
        for name in names:
            invitations.invite(actor, body.id, name=name, address=f"{name}@example.org")


def test_invitations_nobody_accepted_wait_for_who_admits_there(
    factory, inside, body, focal, told, waiting
):
    invite(inside, focal, body, "efua", "kofi")
    elsewhere = factory.actor(roles=["focal_point"])
    administrator = factory.actor(roles=["network_administrator"])
    expected = [("2 invitations have expired: send them again", "Electoral Commission of Ghana")]
    assert told(focal) == told(administrator) == expected
    assert told(elsewhere) == told(factory.actor(organisation=body)) == []
    assert [each for each in waiting(focal) if each["kind"] == "invitations_expired"] == []


def test_an_invitation_taken_back_or_sent_again_waits_for_nobody(inside, body, focal, told):
    invite(inside, focal, body, "efua", "kofi")
    with inside():
        open_one = invitations.invite(focal, body.id, name="efua", address="efua@example.org")
        invitations.revoke(focal, open_one.id)
    assert told(focal)[0][0] == "1 invitation has expired: send it again"
