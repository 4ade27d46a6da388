"""Applications: written in one's own time, sent before the deadline, kept as they were sent."""

import hashlib
import json
from dataclasses import dataclass, replace
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotNow, Refused
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.values import clock
from training.placements import queries
from training.placements.events import ApplicationSubmitted
from training.placements.models import Application, Vacancy
from training.placements.rules.statements import GRADUATE, Statements
from training.placements.rules.vacancies import (
    ApplicationState,
    VacancyState,
    is_over,
    written_deadline,
)
from training.placements.service.eligibility import statements_of
from training.placements.service.facts import verdicts_on
from training.placements.service.kept import Checked, sealed_for


@dataclass(frozen=True)
class Review:
    """An application as it will be sent. `seal` names exactly these statements and verdicts."""

    vacancy: Vacancy
    application: Application
    statements: Statements
    checked: Checked
    seal: str


def is_open(vacancy: Vacancy) -> bool:
    """Whether one can apply now, by the server's clock."""
    return vacancy.state == VacancyState.PUBLISHED and not is_over(vacancy.closes_at, clock.now())


def save_draft(
    actor: Actor, vacancy_id: UUID, statements: Statements, *, version: int | None
) -> Application:
    """Keep what this person has written so far; anybody with an account may apply.

    `version` is that of the draft she wrote in, None for a first one. Raises NotFound, Conflict, and
    Refused once the vacancy has closed or the application was sent.
    """
    _require_open(queries.hold_for_applying(actor, vacancy_id))
    application = queries.live_application(vacancy_id, actor.person_id)
    said = sealed_for(actor.person_id, _whole(statements).as_data())
    if application is None:
        application = Application(vacancy_id=vacancy_id, person_id=actor.person_id, submission=said)
        db.session.add(application)
        _record(actor, "application.drafted", application)
        return application
    _require_draft(application)
    application.expect(version, statements_of(application).as_data())
    application.submission = said
    _record(actor, "application.saved", application)
    return application


def review(actor: Actor, vacancy_id: UUID) -> Review:
    """What would be sent now, with the advice on it.

    Raises NotFound, and Refused when there is no draft or the vacancy has closed.
    """
    vacancy = queries.vacancy_of(actor, vacancy_id)
    _require_open(vacancy)
    return _reviewed(actor, vacancy)


def submit(
    actor: Actor, vacancy_id: UUID, *, version: int | None, seal: str | None = None
) -> Application:
    """Send the draft; what is sent stays as it is, with the verdicts on it.

    With the `seal` of a review nothing is sent that differs from what she was shown. Raises NotFound,
    Conflict, and Refused without a motivation letter, after the deadline or when it was sent already.
    """
    vacancy = queries.hold_for_applying(actor, vacancy_id)
    _require_open(vacancy)
    shown = _reviewed(actor, vacancy)
    application = shown.application
    application.expect(version, shown.statements.as_data())
    if seal is not None and seal != shown.seal:
        raise NotNow(
            N_(
                "The facts about you changed since this page was shown. Read it again, then send it."
            )
        )
    if not shown.statements.motivation:
        raise Refused(
            N_("Write your motivation letter before you send the application."), field="motivation"
        )
    advice = sealed_for(actor.person_id, shown.checked.as_data())
    application.state = ApplicationState.SUBMITTED
    application.advice = advice
    application.submitted_at = clock.now()
    _record(actor, "application.submitted", application, was=ApplicationState.DRAFT)
    emit(ApplicationSubmitted(application.id))
    return application


def withdraw(actor: Actor, application_id: UUID, *, version: int | None) -> None:
    """Take one's application back before the deadline: a draft is thrown away, what was sent stays on record.

    Raises NotFound, Conflict, and Refused after the deadline.
    """
    own = queries.own_application(actor.person_id, application_id)
    vacancy = queries.hold_for_applying(actor, own.vacancy.id)
    application = own.application
    application.expect(version, statements_of(application).as_data())
    if application.state == ApplicationState.DRAFT:
        _record(actor, "application.discarded", application)
        db.session.delete(application)
        return
    _require_open(vacancy)
    if application.state != ApplicationState.SUBMITTED:
        raise NotNow(N_("This application was withdrawn already: there is nothing more to do."))
    application.state = ApplicationState.WITHDRAWN
    _record(actor, "application.withdrawn", application, was=ApplicationState.SUBMITTED)


def _reviewed(actor: Actor, vacancy: Vacancy) -> Review:
    application = queries.live_application(vacancy.id, actor.person_id)
    if application is None:
        raise NotNow(N_("Fill in the application and save it before you send it."))
    _require_draft(application)
    statements = statements_of(application)
    verdicts = verdicts_on(vacancy, actor.person_id, statements, clock.now())
    said = [statements.as_data(), *Checked(verdicts).as_data()]
    seal = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return Review(vacancy, application, statements, Checked(verdicts), seal)


def _whole(statements: Statements) -> Statements:
    """A subject belongs to a graduate degree and to no other."""
    graduate = statements.degree_level in GRADUATE
    return statements if graduate else replace(statements, degree_subject=None)


def _require_open(vacancy: Vacancy) -> None:
    if not is_open(vacancy):
        raise NotNow(
            N_("This vacancy closed on %(deadline)s. Nothing can be sent any more."),
            deadline=written_deadline(vacancy.closes_at, vacancy.time_zone),
        )


def _require_draft(application: Application) -> None:
    if application.state != ApplicationState.DRAFT:
        raise NotNow(N_("You have sent this application already. It stays as you sent it."))


def _record(
    actor: Actor, action: str, application: Application, was: ApplicationState | None = None
) -> None:
    """The trail tells that something was written or sent, and not what: that is the applicant's own."""
    before = {"state": was} if was else None
    after = {"state": application.state, "vacancy_id": application.vacancy_id}
    record(actor, action, application, before=before, after=after, about=actor.person_id)
