"""`comitia demo`: the whole product on this machine, with a network of invented people."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask

from demo import HOST, cast
from demo.supervisor import MAIL_PORT_ABOVE, Demo, DemoError
from kernel.db.binaries import ServerUnavailable
from kernel.db.commands import VAR


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")
@click.pass_obj
def demo(make_app: Callable[[dict[str, Any]], Flask], port: int) -> None:
    """Run the demo until Ctrl-C; its data stays in var/."""

    def load(environ: Mapping[str, str], migration_url: str) -> None:
        # Imported when there is something to load: they are the whole product.
        from demo.loading import load_network
        from demo.people import enrol_second_factor
        from kernel.web.config import from_environment
        from kernel.web.logs import configure_logs

        app = make_app(from_environment(environ))
        with (VAR / "logs" / "loading.log").open("a") as log:
            configure_logs(log)
            world = load_network(app, migration_url)
            _secret_file().write_text(enrol_second_factor(world))

    try:
        Demo(VAR, port, load).run(lambda: _greet(port))
    except (DemoError, ServerUnavailable) as error:
        raise click.ClickException(str(error)) from None


def _secret_file() -> Path:
    return VAR / "totp-secret"


def _greet(port: int) -> None:
    """Print where the demo is and who can sign in."""
    address = f"http://{HOST}:{port}"
    click.echo(f"\nComitia is at {address}   (mail it sends: {address}/dev/mail)")
    click.echo(
        f"Mail to it goes by SMTP to 127.0.0.1:{port + MAIL_PORT_ABOVE}: answer one of those.\n"
    )
    click.echo(f"Everybody here is invented. The password of each is: {cast.PASSWORD}\n")
    for role, person in cast.sign_ins().items():
        label = role.replace("_", " ").replace("emb ", "EMB ")
        click.echo(f"  {label:<24}{person.address}")
    secret = _secret_file().read_text()
    click.echo(f"\nThe {cast.WITH_SECOND_FACTOR} signs in with a second step; secret for the app:")
    click.echo(f"  {secret}\n\nCtrl-C stops everything; the data stays in var/.")
