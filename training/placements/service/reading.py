"""Vacancies and applications as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import NotFound
from kernel.identity.actor import Actor
from training.permissions import TrainingPermission
from training.placements import access, queries
from training.placements.models import Application, Vacancy
from training.placements.queries import Count
from training.placements.rules.eligibility import Eligibility, Kind, Rule
from training.placements.rules.vacancies import (
    EDITABLE,
    ApplicationState,
    VacancyState,
)
from training.placements.service.applications import is_open
from training.placements.service.eligibility import advice_for
from training.placements.service.facts import rules_of
from training.placements.service.kept import Checked, Sent, all_sent, sent_of
from training.placements.words import GENDERS
from training.workshops import queries as workshops
from training.workshops.queries import ListedWorkshop


@dataclass(frozen=True)
class Dossier:
    """A vacancy for its page: its rules, the reader's application and advice, and what she may do.

    `events` are the listed events by their id. `advice` is None where it would advise nobody: before
    publishing, after closing, and once the application was sent.
    """

    vacancy: Vacancy
    rules: tuple[Rule, ...]
    events: Mapping[str, ListedWorkshop]
    application: Application | None
    advice: Checked | None
    is_open: bool
    may_manage: bool
    may_edit: bool
    may_approve: bool


@dataclass(frozen=True)
class Received:
    """An application for the officer: what was sent, and by whom."""

    vacancy: Vacancy
    name: str
    sent: Sent


@dataclass(frozen=True)
class Tally:
    """How many applications were sent for a vacancy, and what was decided about them.

    `total` leaves out those that were withdrawn.
    """

    total: int
    withdrawn: int
    decided: Mapping[Eligibility, int]

    @classmethod
    def of(cls, counts: Sequence[Count]) -> "Tally":
        """Add up what was counted."""
        gone = [each for each in counts if each.state is ApplicationState.WITHDRAWN]
        withdrawn = sum(each.number for each in gone)
        decided = {
            answer: sum(each.number for each in counts if each.eligibility is answer)
            for answer in Eligibility
        }
        return cls(sum(each.number for each in counts) - withdrawn, withdrawn, decided)


@dataclass(frozen=True)
class Tallies:
    """The counts of a vacancy's applications: of everybody, and of each gender."""

    everybody: Tally
    by_gender: Mapping[str, Tally]


def dossier(actor: Actor, vacancy_id: UUID) -> Dossier:
    """One vacancy for its page; raises NotFound."""
    vacancy = queries.vacancy_of(actor, vacancy_id)
    application = queries.live_application(vacancy_id, actor.person_id)
    rules = rules_of(vacancy)
    open_now = is_open(vacancy)
    writing = application is None or application.state == ApplicationState.DRAFT
    may_manage = access.can_manage(actor)
    state = VacancyState(vacancy.state)
    return Dossier(
        vacancy=vacancy,
        rules=rules,
        events=listed_events(rules),
        application=application,
        advice=advice_for(actor, vacancy, application) if open_now and writing else None,
        is_open=open_now,
        may_manage=may_manage,
        may_edit=may_manage and state in EDITABLE,
        may_approve=state is VacancyState.DRAFT
        and access.can_approve(actor, (vacancy.drafted_by, vacancy.edited_by)),
    )


def listed_events(rules: tuple[Rule, ...]) -> Mapping[str, ListedWorkshop]:
    """The workshops that rules of taking part list, by id."""
    listed = {event for rule in rules if rule.kind is Kind.TOOK_PART for event in rule.events}
    if not listed:
        return {}
    return {str(each.id): each for each in workshops.list_workshops() if str(each.id) in listed}


def own(actor: Actor, application_id: UUID) -> tuple[Vacancy, Sent]:
    """One of one's own applications, with its vacancy; raises NotFound."""
    found = queries.own_application(actor.person_id, application_id)
    return found.vacancy, sent_of(found.application)


def received(actor: Actor, vacancy_id: UUID, application_id: UUID) -> Received:
    """An application that was sent for a vacancy; raises NotFound, and Forbidden for who does not manage it."""
    vacancy = _managed(actor, vacancy_id)
    found = queries.received_application(vacancy_id, application_id)
    return Received(vacancy, found.name, sent_of(found.application))


def received_list(
    actor: Actor, vacancy_id: UUID, page: int
) -> tuple[Vacancy, Sequence[Received], Tallies]:
    """One page of what was sent for a vacancy, and the counts of all; raises NotFound and Forbidden."""
    vacancy = _managed(actor, vacancy_id)
    rows = queries.received(vacancy_id, page)
    sent = all_sent([row.application for row in rows])
    found = [Received(vacancy, row.name, one) for row, one in zip(rows, sent, strict=True)]
    return vacancy, found, _tallies(vacancy_id)


def _tallies(vacancy_id: UUID) -> Tallies:
    counts = queries.counts_of(vacancy_id)
    return Tallies(
        Tally.of(counts),
        {gender: Tally.of([c for c in counts if c.gender == gender]) for gender in GENDERS},
    )


def _managed(actor: Actor, vacancy_id: UUID) -> Vacancy:
    actor.require(TrainingPermission.VACANCIES_MANAGE)
    vacancy = queries.vacancy_of(actor, vacancy_id)
    if VacancyState(vacancy.state) in EDITABLE:
        raise NotFound  # nobody can have applied yet
    return vacancy
