"""Somebody is erased by the operator: who she was is gone, what was done can still be verified."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from kernel.admin.people.commands import person as person_command
from kernel.audit import record
from kernel.audit.chain import seal, verify
from kernel.db import db
from kernel.identity.models import Account, Affiliation, Person, RoleGrant
from tests.factories.network import end_affiliations


@pytest.fixture
def administrator(factory):
    return factory.actor("Adaeze Fictional", roles=["network_administrator"])


@pytest.fixture
def somebody(factory, inside):
    """Somebody with an entry about her in the trail."""
    actor = factory.actor("Béatrice Fictional", roles=["focal_point"], address="bea@example.org")
    with inside():
        record(
            None,
            "person.profile_changed",
            db.session.get(Person, (actor.tenant_id, actor.person_id)),
            before={"name": "Bea"},
            after={"name": "Béatrice"},
            personal=["name"],
        )
    return actor


@pytest.fixture
def erase(app, tenant):
    slug = tenant.host.partition(".")[0]

    def run(*arguments):
        return CliRunner().invoke(
            person_command, ["erase", "--slug", slug, "--yes", *arguments], obj=lambda: app
        )

    return run


def test_nothing_tells_any_more_who_she_was(
    erase, somebody, administrator, inside, browser_for, app, tenant
):
    with inside():
        end_affiliations(somebody)
    assert erase("--address", "bea@example.org").output == "Erased.\n"
    with inside():
        row = db.session.get(Person, (somebody.tenant_id, somebody.person_id))
        assert row.name == "—"
        for table in (Account, RoleGrant):
            mine = select(table.id).where(table.person_id == somebody.person_id)
            assert db.session.scalars(mine).all() == []
        seal()
        assert verify().holds
    browser = browser_for(administrator)
    page = browser.get("/admin/audit")
    assert "Erased" in page.text
    assert "Person erased" in page.text
    everything = page.text + browser.get("/admin/audit/export.csv").html
    for trace in ("Béatrice", "Bea", "bea@example.org"):
        assert trace not in everything


def test_who_still_belongs_somewhere_is_not_erased(erase, somebody, inside):
    answer = erase("--id", str(somebody.person_id))
    assert answer.exit_code == 1
    assert "End this person's affiliations first" in answer.output
    with inside():
        kept = select(Affiliation.id).where(Affiliation.person_id == somebody.person_id)
        assert len(db.session.scalars(kept).all()) == 1


def test_the_command_wants_to_know_who_it_is(erase, somebody):
    assert "by --address or by --id" in erase().output
    assert "Nobody in" in erase("--address", "nobody@example.org").output
    answer = erase("--id", "00000000-0000-0000-0000-000000000001")
    assert "nothing at this address" in answer.output


def test_a_network_that_is_not_there_has_nobody_to_erase(app):
    arguments = ["erase", "--slug", "atlantis", "--id", "00000000-0000-0000-0000-000000000001"]
    answer = CliRunner().invoke(person_command, [*arguments, "--yes"], obj=lambda: app)
    assert "There is no network atlantis." in answer.output
