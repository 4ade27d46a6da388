"""`comitia audit verify` tells operators whether the trail holds."""

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

import kernel.audit.jobs  # noqa: F401 - declares the job
import wsgi
from kernel.audit import record
from kernel.audit.jobs import seal_audit
from tests.conftest import DATABASE


@pytest.fixture
def verify(app, tenant):
    slug = tenant.host.partition(".")[0]

    def run(*heads):
        options = ["--slug", slug, *(part for head in heads for part in ("--head", head))]
        return CliRunner().invoke(wsgi.cli, ["audit", "verify", *options], obj=lambda: app)

    return run


def head_of(answer):
    return answer.output.split("head ")[1].strip()


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


def test_a_chain_cut_off_at_its_end_does_not_pass_the_head_it_had(
    verify, some_entries, server, tenant, inside
):
    early = head_of(verify())
    with inside():
        seal_audit.function()
    late = head_of(verify())
    assert verify(early, late, "00" * 32).exit_code == 0
    with create_engine(server.superuser_url(DATABASE)).begin() as owner:
        for cut in (
            "delete from kernel.audit_seal where tenant_id = :id and position = 2",
            "delete from kernel.audit_entry where tenant_id = :id"
            " and id not in (select entry_id from kernel.audit_seal where tenant_id = :id)",
        ):
            owner.execute(text(cut), {"id": tenant.id})
    assert verify(early).exit_code == 0
    answer = verify(early, late)
    assert answer.exit_code == 1
    assert f"BROKEN: it does not pass {late};" in answer.output


@pytest.mark.parametrize("head", ["00", "not a head"])
def test_a_head_that_was_never_printed_is_refused(verify, some_entries, head):
    answer = verify(head)
    assert answer.exit_code == 2
    assert "64 hexadecimal digits" in answer.output


def test_a_head_belongs_to_one_network(app):
    options = ["audit", "verify", "--head", "00" * 32]
    answer = CliRunner().invoke(wsgi.cli, options, obj=lambda: app)
    assert answer.exit_code == 2
    assert "--slug" in answer.output
