"""Migration helpers: a tenant table comes with its keys, its wall and its grants, or not at all.

The wall is one RESTRICTIVE policy; PostgreSQL adds it with AND to whatever PERMISSIVE policies say. A
restrictive policy alone shows nothing, so a plain table has `everyone` beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from sqlalchemy.sql.naming import conv

READERS = "comitia_report"
WRITERS = ("comitia_app", "comitia_worker")

# The sub-select makes the planner read the setting once per statement instead of once per row.
CURRENT_TENANT = "(select nullif(current_setting('comitia.tenant', true), '')::int)"
CURRENT_PERSON = "(select nullif(current_setting('comitia.person', true), '')::uuid)"
CURRENT_ORGANISATIONS = (
    "(select coalesce(nullif(current_setting('comitia.organisations', true), ''), '{}')::uuid[])"
)

EVERYONE: Mapping[str, str] = {"everyone": "true"}


def own_person(column: str = "person_id") -> Mapping[str, str]:
    """Only the person named in the row."""
    return {"own_person": f"{column} = {CURRENT_PERSON}"}


def own_organisation(column: str = "organisation_id") -> Mapping[str, str]:
    """Only people of the organisation named in the row."""
    return {"own_organisation": f"{column} = any({CURRENT_ORGANISATIONS})"}


def create_tenant_table(
    op: Operations,
    schema: str,
    name: str,
    *parts: sa.Column[Any] | sa.Constraint,
    permissive: Mapping[str, str] = EVERYONE,
    append_only: bool = False,
    version: bool = False,
) -> None:
    """Create a table of the tenant's: columns tenant_id and id, both keys, wall, policies, grants.

    `permissive` maps policy names to their USING expressions. `append_only` withholds UPDATE and DELETE
    from the application. `version` adds the column of optimistic locking.
    """
    for part in parts:
        if isinstance(part, sa.CheckConstraint) and str(part.name).startswith(f"ck_{name}_"):
            part.name = conv(str(part.name))  # whole already: the convention would double it
    extra: list[sa.Column[Any]] = (
        [sa.Column("version", sa.Integer(), nullable=False)] if version else []
    )
    op.create_table(
        name,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *parts,
        *extra,
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["kernel.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        schema=schema,
    )
    wall_off(op, f"{schema}.{name}", permissive=permissive)
    grant(op, f"{schema}.{name}", append_only=append_only)


def wall_off(
    op: Operations,
    table: str,
    *,
    permissive: Mapping[str, str] = EVERYONE,
    column: str = "tenant_id",
) -> None:
    """Put the wall round a table and open it inside by the permissive policies."""
    inside = f"{column} = {CURRENT_TENANT}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY wall ON {table} AS RESTRICTIVE FOR ALL USING ({inside}) WITH CHECK ({inside})"
    )
    for policy, condition in permissive.items():
        op.execute(f"CREATE POLICY {policy} ON {table} AS PERMISSIVE FOR ALL USING ({condition})")


def grant(op: Operations, table: str, *, append_only: bool = False) -> None:
    """Let the application write and the reporting role read; nobody gets TRUNCATE or REFERENCES."""
    verbs = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    op.execute(f"GRANT {verbs} ON {table} TO {', '.join(WRITERS)}")
    op.execute(f"GRANT SELECT ON {table} TO {READERS}")


def tenant_foreign_key(
    table: str, columns: str | Sequence[str], target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    """A foreign key inside the tenant, for `create_tenant_table`."""
    local = [columns] if isinstance(columns, str) else list(columns)
    return sa.ForeignKeyConstraint(
        ["tenant_id", *local],
        [f"{target}.tenant_id", f"{target}.id"],
        name=f"fk_{table}_tenant_id_{'_'.join(local)}",
        ondelete=ondelete,
    )
