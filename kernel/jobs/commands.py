"""The command that runs a worker."""

from collections.abc import Callable

import click
from flask import Flask
from prometheus_client import start_http_server

from kernel.jobs.worker import run_worker


@click.command()
@click.option("--concurrency", default=4, show_default=True, help="Jobs run at the same time.")
@click.option("--metrics", help="Address and port to serve figures at, such as 127.0.0.1:9100.")
@click.pass_obj
def worker(make_app: Callable[[], Flask], concurrency: int, metrics: str | None) -> None:
    """Run jobs until stopped. DATABASE_URL names the database under comitia_worker."""
    if metrics:
        address, _, port = metrics.rpartition(":")
        start_http_server(int(port), address or "127.0.0.1")
    run_worker(make_app(), concurrency)
