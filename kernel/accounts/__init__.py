"""Accounts: invitations, sign-in, second factor, one's own settings, people of an organisation."""

from flask import Flask

from kernel.accounts import answers, jobs, second_factor_gate, trail
from kernel.accounts.api import api
from kernel.accounts.pages import colleagues_pages, pages
from kernel.audit import declare
from kernel.errors import N_
from kernel.questions.waiting import register_waiting
from kernel.web import menu, register

__all__ = ["init_module", "jobs"]


def init_module(app: Flask) -> None:
    """Mount the pages and the API, and hold back those who still owe a second factor."""
    declare(trail.ACTIONS, trail.OBJECTS)
    register(app, pages, colleagues_pages, api)
    register_waiting(answers.waiting, module="network")
    second_factor_gate.init_gate(app)
    with app.app_context():
        menu().add(
            "network",
            N_("Colleagues"),
            "colleagues.own",
            order=80,
            about=N_("Invite people of your organisation, and end their access when they leave."),
        )
