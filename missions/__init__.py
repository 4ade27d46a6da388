"""Missions: their plans, their people and their money."""

from flask import Flask

from kernel.questions.plan_facts import PLAN_FACTS
from missions import permissions
from missions.budgets import service as _budgets  # noqa: F401 - its tables must be known
from missions.missions import answers
from missions.plan import queries as _tables  # noqa: F401 - its tables must be known


def init_module(app: Flask) -> None:
    """Give the application the module's permissions, answers, pages and menu."""
    permissions.register()
    PLAN_FACTS.register("mission", answers.plan_facts)
