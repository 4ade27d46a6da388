"""Giving and taking roles, changing the settings and erasing somebody is on the trail."""

from unittest.mock import ANY

from sqlalchemy import select

from kernel.admin.people import service as people
from kernel.admin.settings import service as settings
from kernel.db import db
from kernel.identity.models import RoleGrant
from kernel.identity.queries import actor_by_person
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from tests.factories.network import end_affiliations
from tests.trails import NOBODY, Deed

GRANT = {"role": "librarian", "organisation_id": "organisation"}


def grant(administrator, ids):
    people.grant_role(
        administrator, ids["person"], role="librarian", organisation_id=ids["organisation"]
    )
    wanted = RoleGrant.person_id == ids["person"]
    return db.session.scalars(select(RoleGrant).where(wanted)).one()


def revoke(administrator, ids):
    people.revoke_role(administrator, ids["person"], ids["role_grant"])


def rename(administrator, _ids):
    facts = settings.settings_of(current_tenant())
    settings.change_settings(administrator, facts.pop("version"), facts | {"name": "Renamed"})


def erase(_nobody, ids):
    end_affiliations(actor_by_person(ids["person"], clock.now()))
    people.erase(ids["person"])


DEEDS = [
    Deed("administrator", grant, "role.granted", "person", None, GRANT, about="person",
         makes="role_grant"),
    Deed("administrator", revoke, "role.revoked", "person", GRANT, about="person"),
    Deed("administrator", rename, "network.settings_changed", "tenant",
         {"name": ANY}, {"name": "Renamed"}),
    Deed(NOBODY, erase, "person.erased", "person", about="person"),
]  # fmt: skip


def test_what_administrators_and_the_operator_do_is_on_the_trail(untold, factory, tenant):
    organisation = factory.organisation("Testland")
    leaver = factory.actor("Lea Leaver", organisation=organisation)
    administrator = factory.actor("Nia Admin", roles=["network_administrator"])
    known = {"person": leaver, "organisation": organisation, "tenant": tenant}
    assert untold(DEEDS, administrator=administrator, **known) == []
