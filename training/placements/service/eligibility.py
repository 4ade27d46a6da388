"""Eligibility as it is shown: advice before closing, with the facts of this moment."""

from uuid import UUID

from kernel.identity.actor import Actor
from kernel.values import clock
from training.placements import queries
from training.placements.models import Application, Vacancy
from training.placements.rules.eligibility import Verdict
from training.placements.rules.statements import Statements
from training.placements.service.facts import verdicts_on
from training.placements.service.kept import Checked, sent_of


def check_eligibility(actor: Actor, vacancy_id: UUID) -> tuple[Verdict, ...]:
    """Each rule of a vacancy answered for this person now; it advises and stops nobody. Raises NotFound."""
    vacancy = queries.vacancy_of(actor, vacancy_id)
    application = queries.live_application(vacancy_id, actor.person_id)
    return advice_for(actor, vacancy, application).verdicts


def advice_for(actor: Actor, vacancy: Vacancy, application: Application | None) -> Checked:
    """The advice to one person, on what she has stated so far."""
    statements = statements_of(application)
    return Checked(verdicts_on(vacancy, actor.person_id, statements, clock.now()))


def statements_of(application: Application | None) -> Statements:
    """What somebody's own application says; nothing before there is one."""
    return (application and sent_of(application).statements) or Statements()
