"""The list of vacancies, one vacancy with the reader's eligibility, and the officer's forms."""

from typing import Any, Final
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import SIGNED_IN, Form, actor, posted_version, render, see_other
from kernel.web.formats import partial_day
from training.permissions import TrainingPermission
from training.placements import queries, schemas, service
from training.placements.pages.blueprint import (
    asked_page,
    crumbs,
    loaded,
    pager,
    pages,
    vocabulary,
)
from training.workshops.queries import ListedWorkshop, list_workshops

MANAGE: Final = TrainingPermission.VACANCIES_MANAGE
APPROVE: Final = TrainingPermission.VACANCIES_APPROVE


@pages.page("", permission=SIGNED_IN)
def index() -> ResponseReturnValue:
    """The vacancies one may see: those open to applications first."""
    number = asked_page()
    found, total = queries.vacancies(actor(), number)
    return render(
        "placements/index.html",
        vacancies=found,
        may_draft=actor().can(MANAGE),
        is_open=service.is_open,
        pager=pager(number, total, "placements.index"),
        **vocabulary(),
    )


@pages.page("/<uuid:vacancy_id>", permission=SIGNED_IN)
def vacancy(vacancy_id: UUID) -> ResponseReturnValue:
    """One vacancy, and whether the reader is eligible as far as is known now."""
    seen = service.dossier(actor(), vacancy_id)
    return render(
        "placements/vacancy.html",
        seen=seen,
        vacancy=seen.vacancy,
        crumbs=crumbs(seen.vacancy.title),
        **vocabulary(),
    )


@pages.form("/new", permission=MANAGE)
def new() -> ResponseReturnValue:
    """Draft a vacancy."""
    values = {"term_months": 12, "time_zone": actor().time_zone, "employment": True}
    form = Form(schemas.VacancySchema(), values=values, choices=_choices())
    drafted = form.outcome_of(lambda data: service.draft_vacancy(actor(), schemas.terms_of(data)))
    if drafted is not None:
        return _back(drafted.id, gettext("The draft was saved. Somebody else approves it."))
    title = gettext("New vacancy")
    return form.render("placements/form.html", title=title, crumbs=crumbs(title), vacancy=None)


@pages.form("/<uuid:vacancy_id>/edit", permission=MANAGE)
def edit(vacancy_id: UUID) -> ResponseReturnValue:
    """Write a vacancy anew before it is published."""
    seen = service.dossier(actor(), vacancy_id)
    if not seen.may_edit:
        flash(gettext("This vacancy is published, so it stays as it is."), "info")
        return see_other("placements.vacancy", vacancy_id=vacancy_id)
    form = Form(
        schemas.VacancySchema(),
        values=service.facts(seen.vacancy),
        choices=_choices(),
        version=seen.vacancy.version,
    )
    if form.accepts(
        lambda data: service.edit_vacancy(
            actor(), vacancy_id, schemas.terms_of(data), version=form.posted_version
        )
    ):
        return _back(vacancy_id, gettext("The draft was saved. Somebody else approves it."))
    title = gettext("Edit vacancy")
    return form.render(
        "placements/form.html",
        title=title,
        crumbs=crumbs(title, vacancy=seen.vacancy),
        vacancy=seen.vacancy,
    )


@pages.action("/<uuid:vacancy_id>/approve", permission=APPROVE)
def approve(vacancy_id: UUID) -> ResponseReturnValue:
    """Approve what somebody else drafted."""
    service.approve_vacancy(actor(), vacancy_id, version=posted_version())
    return _back(vacancy_id, gettext("The vacancy was approved. It can be published now."))


@pages.action("/<uuid:vacancy_id>/publish", permission=MANAGE)
def publish(vacancy_id: UUID) -> ResponseReturnValue:
    """Open an approved vacancy to applications."""
    service.publish_vacancy(actor(), vacancy_id, version=posted_version())
    return _back(vacancy_id, gettext("The vacancy is published. Its terms and rules are frozen."))


@pages.action("/<uuid:vacancy_id>/outcome", permission=MANAGE)
def outcome(vacancy_id: UUID) -> ResponseReturnValue:
    """Say what became of a closed vacancy."""
    data = loaded(schemas.OutcomeSchema())
    service.record_outcome(actor(), vacancy_id, version=posted_version(), **data)
    return _back(vacancy_id, gettext("The outcome was recorded."))


def _choices() -> dict[str, Any]:
    return {"events": [(str(each.id), _name(each)) for each in list_workshops()]}


def _name(workshop: ListedWorkshop) -> str:
    return str(
        gettext(
            "%(title)s, %(city)s (%(programme)s, %(when)s)",
            title=workshop.title,
            city=workshop.city,
            programme=workshop.programme,
            when=partial_day(workshop.held),
        )
    )


def _back(vacancy_id: UUID, told: str) -> ResponseReturnValue:
    flash(told, "ok")
    return see_other("placements.vacancy", vacancy_id=vacancy_id)
