"""The roles: what each may do, that drift is mended, and that an unsafe one is refused."""

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from kernel.db.embedded import EmbeddedServer
from kernel.db.roles import (
    LOGINS,
    SCHEMAS,
    ensure_database,
    ensure_roles,
)
from kernel.db.safety import UnsafeRole, guard_connections, refuse_unsafe_role


@pytest.fixture(scope="module")
def server():
    with EmbeddedServer.temporary() as server:
        engine = sa.create_engine(server.superuser_url(), poolclass=NullPool)
        with engine.begin() as connection:
            ensure_roles(connection)
        ensure_database(server.superuser_url(), "house")
        yield server


@pytest.fixture
def connect(server):
    """Open a connection as a role; what it does is rolled back."""
    opened = []

    def open_as(role, database="house"):
        engine = sa.create_engine(server.url(role, database), poolclass=NullPool)
        connection = engine.connect()
        connection.execute(sa.text("SET default_transaction_read_only = off"))
        connection.commit()
        opened.append(connection)
        return connection

    yield open_as
    for connection in opened:
        connection.close()


def refused(connection, statement):
    with pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be"):
        connection.execute(sa.text(statement))
    connection.rollback()
    return True


def raw(connection):
    """The driver's connection below SQLAlchemy's."""
    return connection.connection.driver_connection


def test_migrator_makes_what_the_owner_owns(connect):
    migrator = connect("comitia_migrator")
    migrator.execute(sa.text("CREATE TABLE kernel.thing (n int)"))
    owner = "select tableowner from pg_tables where tablename = 'thing'"
    assert migrator.scalar(sa.text(owner)) == "comitia_owner"


def test_migrator_can_hand_a_function_to_the_definer(connect):
    migrator = connect("comitia_migrator")
    migrator.execute(sa.text("GRANT CREATE ON SCHEMA kernel TO comitia_definer"))
    migrator.execute(sa.text("CREATE FUNCTION kernel.f() RETURNS int LANGUAGE sql RETURN 1"))
    migrator.execute(sa.text("ALTER FUNCTION kernel.f() OWNER TO comitia_definer"))
    may_call = "select has_function_privilege('comitia_app', 'kernel.f()', 'EXECUTE')"
    assert migrator.scalar(sa.text(may_call)) is False


@pytest.mark.parametrize("role", ["comitia_app", "comitia_worker", "comitia_report"])
def test_running_roles_can_create_nothing_and_become_nobody(connect, role):
    connection = connect(role)
    for schema in ("public", *SCHEMAS):
        assert refused(connection, f"CREATE TABLE {schema}.thing (n int)")
    assert refused(connection, "SET ROLE comitia_owner")
    assert refused(connection, "SET ROLE comitia_definer")
    assert refused(connection, "CREATE TEMPORARY TABLE thing (n int)")


def test_app_carries_its_timeouts(connect):
    app = connect("comitia_app")
    for setting in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert app.scalar(sa.text(f"SHOW {setting}")) not in ("0", "")


def test_backup_reads_past_row_security_and_writes_nothing(connect, server):
    engine = sa.create_engine(server.superuser_url("house"), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE network.walled AS SELECT 1 AS n"))
        connection.execute(sa.text("ALTER TABLE network.walled ENABLE ROW LEVEL SECURITY"))
    backup = connect("comitia_backup")
    assert backup.scalar(sa.text("SELECT n FROM network.walled")) == 1
    assert refused(backup, "DELETE FROM network.walled")


def test_making_the_roles_again_mends_what_has_drifted(server):
    engine = sa.create_engine(server.superuser_url(), poolclass=NullPool)
    query = sa.text("select rolbypassrls, rolconfig from pg_roles where rolname = 'comitia_app'")
    with engine.begin() as connection:
        before = connection.execute(query).one()
        connection.execute(sa.text("ALTER ROLE comitia_app BYPASSRLS"))
        connection.execute(sa.text("ALTER ROLE comitia_app SET statement_timeout = 0"))
        ensure_roles(connection)
        assert connection.execute(query).one() == before
        assert before.rolbypassrls is False


def test_passwords_reach_the_server_as_verifiers(server):
    engine = sa.create_engine(server.superuser_url(), poolclass=NullPool)
    with engine.begin() as connection:
        ensure_roles(connection, {"comitia_app": "it's a secret"})
        query = "select rolpassword from pg_authid where rolname = 'comitia_app'"
        assert connection.scalar(sa.text(query)).startswith("SCRAM-SHA-256$4096:")


def test_a_clone_has_the_contents_and_the_closed_doors_of_its_template(connect, server):
    ensure_database(server.superuser_url(), "template_house")
    ensure_database(server.superuser_url(), "clone", template="template_house")
    clone = connect("comitia_app", "clone")
    assert clone.scalar(sa.text("select similarity('mission', 'missions')")) > 0.5
    assert refused(clone, "CREATE TEMPORARY TABLE thing (n int)")


def test_app_and_worker_are_accepted(connect):
    for role in ("comitia_app", "comitia_worker"):
        refuse_unsafe_role(raw(connect(role)))


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        ("postgres", "bypasses row security"),
        ("comitia_backup", "bypasses row security"),
        ("comitia_migrator", "may become comitia_definer"),
    ],
)
def test_roles_that_could_see_through_the_wall_are_refused(connect, role, reason):
    with pytest.raises(UnsafeRole, match=reason):
        refuse_unsafe_role(raw(connect(role)))


def test_an_owner_of_a_table_is_refused(connect, server):
    engine = sa.create_engine(server.superuser_url("house"), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE ROLE keeper LOGIN"))
        connection.execute(sa.text("GRANT CONNECT ON DATABASE house TO keeper"))
        connection.execute(sa.text("CREATE TABLE network.kept (n int)"))
        connection.execute(sa.text("ALTER TABLE network.kept OWNER TO keeper"))
    with pytest.raises(UnsafeRole, match=r"owns the table network\.kept"):
        refuse_unsafe_role(raw(connect("keeper")))


def test_a_disguised_superuser_is_refused(connect):
    connection = connect("postgres")
    connection.execute(sa.text("SET ROLE comitia_app"))
    with pytest.raises(UnsafeRole, match="postgres"):
        refuse_unsafe_role(raw(connection))


def test_an_engine_opens_no_connection_under_an_unsafe_role(server):
    for role, safe in (("comitia_app", True), ("postgres", False)):
        engine = sa.create_engine(server.url(role, "house"), poolclass=NullPool)
        guard_connections(engine)
        if safe:
            engine.connect().close()
        else:
            with pytest.raises(UnsafeRole):
                engine.connect()


def test_nobody_else_can_enter_the_database(server):
    engine = sa.create_engine(server.superuser_url(), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE ROLE stranger LOGIN"))
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(host=str(server.socket_dir), user="stranger", dbname="house")
    assert "stranger" not in LOGINS
