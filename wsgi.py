"""Composition root: the only file that names the kernel and all modules.

It exports `make_app` for the web server and the worker, and `cli`, the `comitia` command. Both name
what they are made of and import it when it is needed: importing the whole product takes seconds, and
most commands need little of it.
"""

import gc
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask

SHELL = "kernel.web.app"
MODULES = ("kernel.accounts", "network", "missions", "training", "kernel.admin")
COMMANDS = {
    "audit": "kernel.audit.commands",
    "db": "kernel.db.commands",
    "demo": "demo.command",
    "jobs": "kernel.jobs.commands",
    "mail-in": "kernel.inbound.commands",
    "person": "kernel.admin.people.commands",
    "tenant": "kernel.admin.networks.commands",
    "worker": "kernel.jobs.commands",
}
"""Each command by the module that holds it, under the command's name."""


def import_modules() -> list[ModuleType]:
    """Import the shell and every module, and with them every model; returns the modules."""
    import_module(SHELL)
    return [import_module(name) for name in MODULES]


def make_app(config: dict[str, Any] | None = None) -> "Flask":
    """The whole product; `config` replaces the environment's configuration, for tests."""
    gc.disable()  # nothing made here is thrown away: looking for waste takes a fifth of the time
    try:
        modules = import_modules()
        app: Flask = import_module(SHELL).create_app(modules, config)
    finally:
        gc.enable()
    return app


class Comitia(click.Group):
    """The `comitia` command; finds those below it in `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, imported now; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(
            import_module(COMMANDS[cmd_name]), cmd_name.replace("-", "_")
        )
        return command


@click.command(cls=Comitia, context_settings={"obj": make_app})
def cli() -> None:
    """Run and look after Comitia."""


if __name__ == "__main__":
    cli(prog_name="comitia")
