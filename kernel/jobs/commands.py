"""The command that runs a worker."""

from collections.abc import Callable

import click
from flask import Flask

from kernel.jobs.worker import run_worker


@click.command()
@click.option("--concurrency", default=4, show_default=True, help="Jobs run at the same time.")
@click.pass_obj
def worker(make_app: Callable[[], Flask], concurrency: int) -> None:
    """Run jobs until stopped. DATABASE_URL names the database under comitia_worker."""
    run_worker(make_app(), concurrency)
