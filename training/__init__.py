"""Training: workshops, certificates, alumni and placements."""

from flask import Flask

from kernel.audit import declare
from kernel.errors import N_
from kernel.questions.credentials import CREDENTIALS, PERSON
from kernel.questions.known_people import register_known_people
from kernel.questions.waiting import register_waiting
from kernel.search import SearchKind, register_kind
from kernel.web.routes import register
from training import navigation, permissions, trail
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
        register_waiting(answers.waiting, module=navigation.SECTION)
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
    navigation.fill(app.extensions["comitia_menu"])
