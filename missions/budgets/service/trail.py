"""What the audit trail says of budgets: values as text, so that amounts stay exact."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kernel import audit
from kernel.identity.actor import Actor
from missions.budgets.models import Budget, BudgetLine, BudgetRate, BudgetVersion
from missions.budgets.rules.lines import plain

Values = Mapping[str, Any]


def trail(
    actor: Actor,
    action: str,
    budget: Budget,
    version: BudgetVersion,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Record what was done to a version, inside the transaction that does it."""
    audit.record(actor, action, budget, before, after, label=f"v{version.number}")


def line_values(record: BudgetLine) -> Values:
    """A line as the trail keeps it: its factors, and the dates they were counted on."""
    values = {
        "position": record.position,
        "category": record.category,
        "description": record.description,
        "driver": record.driver,
        "persons": record.persons,
        "units": record.units,
        "measure": record.measure,
        "phase": record.phase,
        "phase_start": record.phase_start,
        "phase_end": record.phase_end,
        "rate": record.rate,
        "currency": record.currency,
    }
    return {
        name: f"{plain(value):f}" if isinstance(value, Decimal) else str(value)
        for name, value in values.items()
        if value is not None
    }


def rate_values(record: BudgetRate) -> dict[str, Any]:
    """An exchange rate as the trail keeps it."""
    return {
        "currency": record.currency,
        "units_per_base": f"{plain(record.units_per_base):f}",
        "quoted_on": record.quoted_on.isoformat(),
        "source": record.source,
    }


def share_values(record: BudgetVersion) -> dict[str, Any]:
    """The shares as the trail keeps them."""
    return {
        "contingency_percent": f"{plain(record.contingency_share * 100):f}",
        "overhead_percent": f"{plain(record.overhead_share * 100):f}",
    }
