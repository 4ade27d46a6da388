"""What is done with members of the network is on the trail, an import with what it changed."""

from kernel.identity.models import Membership
from network.members import queries, service
from tests.trails import Deed, Told

FILE = b"country,name,region\nTV,Tuvalu Electoral Office,pacific\n"


def change(who, ids):
    service.change_member(who, ids["organisation"], 1, {"name": "Commission of Testland"})


def suspend(who, ids):
    service.change_membership(
        who, ids["organisation"], 2, membership=Membership.SUSPENDED, reason="No fee was paid."
    )


def load(who, _ids):
    service.imports.import_file(who, "members.csv", FILE)
    return queries.embs_of(["TV"])["TV"]


DEEDS = [
    Deed("administrator", change, "organisation.changed", "organisation",
         {"name": "Testland"}, {"name": "Commission of Testland"}),
    Deed("administrator", suspend, "organisation.membership_changed", "organisation",
         {"membership": "active"}, {"membership": "suspended", "reason": "No fee was paid."}),
    Deed("administrator", load, "organisation.created", "organisation imported", None,
         {"country": "TV", "membership": "active", "name": "Tuvalu Electoral Office",
          "name_is_fallback": False, "region": "pacific"},
         then=[Told("members.imported", "tenant", None,
                    {"created": 1, "updated": 0, "unchanged": 0}, by="administrator")]),
]  # fmt: skip


def test_what_is_done_with_members_is_on_the_trail(untold, factory, tenant):
    organisation = factory.organisation("Testland")
    administrator = factory.actor(roles=["network_administrator"])
    known = {"organisation": organisation, "tenant": tenant}
    assert untold(DEEDS, administrator=administrator, **known) == []
