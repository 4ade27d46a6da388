"""An open and a private group with a chair and members, and a network whose new members wait."""

from dataclasses import dataclass

import pytest

from kernel.identity.actor import Actor
from network.groups.models import Group
from network.moderation import service
from tests.factories.network import make_group
from tests.mails import mails_of


@dataclass
class Cast:
    """Who is who."""

    administrator: Actor
    chair: Actor
    newcomer: Actor
    reader: Actor
    open: Group
    private: Group


@pytest.fixture
def cast(inside, factory):
    """The people and groups of these tests."""
    administrator = factory.actor("Nia Admin", roles=["network_administrator"])
    chair, newcomer = factory.actor("Ama Chair"), factory.actor("Noa Newcomer")
    reader = factory.actor("Rita Reader")
    with inside():
        members = [newcomer, reader]
        everybody = make_group(
            administrator, chair, members, name="Small states", visibility="open", joining="open"
        )
        private = make_group(administrator, chair, members, name="Voter registration")
    return Cast(administrator, chair, newcomer, reader, everybody, private)


@pytest.fixture
def first_post_waits(inside, cast):
    """The first post of a new member waits in this network."""
    with inside():
        service.set_policy(cast.administrator, version=0, first_posts_held=1)


@dataclass
class Mail:
    """A mail as it was sent."""

    name: str
    text: str
    reply_to: str | None
    subject: str
    language: str


@pytest.fixture
def outbox(app, tenant):
    """`outbox()` is what this network has sent, oldest first."""

    def collect():
        return [
            Mail(
                message["To"].addresses[0].display_name,
                message.get_body().get_content(),
                message["Reply-To"],
                str(message["Subject"]),
                str(message["Content-Language"]),
            )
            for message in mails_of(app, tenant)
        ]

    return collect
