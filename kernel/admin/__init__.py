"""Looking after networks: operators' commands, and the pages of network administrators."""

from flask import Flask

from kernel.admin.people import api as people_api
from kernel.admin.people import pages as people_pages
from kernel.admin.settings import api as settings_api
from kernel.admin.settings import pages as settings_pages
from kernel.admin.trail import api as trail_api
from kernel.admin.trail import pages as trail_pages
from kernel.audit import declare
from kernel.audit import jobs as _jobs  # noqa: F401 - its jobs must be known
from kernel.errors import N_
from kernel.files import jobs as _file_jobs  # noqa: F401
from kernel.web import menu, register

ACTIONS = {
    "network.created": N_("Network made"),
    "network.modules_switched": N_("Modules of the network switched on or off"),
    "network.resumed": N_("Network opened again"),
    "network.settings_changed": N_("Settings of the network changed"),
    "network.suspended": N_("Network suspended"),
    "person.erased": N_("Person erased"),
    "role.granted": N_("Role given"),
    "role.revoked": N_("Role taken back"),
}


def init_module(app: Flask) -> None:
    """Mount the administrators' pages and API."""
    declare(ACTIONS)
    register(app, people_pages.pages, settings_pages.pages, trail_pages.pages)
    register(app, people_api.api, settings_api.api, trail_api.api)
    with app.app_context():
        menu().add(
            "admin",
            N_("People"),
            "admin_people.index",
            order=10,
            about=N_("Find anybody in the network, and give or take back roles."),
        )
        menu().add(
            "admin",
            N_("Audit trail"),
            "trail.index",
            order=20,
            about=N_("See who changed what, and when."),
        )
        menu().add(
            "admin",
            N_("Settings"),
            "settings.edit",
            order=30,
            about=N_("Name, languages, time zone and colour of the network."),
        )
