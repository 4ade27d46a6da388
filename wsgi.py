"""Composition root: the only file that sees the kernel and the modules.

It exports `make_app` for the web server and the worker, and `cli`, the `comitia` command.
"""

from types import ModuleType
from typing import Any

from flask import Flask

import kernel.accounts
import kernel.admin
import missions
import network
import training
from demo.command import demo
from kernel.admin.networks.commands import tenant
from kernel.admin.people.commands import person
from kernel.web.app import create_app
from kernel.web.cli import build_cli

MODULES: tuple[ModuleType, ...] = (
    kernel.accounts,
    network,
    missions,
    training,
    kernel.admin,
)


def make_app(config: dict[str, Any] | None = None) -> Flask:
    """The whole product; `config` replaces the environment's configuration, for tests."""
    return create_app(MODULES, config)


cli = build_cli(make_app)
cli.add_command(tenant)
cli.add_command(person)
cli.add_command(demo)


if __name__ == "__main__":
    cli()
