"""`comitia audit`: whether the trail still is what was written."""

import sys
from collections.abc import Callable

import click
from flask import Flask

from kernel.audit.chain import Verdict, verify
from kernel.db import db, scoped
from kernel.tenancy.queries import current_tenant, every_tenant_id


@click.group("audit")
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.option("--slug", help="Verify this network only.")
@click.pass_obj
def verify_trail(make_app: Callable[[], Flask], slug: str | None) -> None:
    """Recompute the chain of every network; exit status 1 if one is broken.

    Keep the printed heads elsewhere: a chain cut off at its end verifies, but no longer ends in the head
    it had.
    """
    verdicts = _verdicts(make_app(), slug)
    if not verdicts:
        raise click.UsageError(f"There is no network {slug}." if slug else "There is no network.")
    for name, verdict in verdicts.items():
        click.echo(f"{name}: {_words(verdict)}")
    if not all(verdict.holds for verdict in verdicts.values()):
        sys.exit(1)


def _verdicts(app: Flask, slug: str | None) -> dict[str, Verdict]:
    """The verdict on each network by its short name."""
    with app.app_context():
        tenant_ids = every_tenant_id()
        db.session.rollback()
    found = {}
    for tenant_id in tenant_ids:
        with app.app_context(), scoped(tenant_id):
            tenant = current_tenant()
            if slug in (None, tenant.slug):
                found[tenant.slug] = verify()
    return found


def _words(verdict: Verdict) -> str:
    state = "holds" if verdict.holds else f"BROKEN at entry {verdict.broken_at}"
    tail = f"{verdict.unsealed} not sealed yet"
    if verdict.oldest_unsealed is not None:
        tail += f", the oldest of {verdict.oldest_unsealed:%Y-%m-%d %H:%M} UTC"
    return f"{state}; {verdict.sealed} entries sealed, {tail}; head {verdict.head.hex()}"
