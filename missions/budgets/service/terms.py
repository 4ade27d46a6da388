"""The terms of a draft: its exchange rates and its two shares."""

from datetime import date
from decimal import Decimal

from kernel.db import db
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.identity.actor import Actor
from kernel.questions import Subject
from kernel.values.currencies import MINOR_UNITS
from missions.budgets import queries
from missions.budgets.models import BudgetRate, BudgetVersion
from missions.budgets.service.drafts import draft
from missions.budgets.service.trail import rate_values, share_values, trail


def set_rate(
    actor: Actor,
    subject: Subject,
    number: int,
    *,
    currency: str,
    units_per_base: Decimal,
    quoted_on: date,
    source: str,
    lock: int | None = None,
) -> None:
    """Add the rate of a currency to the draft, or change it; `lock` is its version as it was read.

    Without a lock the rate is new. Raises NotFound, Forbidden, Refused for the base currency, or
    Conflict when somebody else changed the rate meanwhile.
    """
    budget, version = draft(actor, subject, number)
    if currency == budget.base_currency:
        raise Refused(N_("The base currency needs no rate. Choose another."), field="currency")
    record = _rate(version, currency)
    if record is None and lock is not None:
        raise NotFound()
    before = None if record is None else rate_values(record)
    if record is None:
        record = BudgetRate(version_id=version.id, currency=currency)
        db.session.add(record)
    else:
        record.expect(lock, rate_values(record))
    record.units_per_base = units_per_base
    record.quoted_on = quoted_on
    record.source = source
    trail(actor, "budget.rate_set", budget, version, before, rate_values(record))


def remove_rate(
    actor: Actor, subject: Subject, number: int, currency: str, *, lock: int | None
) -> None:
    """Take a rate off the draft; `lock` is its version as it was read.

    Raises NotFound, Forbidden, Refused while lines need it, or Conflict when somebody else changed it
    meanwhile.
    """
    budget, version = draft(actor, subject, number)
    record = _rate(version, currency)
    if record is None:
        raise NotFound()
    record.expect(lock, rate_values(record))
    if queries.uses_of_currency(version.id, currency):
        raise NotNow(
            N_("Lines are in %(currency)s. Change or remove them before you remove its rate."),
            currency=currency,
        )
    trail(actor, "budget.rate_removed", budget, version, before=rate_values(record))
    db.session.delete(record)


def change_shares(
    actor: Actor,
    subject: Subject,
    number: int,
    *,
    contingency_percent: Decimal,
    overhead_percent: Decimal,
    lock: int | None,
) -> None:
    """Set the shares of contingency and overhead, in percent; `lock` is the version's as it was read.

    Raises NotFound, Forbidden, Refused, or Conflict when somebody else changed the draft meanwhile.
    """
    budget, version = draft(actor, subject, number)
    before = share_values(version)
    version.expect(lock, before)
    version.contingency_share = contingency_percent / 100
    version.overhead_share = overhead_percent / 100
    trail(actor, "budget.shares_changed", budget, version, before, share_values(version))


def _rate(version: BudgetVersion, currency: str) -> BudgetRate | None:
    """The rate of a currency, if the version has one; raises NotFound for what is no currency."""
    if currency not in MINOR_UNITS:
        raise NotFound()
    return queries.rate_to_write(version.id, currency)
