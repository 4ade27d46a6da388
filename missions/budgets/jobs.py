"""Mail about budgets: approvers learn what waits for them, authors what became of it."""

from collections.abc import Iterable
from uuid import UUID

from kernel import mail
from kernel.events import subscriber
from kernel.identity.queries import people_who_can
from kernel.questions import Subject
from kernel.values import clock
from missions.budgets import queries
from missions.budgets.rules.versions import State
from missions.budgets.service.events import BudgetDecided, BudgetSubmitted
from missions.permissions import MissionsPermission


@subscriber(BudgetSubmitted, "missions.budget_submitted")
def tell_approvers(event: BudgetSubmitted) -> None:
    """Ask everybody who may approve, but not whoever submitted."""
    version = queries.version(Subject(event.subject_kind, event.subject_id), event.number)
    approvers = people_who_can(MissionsPermission.BUDGET_APPROVE, clock.now())
    others = [person for person in approvers if person != version.submitted_by]
    _tell(others, "budget_submitted", event, submitted_by=version.submitted_by_name)


@subscriber(BudgetDecided, "missions.budget_decided")
def tell_author(event: BudgetDecided) -> None:
    """Tell whoever submitted it that a version was approved or returned, and why."""
    version = queries.version(Subject(event.subject_kind, event.subject_id), event.number)
    template = "budget_approved" if event.state == State.APPROVED else "budget_returned"
    authors = [version.submitted_by] if version.submitted_by else []
    _tell(authors, template, event, decided_by=version.decided_by_name, reason=event.reason)


def _tell(
    people: Iterable[UUID], template: str, event: BudgetSubmitted | BudgetDecided, **words: object
) -> None:
    """Write to each person who has an account, once for this event's job."""
    context = {"mission_id": event.subject_id, "number": event.number, **words}
    for recipient in mail.recipients_of(list(people)).values():
        mail.queue(recipient, template, context)
