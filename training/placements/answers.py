"""What placements answer to the kernel's questions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from flask import url_for
from flask_babel import gettext

from kernel.errors import N_
from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from kernel.values import clock
from training.permissions import ALUMNUS
from training.placements import access, queries
from training.placements.queries import Vacancy
from training.placements.rules.vacancies import VacancyState

NEWS: Final = timedelta(days=14)
"""For how long a decision is news to who applied."""


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Placements to apply for and decisions to read; for the secretariat, vacancies to move on."""
    yield from _to_apply_for(actor)
    yield from _decided(actor)
    if queries.sees_drafts(actor):
        yield from _to_move_on(actor)


def _to_apply_for(actor: Actor) -> Iterator[Waiting]:
    """Alumni are told of every open placement, anybody of an application she has not sent yet."""
    for vacancy, drafted in queries.open_for(actor.person_id, clock.now(), MOST):
        if drafted:
            text = gettext("Send your application: it is still a draft")
            url = url_for("placements.apply", vacancy_id=vacancy.id)
            yield Waiting("application_to_send", text, url, vacancy.title, due=vacancy.closes_at)
        elif actor.has_role(ALUMNUS):
            text = gettext("Apply for a placement")
            url = url_for("placements.vacancy", vacancy_id=vacancy.id)
            yield Waiting("placement_open", text, url, vacancy.title, due=vacancy.closes_at)


def _decided(actor: Actor) -> Iterator[Waiting]:
    for own in queries.decided_since(actor.person_id, clock.now() - NEWS, MOST):
        text = gettext("Read the decision on your application")
        url = url_for("applications.application", application_id=own.application.id)
        yield Waiting("application_decided", text, url, own.vacancy.title, order=20)


def _to_move_on(actor: Actor) -> Iterator[Waiting]:
    for vacancy in queries.unfinished(MOST):
        found = _next_step(actor, vacancy)
        if found is not None:
            order, kind, text, endpoint = found
            url = url_for(endpoint, vacancy_id=vacancy.id)
            yield Waiting(kind, str(gettext(text)), url, vacancy.title, order=order)


def _next_step(actor: Actor, vacancy: Vacancy) -> tuple[int, str, str, str] | None:
    if vacancy.state == VacancyState.DRAFT:
        if access.can_approve(actor, (vacancy.drafted_by, vacancy.edited_by)):
            return (10, "vacancy_to_approve", N_("Approve the vacancy"), "placements.vacancy")
        return None
    if not access.can_manage(actor):
        return None
    if vacancy.state == VacancyState.APPROVED:
        return (20, "vacancy_to_publish", N_("Publish the vacancy"), "placements.vacancy")
    text = N_("Look at the applications, and record what became of the placement")
    return (30, "vacancy_closed", text, "placements.received")
