"""Run migrations as the owner of the schema, impatient with locks: a migration that waits blocks everybody."""

from alembic import context
from sqlalchemy import create_engine, pool, text

import wsgi  # noqa: F401 - importing the composition root imports every model
from kernel.db import Base

OWNER = "comitia_owner"
SCHEMAS = {"kernel", "network", "missions", "training"}


def include_name(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
    """Compare only our own schemas with the models."""
    return name in SCHEMAS if kind == "schema" else True


def run() -> None:
    """Migrate the database the configuration names, in one transaction per migration."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"SET ROLE {OWNER}"))
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.execute(text("SET statement_timeout = '10min'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_schemas=True,
            include_name=include_name,
            version_table_schema="kernel",
            transaction_per_migration=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
