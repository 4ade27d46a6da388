"""The members of the demo network."""

from demo.network_members import load_members
from network.members import queries
from network.members.queries import MemberFilter


def test_the_demo_has_56_members_and_loading_again_changes_nothing(factory, inside):
    administrator = factory.actor(
        organisation=factory.organisation(kind="secretariat"), roles=["network_administrator"]
    )
    with inside():
        assert load_members(administrator).created == 56
    with inside():
        again = load_members(administrator)
        assert (again.created, again.updated, again.unchanged) == (0, 0, 56)
        assert len(queries.members(MemberFilter())) == 56
