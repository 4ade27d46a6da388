"""`comitia audit`: whether the trail still is what was written."""

import sys
from collections.abc import Callable, Collection, Sequence

import click
from flask import Flask

from kernel.audit.chain import Verdict, verify
from kernel.audit.rules import GENESIS
from kernel.db import db, scoped
from kernel.tenancy.queries import current_tenant, every_tenant_id


class Digest(click.ParamType[bytes]):
    """A head as it is printed: 64 hexadecimal digits."""

    name = "digest"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> bytes:
        """The 32 bytes; fails for anything that was never printed."""
        try:
            found = bytes.fromhex(value)
        except ValueError:
            found = b""
        if len(found) != len(GENESIS):
            self.fail("Enter a head as it was printed: 64 hexadecimal digits.", param, ctx)
        return found


DIGEST = Digest()


@click.group("audit")
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.option("--slug", help="Verify this network only.")
@click.option(
    "--head",
    "heads",
    multiple=True,
    type=DIGEST,
    help="A head printed before, with --slug: the chain has to pass it still.",
)
@click.pass_obj
def verify_trail(make_app: Callable[[], Flask], slug: str | None, heads: Sequence[bytes]) -> None:
    """Recompute the chain of every network; exit status 1 if one is broken.

    Keep the printed heads elsewhere and hand them in again: a chain cut off at its end, or written anew,
    is whole in itself, but does not pass the heads it had.
    """
    if heads and slug is None:
        raise click.UsageError("Say by --slug which network the heads are of.")
    verdicts = _verdicts(make_app(), slug, heads)
    if not verdicts:
        raise click.UsageError(f"There is no network {slug}." if slug else "There is no network.")
    for name, verdict in verdicts.items():
        click.echo(f"{name}: {_words(verdict)}")
    if not all(verdict.holds for verdict in verdicts.values()):
        sys.exit(1)


def _verdicts(app: Flask, slug: str | None, heads: Collection[bytes]) -> dict[str, Verdict]:
    """The verdict on each network by its short name."""
    with app.app_context():
        tenant_ids = every_tenant_id()
        db.session.rollback()
    found = {}
    for tenant_id in tenant_ids:
        with app.app_context(), scoped(tenant_id):
            tenant = current_tenant()
            if slug in (None, tenant.slug):
                found[tenant.slug] = verify(heads)
    return found


def _words(verdict: Verdict) -> str:
    state = "holds"
    if verdict.broken_at is not None:
        state = f"BROKEN at entry {verdict.broken_at}"
    elif verdict.lost:
        state = f"BROKEN: it does not pass {', '.join(sorted(one.hex() for one in verdict.lost))}"
    tail = f"{verdict.unsealed} not sealed yet"
    if verdict.oldest_unsealed is not None:
        tail += f", the oldest of {verdict.oldest_unsealed:%Y-%m-%d %H:%M} UTC"
    return f"{state}; {verdict.sealed} entries sealed, {tail}; head {verdict.head.hex()}"
