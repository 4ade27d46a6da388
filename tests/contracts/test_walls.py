"""Each policy, dropped in turn, lets somebody read what is not theirs: so each of them is what protects.

One transaction as the owner, SET LOCAL ROLE comitia_app for the probe, everything rolled back.
"""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import dialect
from sqlalchemy.exc import DBAPIError

import wsgi
from kernel.db import Base
from tests.contracts import catalogue
from tests.contracts.rows import SAME, insert_statement, take_off_everything_but_policies

wsgi.import_modules()  # and with them every model

OURS, THEIRS = 900_001, 900_002

_quoted = dialect().identifier_preparer.format_table
TABLES = sorted(
    _quoted(table)
    for name, table in Base.metadata.tables.items()
    if name not in catalogue.WITHOUT_TENANT
)


class Probe:
    """One table with one row of another tenant."""

    def __init__(self, connection, table):
        self.connection, self.table = connection, table
        take_off_everything_but_policies(connection, table)

    def add(self, tenant):
        self.connection.exec_driver_sql(insert_statement(self.connection, self.table, tenant))

    @contextmanager
    def as_app(self, person=SAME, organisation=SAME):
        """The application in our tenant, by default as whoever the row names."""
        self.enter(person, organisation)
        try:
            yield
        finally:
            self.connection.exec_driver_sql("reset role")

    def enter(self, person, organisation):
        self.connection.execute(
            text(
                "select set_config('comitia.tenant', :t, true), set_config('comitia.person', :p, true),"
                " set_config('comitia.organisations', :o, true)"
            ),
            {"t": str(OURS), "p": str(person), "o": f"{{{organisation}}}"},
        )
        self.connection.exec_driver_sql("set local role comitia_app")

    def seen(self, tenant):
        column = catalogue.tenant_column(self.table)
        return self.connection.scalar(
            text(f"select count(*) from {self.table} where {column} = :tenant"), {"tenant": tenant}
        )

    def may(self, verb):
        return self.connection.scalar(
            text("select has_table_privilege('comitia_app', :table, :verb)"),
            {"table": self.table, "verb": verb},
        )

    def accepts(self, tenant):
        """Whether the application can write a row of a tenant."""
        statement = insert_statement(self.connection, self.table, tenant)
        savepoint = self.connection.begin_nested()
        self.enter(SAME, SAME)
        try:
            self.connection.exec_driver_sql(statement)
        except DBAPIError as error:
            if "row-level security" not in str(error):
                raise
            return False
        finally:
            savepoint.rollback()  # and with it the role
        return True

    def own_policies(self):
        """Permissive policies that let through only whom the row names."""
        return self.connection.execute(
            text(
                "select polname as name, pg_get_expr(polqual, polrelid) as condition from pg_policy"
                " where polrelid = cast(:table as regclass) and polpermissive"
                " and pg_get_expr(polqual, polrelid) <> 'true'"
            ),
            {"table": self.table},
        ).all()


@pytest.fixture
def probe(superuser, request):
    return Probe(superuser, request.param)


every_table = pytest.mark.parametrize("probe", TABLES, indirect=True)


@every_table
def test_the_wall_hides_another_tenants_row_and_nothing_else_does(probe):
    probe.add(THEIRS)
    with probe.as_app():
        assert probe.seen(THEIRS) == 0
    probe.connection.exec_driver_sql(f"drop policy wall on {probe.table}")
    with probe.as_app():
        assert probe.seen(THEIRS) == 1


@every_table
def test_the_wall_refuses_a_row_for_another_tenant_and_nothing_else_does(probe):
    if not probe.may("INSERT"):
        assert probe.table == catalogue.TENANT_ITSELF
        return
    assert probe.accepts(OURS)
    assert not probe.accepts(THEIRS)
    probe.connection.exec_driver_sql(f"drop policy wall on {probe.table}")
    assert probe.accepts(THEIRS)


@every_table
def test_without_a_tenant_there_are_no_rows(probe):
    probe.add(OURS)
    probe.connection.exec_driver_sql("set local role comitia_app")
    assert probe.seen(OURS) == 0
    probe.connection.exec_driver_sql("reset role")
    with probe.as_app():
        assert probe.seen(OURS) == 1


@every_table
def test_a_private_row_is_hidden_from_others_by_its_own_policy(probe):
    probe.add(OURS)
    for policy in probe.own_policies():
        with probe.as_app(person=uuid4(), organisation=uuid4()):
            assert probe.seen(OURS) == 0, f"{policy.name} lets strangers read"
        probe.connection.exec_driver_sql(
            f"alter policy {policy.name} on {probe.table} using (true)"
        )
        with probe.as_app(person=uuid4(), organisation=uuid4()):
            assert probe.seen(OURS) == 1, f"{policy.name} is not what hides the row"
        probe.connection.exec_driver_sql(
            f"alter policy {policy.name} on {probe.table} using ({policy.condition})"
        )
