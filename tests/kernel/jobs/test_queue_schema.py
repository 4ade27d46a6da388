"""The queue's tables and functions are those of the library that is installed."""

from pathlib import Path

import procrastinate.sql
import psycopg
import pytest

from kernel.db.roles import ensure_database

FUNCTIONS = """
select p.oid::regprocedure::text, md5(prosrc)
from pg_proc p where pronamespace = 'jobs'::regnamespace order by 1
"""
COLUMNS = """
select table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
from information_schema.columns where table_schema = 'jobs' order by 1, 2
"""


def contents(server, database):
    with psycopg.connect(
        host=str(server.socket_dir), user="postgres", dbname=database
    ) as connection:
        connection.execute("set search_path = jobs, public")
        return connection.execute(FUNCTIONS).fetchall(), connection.execute(COLUMNS).fetchall()


@pytest.fixture(scope="module")
def fresh(server):
    ensure_database(server.superuser_url(), "queue_as_installed")
    with psycopg.connect(
        host=str(server.socket_dir), user="postgres", dbname="queue_as_installed"
    ) as connection:
        connection.execute("set search_path = jobs, public")
        schema = Path(procrastinate.sql.__file__).with_name("schema.sql").read_text()
        connection.execute(schema)
    return contents(server, "queue_as_installed")


def test_migrations_make_what_the_installed_library_expects(server, fresh):
    functions, columns = contents(server, "comitia")
    assert functions == fresh[0], "procrastinate changed: bring its migration as one of ours"
    assert columns == fresh[1]
    assert len(functions) > 10
