"""What participants know that others ask: who somebody is by her mail address; what waits."""

from collections.abc import Iterator
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from kernel.values import clock
from training.participants import queries
from training.permissions import TrainingPermission


def known_person(address: str) -> UUID | None:
    """The latest participant of an address, unless she has an account: nobody is given two."""
    return queries.person_without_account_at(address)


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For who runs workshops: those that are over, and whose attendance nobody has locked."""
    if not actor.can(TrainingPermission.WORKSHOPS_MANAGE):
        return
    # The day after the last session anywhere; nobody minds being reminded some hours later.
    for workshop_id, title in queries.attendance_to_lock(clock.today("UTC"), MOST):
        text = gettext("Lock the attendance")
        url = url_for("participants.lock", workshop_id=workshop_id)
        yield Waiting("attendance_to_lock", text, url, title, order=30)
