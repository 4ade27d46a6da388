"""`comitia tenant`: the operator's commands for networks. They read MIGRATION_DATABASE_URL."""

import os
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from marshmallow import ValidationError

from kernel.accounts.services.invitations import invite_first_administrator
from kernel.admin.networks.schemas import NewNetwork, Switches
from kernel.admin.networks.service import create_network, list_networks, set_modules, set_state
from kernel.db import db, scoped
from kernel.errors import DomainError
from kernel.tenancy.models import TenantState
from kernel.tenancy.queries import tenant_by_slug
from kernel.web.brand import DEFAULT


@click.group("tenant")
def tenant() -> None:
    """Networks: create, list, suspend, resume, switch modules on and off."""


@tenant.command()
@click.option("--slug", required=True, help="Short name, for example cen.")
@click.option("--name", required=True, help="Name of the network.")
@click.option("--host", required=True, help="Host name it is reached by, without port.")
@click.option("--languages", default="en", show_default=True, help="Codes, the main one first.")
@click.option("--time-zone", default="UTC", show_default=True, help="IANA name.")
@click.option("--brand-colour", default=DEFAULT, show_default=True, help="White is read on it.")
@click.option("--modules", default="missions,training", show_default=True, help="Switched on.")
@click.option("--administrator-name", required=True, help="The first network administrator.")
@click.option("--administrator-address", required=True, help="Her mail address.")
def create(languages: str, modules: str, **given: Any) -> None:
    """Create a network with its secretariat and first administrator."""
    codes = _listed(languages)
    try:
        facts = NewNetwork().load(
            {**given, "language": codes[0], "languages": codes, "modules": _listed(modules)}
        )
        created = create_network(_migration_url(), facts)
    except ValidationError as error:
        raise click.UsageError(_lines(error)) from None
    except DomainError as error:
        raise click.UsageError(f"{error.field or 'network'}: {error}") from None
    click.echo(f"Network {facts['slug']} is number {created.tenant_id}, at {facts['host']}.")
    address = facts["administrator_address"]
    click.echo(f"Next, invite its administrator: comitia tenant invite {facts['slug']} {address}")


@tenant.command()
@click.argument("slug")
@click.argument("address")
@click.pass_obj
def invite(make_app: Callable[[], Flask], slug: str, address: str) -> None:
    """Mail the first administrator of a network the link that opens her account, for 2 days.

    It needs the application's own environment; the mail goes out with the worker.
    """
    with make_app().app_context():
        found = tenant_by_slug(slug)
        if found is None:
            raise click.UsageError("There is no network with this short name.")
        with scoped(found.id):
            try:
                invite_first_administrator(address)
            except DomainError as error:
                raise click.UsageError(str(error)) from None
            db.session.commit()
    click.echo(f"The invitation to {found.name} is queued.")


@tenant.command("list")
def list_() -> None:
    """List the networks."""
    for line in list_networks(_migration_url()):
        click.echo(f"{line.id}\t{line.slug}\t{line.state}\t{' '.join(line.hosts)}\t{line.name}")


@tenant.command()
@click.argument("slug")
def suspend(slug: str) -> None:
    """Close a network for the time being: it answers 503, its data stays."""
    _set_state(slug, TenantState.SUSPENDED)


@tenant.command()
@click.argument("slug")
def resume(slug: str) -> None:
    """Open a suspended network again."""
    _set_state(slug, TenantState.ACTIVE)


@tenant.command()
@click.argument("slug")
@click.argument("modules")
def modules(slug: str, modules: str) -> None:
    """Say which modules are switched on, for example missions,training; the network's own always are.

    "" switches both off. What was entered in a module that is off is kept.
    """
    try:
        chosen = Switches().load({"modules": _listed(modules)})["modules"]
        on = set_modules(_migration_url(), slug, chosen)
    except ValidationError as error:
        raise click.UsageError(_lines(error)) from None
    except DomainError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Network {slug} has {', '.join(on)}.")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _set_state(slug: str, state: TenantState) -> None:
    try:
        set_state(_migration_url(), slug, state)
    except DomainError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Network {slug} is {state}.")


def _migration_url() -> str:
    url = os.environ.get("MIGRATION_DATABASE_URL")
    if not url:
        raise click.UsageError(
            "MIGRATION_DATABASE_URL is empty: set it to the database, under comitia_migrator."
        )
    return url


def _lines(error: ValidationError) -> str:
    messages = error.messages if isinstance(error.messages, dict) else {"": error.messages}
    return "\n".join(f"{name}: {' '.join(map(str, texts))}" for name, texts in messages.items())
