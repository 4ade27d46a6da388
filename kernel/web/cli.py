"""The `comitia` command."""

import os
from collections.abc import Callable
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from flask import Flask

from kernel.audit.commands import audit
from kernel.db.commands import psql, roles
from kernel.inbound.commands import mail_in
from kernel.jobs.commands import jobs, worker

ROOT = Path(__file__).resolve().parents[2]


def build_cli(make_app: Callable[[], Flask]) -> click.Group:
    """The command with its groups; `make_app` builds the application for commands that need one."""

    @click.group(context_settings={"obj": make_app})
    def comitia() -> None:
        """Run and look after Comitia."""

    comitia.add_command(database)
    database.add_command(roles)
    database.add_command(psql)
    comitia.add_command(worker)
    comitia.add_command(mail_in)
    comitia.add_command(jobs)
    comitia.add_command(audit)
    return comitia


@click.group("db")
def database() -> None:
    """The database."""


def migration_config(url: str) -> Config:
    """Alembic's configuration for a database; `url` names it under the role comitia_migrator."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = url
    return config


@database.command()
@click.option("--to", "revision", default="head", help="Revision to migrate to.")
def upgrade(revision: str) -> None:
    """Bring the schema up to date. Reads MIGRATION_DATABASE_URL."""
    url = os.environ.get("MIGRATION_DATABASE_URL")
    if not url:
        raise click.UsageError(
            "MIGRATION_DATABASE_URL is empty: set it to the database, under comitia_migrator."
        )
    command.upgrade(migration_config(url), revision)
