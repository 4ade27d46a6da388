"""What is done after the commit: closing at the very moment, and the mails to applicants."""

from uuid import UUID

from kernel.events import subscriber
from kernel.events.people import PersonErased
from kernel.jobs import job
from training.placements import notices, service
from training.placements.service import (
    ApplicationSubmitted,
    VacancyClosed,
    VacancyDrafted,
    VacancyPublished,
)


@job("training.close_vacancy")
def close_vacancy(*, vacancy_id: UUID) -> None:
    """Close a vacancy and decide about its applications."""
    service.close_vacancy(vacancy_id)


@job("training.close_due_vacancies", every="*/15 * * * *")
def close_due_vacancies() -> None:
    """Close what should have closed."""
    service.close_due()


@subscriber(VacancyDrafted, "training.ask_for_approval")
def ask_for_approval(event: VacancyDrafted) -> None:
    """Mail those who may approve the draft."""
    notices.ask_for_approval(event.vacancy_id)


@subscriber(VacancyPublished, "training.schedule_closing")
def schedule_closing(event: VacancyPublished) -> None:
    """Have the vacancy close at the moment it says."""
    close_vacancy.enqueue_at(event.closes_at, vacancy_id=event.vacancy_id)


@subscriber(ApplicationSubmitted, "training.confirm_application")
def confirm_application(event: ApplicationSubmitted) -> None:
    """Mail the applicant that her application arrived."""
    notices.confirm(event.application_id)


@subscriber(PersonErased, "training.erase_applications")
def erase_applications(event: PersonErased) -> None:
    """Forget what she wrote and did not send, and decide nothing about what she sent."""
    service.erase(event.person_id)


@subscriber(VacancyClosed, "training.tell_applicants")
def tell_applicants(event: VacancyClosed) -> None:
    """Mail each applicant the decision with its reasons."""
    notices.tell_decisions(event.vacancy_id)
