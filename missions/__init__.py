"""Missions: their plans, their people and their money."""

from flask import Flask

from kernel.audit import declare
from kernel.errors import N_
from kernel.questions.plan_facts import PLAN_FACTS
from kernel.questions.waiting import register_waiting
from kernel.web.menu import Menu
from kernel.web.routes import register
from missions import permissions, trail
from missions.budgets import answers as budgets_answers
from missions.budgets import jobs as _jobs  # noqa: F401 - they must be known to the worker
from missions.budgets.api import api as budgets_api
from missions.budgets.pages import pages as budgets_pages
from missions.missions import answers
from missions.missions.api import api as missions_api
from missions.missions.pages import one_mission as mission_pages
from missions.missions.pages import pages as missions_pages
from missions.navigation import mission_links
from missions.plan import answers as plan_answers
from missions.plan import jobs as _plan_jobs  # noqa: F401
from missions.plan.api import api as plan_api
from missions.plan.pages import pages as plan_pages
from missions.roster import answers as roster_answers
from missions.roster import jobs as _roster_jobs  # noqa: F401
from missions.roster.api import api as roster_api
from missions.roster.pages import pages as roster_pages


def init_module(app: Flask) -> None:
    """Give the application the module's permissions, answers, pages, API and menu."""
    permissions.register()
    declare(trail.ACTIONS, trail.OBJECTS)
    PLAN_FACTS.register("mission", answers.plan_facts)
    for feature in (answers, plan_answers, roster_answers, budgets_answers):
        register_waiting(feature.waiting, module="missions")
    register(
        app,
        missions_pages,
        mission_pages,
        missions_api,
        plan_pages,
        plan_api,
        roster_pages,
        roster_api,
        budgets_pages,
        budgets_api,
    )
    menu: Menu = app.extensions["comitia_menu"]
    menu.add(
        "missions",
        N_("All missions"),
        "missions.index",
        order=10,
        about=N_("Plan, cost and follow every mission, from the invitation to the report."),
    )
    menu.add_group("missions", mission_links)
