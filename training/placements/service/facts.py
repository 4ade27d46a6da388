"""The facts the rules ask for, read from the records at one moment."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from training.participants import queries as participants
from training.placements import queries
from training.placements.models import Vacancy
from training.placements.rules.eligibility import (
    EventAttended,
    Facts,
    Kind,
    Rule,
    Verdict,
    check,
    read_rules,
)
from training.placements.rules.statements import Statements
from training.workshops import queries as workshops


def rules_of(vacancy: Vacancy) -> tuple[Rule, ...]:
    """The rules of a vacancy; raises UnreadableRules rather than leaving one out."""
    return read_rules(vacancy.rules_version, vacancy.rules)


def unlocked_events(rules: tuple[Rule, ...]) -> frozenset[str]:
    """Those of the listed events whose attendance is not final yet."""
    listed = {event for rule in rules if rule.kind is Kind.TOOK_PART for event in rule.events}
    if not listed:
        return frozenset()
    final = {str(each.id) for each in workshops.list_workshops() if each.locked}
    return frozenset(listed - final)


def verdicts_on(
    vacancy: Vacancy, person_id: UUID, statements: Statements, now: datetime
) -> tuple[Verdict, ...]:
    """Each rule of a vacancy answered for one person on the facts of this moment."""
    return verdicts_on_all(vacancy, {person_id: statements}, now)[person_id]


def verdicts_on_all(
    vacancy: Vacancy, said: Mapping[UUID, Statements], now: datetime
) -> dict[UUID, tuple[Verdict, ...]]:
    """Each rule of a vacancy answered for many people, on what each said and the records of this moment.

    Raises UnreadableRules.
    """
    rules = rules_of(vacancy)
    unlocked = unlocked_events(rules)
    employers, attended = queries.employers_of(said, now), participants.attended_by(said)
    return {
        person_id: check(
            rules,
            Facts(
                employer=employers.get(person_id),
                events=tuple(
                    EventAttended(each.event, each.title, each.minutes, each.locked, each.held)
                    for each in attended.get(person_id, ())
                ),
                unlocked_events=unlocked,
                statements=statements,
            ),
        )
        for person_id, statements in said.items()
    }
