"""Forgetting an applicant who was erased: what she sent is unreadable with her key."""

from uuid import UUID

from kernel.audit import record
from kernel.db import db
from training.placements import queries
from training.placements.models import Application
from training.placements.rules.vacancies import ApplicationState


def erase(person_id: UUID) -> None:
    """Throw a person's drafts away and withdraw what waits for a decision; again changes nothing."""
    for row in queries.undecided_of(person_id):
        if row.state == ApplicationState.DRAFT:
            # About nobody: a key is not made anew for somebody whose key was destroyed.
            record(None, "application.discarded", row, label="")
            db.session.delete(row)
        else:
            withdraw_erased(row)


def withdraw_erased(application: Application) -> None:
    """Take what was sent out of the running: there is nothing left to decide on."""
    application.state = ApplicationState.WITHDRAWN
    record(
        None,
        "application.withdrawn",
        application,
        before={"state": ApplicationState.SUBMITTED},
        after={"state": application.state},
        label="",
    )
