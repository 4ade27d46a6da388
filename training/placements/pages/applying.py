"""Applying: the draft, the review of what will be sent, and one's own applications."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, pgettext

from kernel.web import SIGNED_IN, Form, actor, posted_version, render, see_other
from kernel.web.languages import translated
from training.placements import queries, schemas, service, words
from training.placements.pages.blueprint import crumbs, own_crumbs, own_pages, pages, vocabulary
from training.placements.rules.eligibility import Kind, Rule
from training.placements.rules.statements import Statements, is_listed
from training.placements.rules.vacancies import ApplicationState
from training.placements.service import Dossier

ASKED = {
    Kind.EMPLOYMENT: ("full_time",),
    Kind.DEGREE: ("degree_level", "degree_subject", "other_subject"),
    Kind.EXPERIENCE: ("manages_projects", "manages_budgets"),
}
"""The questions of the form that each kind of rule needs; what no rule needs is not asked."""


@pages.form("/<uuid:vacancy_id>/apply", permission=SIGNED_IN)
def apply(vacancy_id: UUID) -> ResponseReturnValue:
    """Write one's application; it is kept as a draft until it is sent."""
    seen = service.dossier(actor(), vacancy_id)
    application = seen.application
    if request.method == "GET" and not _writable(seen):
        return _elsewhere(seen)
    statements = service.statements_of(application)
    form = Form(
        schemas.ApplicationForm(),
        values=_values(statements, seen.rules),
        choices=_choices(seen.rules),
        version=application.version if application else None,
    )
    # A draft may leave out anything, but what is sent should not: only one field is optional.
    form.fields = [replace(each, required=each.name != "other_subject") for each in form.fields]
    if form.accepts(
        lambda data: service.save_draft(
            actor(), vacancy_id, schemas.statements_of(data), version=form.posted_version
        )
    ):
        if "review" in request.form:
            return see_other("placements.review", vacancy_id=vacancy_id)
        flash(gettext("Your draft was saved. It is not sent yet."), "ok")
        return see_other("placements.apply", vacancy_id=vacancy_id)
    return form.render(
        "placements/apply.html",
        seen=seen,
        vacancy=seen.vacancy,
        asked=[name for rule in seen.rules for name in ASKED.get(rule.kind, ())],
        crumbs=crumbs(pgettext("for a placement", "Apply"), vacancy=seen.vacancy),
        **vocabulary(),
    )


@pages.form("/<uuid:vacancy_id>/apply/review", permission=SIGNED_IN)
def review(vacancy_id: UUID) -> ResponseReturnValue:
    """Read what will be sent, with the advice on it, and send it."""
    seen = service.dossier(actor(), vacancy_id)
    if request.method == "GET" and (not _writable(seen) or seen.application is None):
        return _elsewhere(seen)
    shown = service.review(actor(), vacancy_id)
    form = Form(
        schemas.SealSchema(), values={"seal": shown.seal}, version=shown.application.version
    )
    if form.accepts(
        lambda data: service.submit(actor(), vacancy_id, version=form.posted_version, **data)
    ):
        flash(gettext("Your application was sent. It is kept as it is."), "ok")
        return see_other("applications.application", application_id=shown.application.id)
    # What is shown again is sealed again: the reader sees the facts as they are now.
    form.values["seal"] = shown.seal
    return form.render(
        "placements/review.html",
        shown=shown,
        vacancy=shown.vacancy,
        crumbs=crumbs(gettext("Review and send"), vacancy=shown.vacancy),
        **vocabulary(),
    )


@own_pages.page("", permission=SIGNED_IN)
def index() -> ResponseReturnValue:
    """One's own applications, latest first."""
    found = queries.applications_of(actor().person_id)
    return render("applications/index.html", found=found, **vocabulary())


@own_pages.page("/<uuid:application_id>", permission=SIGNED_IN)
def application(application_id: UUID) -> ResponseReturnValue:
    """One of one's own applications: what was sent, what was advised, what was decided."""
    vacancy, sent = service.own(actor(), application_id)
    return render(
        "applications/application.html",
        vacancy=vacancy,
        sent=sent,
        application=sent.application,
        is_open=service.is_open(vacancy),
        crumbs=own_crumbs(vacancy.title),
        **vocabulary(),
    )


@own_pages.action("/<uuid:application_id>/withdraw", permission=SIGNED_IN)
def withdraw(application_id: UUID) -> ResponseReturnValue:
    """Take one's application back before the deadline."""
    service.withdraw(actor(), application_id, version=posted_version())
    flash(gettext("Your application was withdrawn."), "ok")
    return see_other("applications.index")


def _writable(seen: Dossier) -> bool:
    """Whether the reader can still write: before the deadline, and before she sent it."""
    application = seen.application
    return seen.is_open and (application is None or application.state == ApplicationState.DRAFT)


def _elsewhere(seen: Dossier) -> ResponseReturnValue:
    """Where to go instead of a form there is nothing to write in."""
    application = seen.application
    if application is not None and application.state != ApplicationState.DRAFT:
        return see_other("applications.application", application_id=application.id)
    if seen.is_open:
        return see_other("placements.apply", vacancy_id=seen.vacancy.id)
    return see_other("placements.vacancy", vacancy_id=seen.vacancy.id)


def _subjects(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    return next((rule.subjects for rule in rules if rule.kind is Kind.DEGREE), ())


def _values(statements: Statements, rules: tuple[Rule, ...]) -> dict[str, Any]:
    """The draft as the form holds it: a subject that is not on the list stands in its own field."""
    values = statements.as_data()
    subject, listed = statements.degree_subject, _subjects(rules)
    if subject is not None and not is_listed(subject, listed):
        return {**values, "degree_subject": schemas.OTHER, "other_subject": subject}
    spelt = {each.casefold(): each for each in listed}
    return {**values, "degree_subject": subject and spelt[subject.casefold()]}


def _choices(rules: tuple[Rule, ...]) -> dict[str, Any]:
    answers = [("", gettext("Not answered")), ("yes", gettext("Yes")), ("no", gettext("No"))]
    subjects = [(subject, subject) for subject in _subjects(rules)]
    levels = translated(words.DEGREES).items()
    unanswered = ("", gettext("Not answered"))
    return {
        "full_time": answers,
        "manages_projects": answers,
        "manages_budgets": answers,
        "degree_level": [unanswered, *levels],
        "degree_subject": [unanswered, *subjects, (schemas.OTHER, gettext("Another subject"))],
    }
