"""Run migrations as the owner of the schema, impatient with locks: a migration that waits blocks everybody."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from kernel.db import Base

OWNER = "comitia_owner"


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
            target_metadata=Base.metadata,  # for its naming convention; no model need be imported
            version_table_schema="kernel",
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
