"""Organisations apply to the demo network: one waits for its answer, one has it."""

from demo import applications
from demo.world import World
from network.applications import service


def test_one_application_waits_and_one_was_declined_with_its_reason(app, tenant, factory):
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    keeper = factory.actor(organisation=secretariat, roles=["network_administrator"])
    world = World(app, tenant.id, {"administrator": keeper.person_id})
    applications.load(world)
    with world.acting("administrator") as administrator:
        waits, declined = service.listed(administrator, None, 1).items
        assert (waits.state, declined.state) == ("received", "declined")
        _, [decision, _] = service.application_of(administrator, declined.id)
        assert decision.reason == applications.REASON
        for one in (waits, declined):
            assert "fictional" in one.name
            assert one.contact_address.endswith("@example.org")
