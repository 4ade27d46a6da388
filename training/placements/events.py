"""What happened to vacancies and applications, for whoever wants to know after the commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class VacancyDrafted(Event):
    """A new vacancy waits for somebody to approve it."""

    vacancy_id: UUID


@dataclass(frozen=True)
class VacancyPublished(Event):
    """A vacancy can be applied for until it closes."""

    vacancy_id: UUID
    closes_at: datetime


@dataclass(frozen=True)
class VacancyClosed(Event):
    """The deadline has passed, and every application was decided about."""

    vacancy_id: UUID


@dataclass(frozen=True)
class ApplicationSubmitted(Event):
    """Somebody sent an application."""

    application_id: UUID
