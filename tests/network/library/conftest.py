"""An author, a librarian, colleagues and strangers."""

from dataclasses import dataclass

import pytest

from kernel.identity.actor import Actor
from network.groups.models import Group
from tests.factories.network import make_group


@dataclass
class Cast:
    """Who is who: the author and her colleague are with one body, the chair leads a private group."""

    administrator: Actor
    librarian: Actor
    author: Actor
    colleague: Actor
    chair: Actor
    member: Actor
    stranger: Actor
    group: Group


@pytest.fixture
def cast(inside, factory) -> Cast:
    """The people of these tests."""
    home = factory.organisation("Electoral Commission of Testland")
    administrator = factory.actor("Nia Admin", roles=["network_administrator"])
    people = {
        "librarian": factory.actor("Lea Librarian", roles=["librarian"]),
        "author": factory.actor("Ama Author", organisation=home),
        "colleague": factory.actor("Cora Colleague", organisation=home),
        "chair": factory.actor("Chi Chair"),
        "member": factory.actor("Mo Member"),
        "stranger": factory.actor("Sam Stranger"),
    }
    with inside():
        members = [people["author"], people["member"]]
        group = make_group(administrator, people["chair"], members, name="Registers")
    return Cast(administrator=administrator, group=group, **people)
