"""Network: the members, what they ask each other and what they know together."""

from flask import Flask

from kernel.errors import N_
from kernel.web import register
from kernel.web.menu import menu
from network import permissions
from network.groups import api as groups_api
from network.groups import pages as groups_pages

SECTION = "network"


def init_module(app: Flask) -> None:
    """Give the application the module's permissions, pages, APIs and menu."""
    permissions.register()
    register(app, groups_pages.pages, groups_api.api)
    with app.app_context():
        menu().add(SECTION, N_("Groups"), "groups.index", order=20)
