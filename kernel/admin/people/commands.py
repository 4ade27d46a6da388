"""`comitia person`: what only the operator does for somebody."""

from collections.abc import Callable
from uuid import UUID

import click
from flask import Flask

from kernel.accounts.queries import account_by_address
from kernel.admin.people import service
from kernel.db import db, scoped
from kernel.errors import DomainError
from kernel.questions.known_people import known_person
from kernel.tenancy.queries import tenant_by_slug


@click.group("person")
def person() -> None:
    """People of a network."""


@person.command("erase")
@click.option("--slug", required=True, help="The network's short name.")
@click.option("--address", help="Her mail address.")
@click.option("--id", "person_id", type=click.UUID, help="Her id, as in the address of her page.")
@click.confirmation_option(prompt="Nothing brings this back. Erase this person?")
@click.pass_obj
def erase(
    make_app: Callable[[], Flask], slug: str, address: str | None, person_id: UUID | None
) -> None:
    """Forget who somebody was, once her affiliations have ended; what she wrote stays, without a name."""
    if (address is None) == (person_id is None):
        raise click.UsageError("Say who it is by --address or by --id.")
    with make_app().app_context():
        network = tenant_by_slug(slug)
        if network is None:
            raise click.UsageError(f"There is no network {slug}.")
        with scoped(network.id):
            _erase(person_id, address)
    click.echo("Erased.")


def _erase(person_id: UUID | None, address: str | None) -> None:
    found = person_id or _known_at(address or "")
    if found is None:
        raise click.ClickException(f"Nobody in this network has the address {address}.")
    try:
        service.erase(found)
    except DomainError as refused:
        raise click.ClickException(str(refused)) from None
    db.session.commit()


def _known_at(address: str) -> UUID | None:
    """Who has an account at an address, or is known there without one: a participant of a workshop."""
    account = account_by_address(address)
    return account.person_id if account else known_person(address)
