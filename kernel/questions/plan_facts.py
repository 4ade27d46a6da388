"""What is known of the plan of a subject (a mission, a workshop): its phases and how many people.

Asked by missions/budgets, which binds budget lines to phases; answered by whoever keeps the plan.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from kernel.identity.actor import Actor
from kernel.questions import Question, Subject
from kernel.values.periods import Period


@dataclass(frozen=True, slots=True)
class PlanPhase:
    """A phase of the plan. `name` is a message id, or what a person wrote."""

    key: str
    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class PlanPeople:
    """How many people of one sort the plan counts on, e.g. 45 observers."""

    key: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan of one subject, as the asking person may see it.

    `title` names the subject; `endpoint` is the Flask endpoint of its own page, which takes the
    subject's id as its `argument`. `ended` says that the subject is over: what belongs to it is read
    and no longer changed.
    """

    title: str
    endpoint: str
    argument: str
    phases: tuple[PlanPhase, ...] = ()
    people: tuple[PlanPeople, ...] = ()
    ended: bool = False

    def phase(self, key: str) -> PlanPhase | None:
        """The phase with this key, if the plan has it."""
        return next((phase for phase in self.phases if phase.key == key), None)


class PlanFactsProvider(Protocol):
    """Answers for the subjects of one kind."""

    def __call__(self, actor: Actor, subject_id: UUID, *, held: bool) -> PlanFacts | None:
        """The plan of a subject, or None when there is none that the actor may see.

        When it is held, it is told as it stands now and neither ends nor moves until the transaction ends.
        """


def _nobody(actor: Actor, subject_id: UUID, *, held: bool) -> PlanFacts | None:
    return None


PLAN_FACTS: Question[PlanFactsProvider] = Question("plan_facts", nobody=_nobody)


def plan_facts(actor: Actor, subject: Subject, *, held: bool = False) -> PlanFacts | None:
    """Ask for the plan of a subject; None when nobody has one for this actor.

    Who changes what belongs to the plan asks for one that is `held`.
    """
    return PLAN_FACTS.of(subject.kind)(actor, subject.id, held=held)
