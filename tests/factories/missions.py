"""Budgets of missions; to be called inside a block of a network."""

from decimal import Decimal

from kernel.identity.actor import Actor
from kernel.questions import Subject
from missions.budgets import service


def start_budget(planner: Actor, subject: Subject) -> None:
    """Start a draft in pounds with 5 % contingency, 7 % overhead and no lines."""
    service.start(
        planner,
        subject,
        base_currency="GBP",
        contingency_percent=Decimal(5),
        overhead_percent=Decimal(7),
    )
