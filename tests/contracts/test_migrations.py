"""One chain of migrations that says what the models say, goes both ways, and locks nobody out."""

import ast
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, NullPool, create_engine, text

import wsgi
from kernel.db import Base
from kernel.db.migrations import migration_config
from kernel.db.roles import ensure_database
from tests.contracts.catalogue import SCHEMAS

wsgi.import_modules()  # and with them every model

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

CREATING = {"create_table", "create_tenant_table"}

BREAKS_RUNNING_CODE = {"drop_table", "drop_column", "rename_table", "drop_constraint"}
"""The version before still runs while a migration does: it must find what it knows."""


def test_there_is_one_head():
    assert len(ScriptDirectory.from_config(migration_config("")).get_heads()) == 1


def _included(name, kind, _parents):
    return name in SCHEMAS if kind == "schema" else name != "alembic_version"


def test_the_models_are_what_the_migrations_made(superuser):
    context = MigrationContext.configure(
        superuser,
        opts={
            "include_schemas": True,
            "include_name": _included,
            "compare_server_default": True,
            "target_metadata": Base.metadata,
        },
    )
    assert compare_metadata(context, Base.metadata) == []


def checks_of_models():
    """Every check constraint of the models as table.name; autogeneration does not compare them."""
    return {
        f"{table.fullname}.{constraint.name}"
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }


def test_models_and_migrations_have_the_same_checks(superuser):
    found = superuser.scalars(
        text(
            "select concat_ws('.', nspname, relname, conname) from pg_constraint"
            " join pg_class c on c.oid = conrelid join pg_namespace n on n.oid = connamespace"
            " where contype = 'c' and nspname = any(:schemas)"
        ),
        {"schemas": list(SCHEMAS)},
    )
    assert set(found) == checks_of_models()


def test_the_chain_goes_up_and_down_and_up_again(server):
    ensure_database(server.superuser_url(), "scratch")
    config = migration_config(server.url("comitia_migrator", "scratch"))
    command.upgrade(config, "head")
    before = structure(server)
    command.downgrade(config, "base")
    assert structure(server) == ["kernel.alembic_version.version_num character varying"]
    command.upgrade(config, "head")
    assert structure(server) == before


def structure(server):
    """Columns, functions, policies and types of the scratch database."""
    engine = create_engine(server.superuser_url("scratch"), poolclass=NullPool)
    with engine.connect() as connection:
        return sorted(
            connection.scalars(
                text(
                    "select concat_ws(' ', table_schema || '.' || table_name || '.' || column_name,"
                    " data_type) from information_schema.columns where table_schema = any(:schemas)"
                    " union all select proname from pg_proc join pg_namespace n on n.oid ="
                    " pronamespace where nspname = any(:schemas)"
                    " union all select tablename || ' ' || policyname from pg_policies"
                ),
                {"schemas": [*SCHEMAS, "jobs"]},
            )
        )


def locking(source):
    """What in a migration would break the running version or hold a lock while it works.

    A line that has to do so says why in a comment that begins with `# safe:`.
    """
    tree, lines = ast.parse(source), source.splitlines()
    calls = [
        node
        for function in tree.body
        if isinstance(function, ast.FunctionDef) and function.name != "downgrade"
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    ]
    new = {
        text
        for call in calls
        if _name(call) in CREATING
        for text in _texts(call)[: 2 if _name(call) == "create_tenant_table" else 1]
    }
    return [
        f"line {call.lineno}: {problem}"
        for call in calls
        if "# safe:" not in "".join(lines[call.lineno - 2 : call.lineno])
        for problem in _problems(call, new)
    ]


def _problems(call, new):
    name, texts = _name(call), _texts(call)
    if name in BREAKS_RUNNING_CODE:
        yield f"{name} takes away what the running version uses"
    if name == "create_index" and _on_old_table(call, new):
        yield "an index on an existing table is created concurrently"
    if (
        name == "add_column"
        and "nullable=False" in ast.unparse(call)
        and "server_default" not in ast.unparse(call)
    ):
        yield "a new column that must be filled has a server default"
    if name == "alter_column" and (_keyword(call, "type_") or _keyword(call, "nullable")):
        yield "a change of type or to NOT NULL rewrites or scans the table under a lock"
    if name == "execute":
        sql = " ".join(texts).upper()
        if "ALTER TABLE" in sql and not any(
            harmless in sql
            for harmless in ("ROW LEVEL SECURITY", "OWNER TO", "NOT VALID", "VALIDATE CONSTRAINT")
        ):
            yield "a raw ALTER TABLE says why it is safe"


def _on_old_table(call, new):
    """A table named by a variable is taken for a new one where the migration makes any."""
    table = _texts(call)[1:2] or [new and min(new)]
    return table[0] not in new and not _keyword(call, "postgresql_concurrently")


def _name(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _texts(call):
    return [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]


def _keyword(call, name):
    return any(keyword.arg == name for keyword in call.keywords)


@pytest.mark.parametrize(
    "file", sorted((MIGRATIONS / "versions").glob("*.py")), ids=lambda file: file.stem
)
def test_a_migration_locks_nobody_out(file):
    assert locking(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "op.drop_column('person', 'name')",
        "op.rename_table('person', 'human')",
        "op.create_index('ix_person_name', 'person', ['name'])",
        "op.add_column('person', sa.Column('born', sa.Date(), nullable=False))",
        "op.alter_column('person', 'name', nullable=False)",
        "op.execute('ALTER TABLE kernel.person ALTER COLUMN name SET NOT NULL')",
    ],
)
def test_the_lint_sees_a_lock(line):
    assert locking(f"def upgrade():\n    {line}\n") != []
    assert locking(f"def upgrade():\n    # safe: the table is empty\n    {line}\n") == []


def test_migrations_are_impatient_with_locks():
    environment = (MIGRATIONS / "env.py").read_text(encoding="utf-8")
    assert "SET lock_timeout" in environment
    assert "SET statement_timeout" in environment
