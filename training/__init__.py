"""Training: workshops, certificates, alumni and placements."""

from flask import Flask

from kernel.audit import declare
from kernel.errors import N_
from kernel.questions.credentials import CREDENTIALS, PERSON
from kernel.questions.known_people import register_known_people
from kernel.questions.waiting import register_waiting
from kernel.search import SearchKind, register_kind
from kernel.web.menu import Menu
from kernel.web.routes import register
from training import permissions, trail
from training.alumni import answers as alumni_answers
from training.alumni import jobs as _alumni_jobs  # noqa: F401 - the worker must know them
from training.alumni import models as _alumni  # noqa: F401 - tables must be known
from training.alumni.api import api as alumni_api
from training.alumni.api import my_api as my_record_api
from training.alumni.pages import mine as my_record_pages
from training.alumni.pages import pages as alumni_pages
from training.certificates import answers as certificates_answers
from training.certificates import api as certificates_api
from training.certificates import jobs as _certificates_jobs  # noqa: F401 - the worker must know them
from training.certificates import pages as certificates_pages
from training.navigation import workshop_links
from training.participants import answers as participants_answers
from training.participants import jobs as _participants_jobs  # noqa: F401 - known to the worker
from training.participants.api import api as participants_api
from training.participants.pages import pages as participants_pages
from training.placements import answers as placements_answers
from training.placements import jobs as _placement_jobs  # noqa: F401 - known to the worker
from training.placements.api import api as placements_api
from training.placements.api import own_api as applications_api
from training.placements.pages import own_pages as applications_pages
from training.placements.pages import pages as placements_pages
from training.workshops.api import api as workshops_api
from training.workshops.pages import one_workshop as workshop_pages
from training.workshops.pages import pages as workshops_pages
from training.workshops.service import SEARCH_KIND as WORKSHOP

SECTION = "training"


def init_module(app: Flask) -> None:
    """Give the application the module's permissions, answers, pages, API and menu."""
    permissions.register()
    declare(trail.ACTIONS, trail.OBJECTS)
    register_known_people(participants_answers.known_person)
    CREDENTIALS.register(PERSON, alumni_answers.credentials)
    for answers in (
        participants_answers,
        certificates_answers,
        alumni_answers,
        placements_answers,
    ):
        register_waiting(answers.waiting, module=SECTION)
    register(app, workshops_pages, workshop_pages, workshops_api)
    register(app, participants_pages, participants_api)
    register(
        app,
        certificates_pages.officers,
        certificates_pages.holders,
        certificates_pages.verify,
        certificates_api.workshop_api,
        certificates_api.certificate_api,
        certificates_api.run_api,
        certificates_api.public_api,
    )
    register(app, alumni_pages, my_record_pages, alumni_api, my_record_api)
    register(app, placements_pages, placements_api, applications_pages, applications_api)
    register_kind(
        SearchKind(
            WORKSHOP,
            N_("Workshops"),
            "workshop.overview",
            "workshop_id",
            permissions.TrainingPermission.WORKSHOPS_SEE,
        )
    )
    _fill(app.extensions["comitia_menu"])


def _fill(menu: Menu) -> None:
    """Add the entries of the module, and those of the workshop at hand."""
    menu.add(
        SECTION,
        N_("Workshops"),
        "workshops.index",
        order=10,
        about=N_("Every workshop of the network, its agenda, and who attended."),
    )
    menu.add(
        SECTION,
        N_("Placements"),
        "placements.index",
        order=20,
        about=N_("Find a placement at the secretariat, and see whether you are eligible."),
    )
    menu.add(
        SECTION,
        N_("My applications"),
        "applications.index",
        order=30,
        about=N_("Go on with a draft, and read what was decided about what you sent."),
    )
    menu.add(
        SECTION,
        N_("Alumni"),
        "alumni.index",
        order=40,
        about=N_("Everybody who took part in a workshop, and who may be found."),
    )
    menu.add(
        SECTION,
        N_("My record"),
        "my_record.record",
        order=50,
        about=N_("What you took part in, when you could go, and who may find you."),
    )
    menu.add_group(SECTION, workshop_links)
