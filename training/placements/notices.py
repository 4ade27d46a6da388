"""The mails: a draft waits for approval, an application arrived, what was decided at closing."""

from typing import Any
from uuid import UUID

from kernel.identity.queries import people_who_can
from kernel.mail import message_id, queue, recipient_of, recipients_of
from kernel.values import clock
from training.permissions import TrainingPermission
from training.placements import queries, service, words
from training.placements.queries import Vacancy


def ask_for_approval(vacancy_id: UUID) -> None:
    """Queue a mail to everybody who may approve a new draft, but not to whoever drafted it."""
    vacancy = queries.vacancy_to_mail(vacancy_id)
    author = recipient_of(vacancy.drafted_by)
    approvers = people_who_can(TrainingPermission.VACANCIES_APPROVE, clock.now())
    others = [person for person in approvers if person != vacancy.drafted_by]
    for recipient in recipients_of(others).values():
        context = {"vacancy": vacancy, "drafted_by": author.name if author else None}
        queue(recipient, "vacancy_drafted", context)


def confirm(application_id: UUID) -> None:
    """Queue the confirmation of an application that was sent."""
    found = queries.application_with_vacancy(application_id)
    recipient = recipient_of(found.application.person_id)
    if recipient is not None:
        context = _context(service.sent_of(found.application), found.vacancy)
        queue(recipient, "application_received", context)


def tell_decisions(vacancy_id: UUID) -> None:
    """Queue the decision to each applicant, once, with the answer of every rule."""
    found = queries.decided_for(vacancy_id)
    recipients = recipients_of([each.application.person_id for each in found])
    kept = service.all_sent([each.application for each in found])
    for each, sent in zip(found, kept, strict=True):
        recipient = recipients.get(each.application.person_id)
        if recipient is not None:
            queue(
                recipient,
                "application_decided",
                _context(sent, each.vacancy),
                message_id=message_id("placement-decision", str(each.application.id)),
            )


def _context(sent: service.Sent, vacancy: Vacancy) -> dict[str, Any]:
    return {
        "application": sent.application,
        "vacancy": vacancy,
        "sent": sent,
        "words": words,
    }
