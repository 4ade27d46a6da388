"""The mails to applicants: that an application arrived, and what was decided at closing."""

from typing import Any
from uuid import UUID

from kernel.mail import message_id, queue, recipient_of, recipients_of
from training.placements import queries, service, words
from training.placements.queries import Application, Vacancy


def confirm(application_id: UUID) -> None:
    """Queue the confirmation of an application that was sent."""
    found = queries.application_with_vacancy(application_id)
    recipient = recipient_of(found.application.person_id)
    if recipient is not None:
        context = _context(found.application, found.vacancy)
        queue(recipient, "application_received", context)


def tell_decisions(vacancy_id: UUID) -> None:
    """Queue the decision to each applicant, once, with the answer of every rule."""
    found = queries.decided_for(vacancy_id)
    recipients = recipients_of([each.application.person_id for each in found])
    for each in found:
        recipient = recipients.get(each.application.person_id)
        if recipient is not None:
            queue(
                recipient,
                "application_decided",
                _context(each.application, each.vacancy),
                message_id=message_id("placement-decision", str(each.application.id)),
            )


def _context(application: Application, vacancy: Vacancy) -> dict[str, Any]:
    return {
        "application": application,
        "vacancy": vacancy,
        "sent": service.sent_of(application),
        "words": words,
    }
