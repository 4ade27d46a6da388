"""Makes a row for any table from nothing but its catalogue entry, to probe what protects the table."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from tests.contracts.catalogue import tenant_column

SAME = UUID("01234567-0123-7123-8123-0123456789ab")
"""Every uuid column of a probe row holds this one, so that whoever it names is known."""

_VALUES = {
    "uuid": f"'{SAME}'::uuid",
    "uuid[]": f"array['{SAME}']::uuid[]",
    "text": "'probe'",
    "character": "'GBP'",
    "integer": "1",
    "bigint": "1",
    "smallint": "1",
    "numeric": "1",
    "boolean": "true",
    "date": "'2026-01-01'",
    "time without time zone": "'12:00'",
    "timestamp with time zone": "'2026-01-01 00:00+00'",
    "bytea": "'\\x00'",
    "jsonb": "'{}'",
    "text[]": "'{}'",
    "tsvector": "''",
    "daterange": "'[2026-01-01,2026-02-01)'",
}


def insert_statement(connection: Connection, table: str, tenant: int) -> str:
    """An INSERT of one row of a tenant, every column filled.

    Raises KeyError for a column type nobody has given a value here.
    """
    columns = connection.execute(
        text(
            "select attname as name, format_type(atttypid, null) as type from pg_attribute"
            " where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped"
            " and attgenerated = '' order by attnum"
        ),
        {"table": table},
    ).all()
    values = {column.name: _VALUES[column.type] for column in columns}
    values[tenant_column(table)] = str(tenant)
    names = ", ".join(f'"{name}"' for name in values)
    return f"insert into {table} ({names}) overriding system value values ({', '.join(values.values())})"


def take_off_everything_but_policies(connection: Connection, table: str) -> None:
    """Drop checks and unique constraints and silence triggers, until the transaction is rolled back."""
    connection.exec_driver_sql("set local session_replication_role = replica")
    checks: list[Any] = list(
        connection.scalars(
            text(
                "select conname from pg_constraint where conrelid = cast(:table as regclass)"
                " and contype in ('c', 'x')"
            ),
            {"table": table},
        )
    )
    for check in checks:
        connection.exec_driver_sql(f'alter table {table} drop constraint "{check}"')
