"""Eligibility as it is shown: advice before closing, with the facts of this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel.identity.actor import Actor
from kernel.values import clock
from training.placements import queries
from training.placements.models import Application, Vacancy
from training.placements.rules.eligibility import Eligibility, Verdict, decide
from training.placements.rules.statements import Statements
from training.placements.service.facts import verdicts_on


@dataclass(frozen=True)
class Checked:
    """The verdicts on one person, and what they say together."""

    verdicts: tuple[Verdict, ...]

    @property
    def eligibility(self) -> Eligibility:
        """What the verdicts say together."""
        return decide(self.verdicts)


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
    """What an application says; nothing before there is one."""
    return Statements.from_data(application.submission) if application else Statements()


def stored(verdicts: Sequence[dict[str, object]] | None) -> Checked | None:
    """Verdicts as they were kept; None where none were."""
    if verdicts is None:
        return None
    return Checked(tuple(Verdict.from_data(verdict) for verdict in verdicts))
