"""`comitia audit verify` tells operators whether the trail holds."""

import pytest
from click.testing import CliRunner
from kernel.web.cli import build_cli
from sqlalchemy import create_engine, text

import kernel.audit.jobs  # noqa: F401 - declares the job
from kernel.audit import record
from kernel.audit.jobs import seal_audit
from tests.conftest import DATABASE


@pytest.fixture
def verify(app, tenant):
    slug = tenant.host.partition(".")[0]
    cli = build_cli(lambda: app)
    return lambda: CliRunner().invoke(cli, ["audit", "verify", "--slug", slug], obj=lambda: app)


@pytest.fixture
def some_entries(factory, inside):
    organisation = factory.organisation()
    with inside():
        record(None, "organisation.changed", organisation)
        seal_audit.function()
    with inside():
        record(None, "organisation.changed", organisation)


def test_it_tells_of_the_unsealed_tail(verify, some_entries):
    answer = verify()
    assert answer.exit_code == 0
    assert "holds; 1 entries sealed, 1 not sealed yet" in answer.output


def test_it_fails_when_an_entry_was_changed(verify, some_entries, server, tenant):
    with create_engine(server.superuser_url(DATABASE)).begin() as owner:
        owner.execute(
            text("update kernel.audit_entry set action = 'x' where tenant_id = :id"),
            {"id": tenant.id},
        )
    answer = verify()
    assert answer.exit_code == 1
    assert "BROKEN at entry 1" in answer.output
