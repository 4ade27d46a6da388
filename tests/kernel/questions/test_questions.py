from uuid import UUID, uuid4

import pytest

from kernel.identity.actor import Actor
from kernel.questions import Question, Subject
from kernel.questions.plan_facts import PLAN_FACTS, PlanFacts, plan_facts

ACTOR = Actor(1, uuid4(), uuid4(), "Fictional Person")
SUBJECT = uuid4()


@pytest.fixture(autouse=True)
def _own_providers(monkeypatch):
    """Providers registered here are gone after the test."""
    monkeypatch.setattr(PLAN_FACTS, "_providers", {})


def test_a_kind_nobody_answers_for_gets_the_empty_answer():
    assert plan_facts(ACTOR, Subject("mission", SUBJECT)) is None


def test_the_provider_of_the_kind_answers():
    def missions(actor: Actor, subject_id: UUID, *, held: bool) -> PlanFacts | None:
        return (
            PlanFacts("Observation", "missions.show", "mission_id")
            if subject_id == SUBJECT
            else None
        )

    PLAN_FACTS.register("mission", missions)
    found = plan_facts(ACTOR, Subject("mission", SUBJECT))
    assert found is not None
    assert found.title == "Observation"
    assert plan_facts(ACTOR, Subject("mission", uuid4())) is None
    assert plan_facts(ACTOR, Subject("workshop", SUBJECT)) is None


def test_registering_again_replaces_the_provider():
    question: Question[str] = Question("colour", nobody="none")
    question.register("mission", "red")
    question.register("mission", "green")
    assert (question.of("mission"), question.of("workshop")) == ("green", "none")
