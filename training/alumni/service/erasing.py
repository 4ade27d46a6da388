"""Forgetting an alumna or alumnus who was erased."""

from uuid import UUID

from sqlalchemy import delete

from kernel.audit import record
from kernel.db import db
from training.alumni import queries
from training.alumni.models import Availability, Consent
from training.alumni.rules import RecordState


def erase(person_id: UUID) -> None:
    """Close a person's record for good and remove what she stated and allowed; again changes nothing.

    What the organisers attest stays as a count of minutes without a name.
    """
    for table in (Availability, Consent):
        db.session.execute(delete(table).where(table.person_id == person_id))
    found = queries.record_to_change(person_id)
    if found is None or found.state == RecordState.ERASED:
        return
    before, found.state = found.state, RecordState.ERASED
    # About nobody: a key is not made anew for somebody whose key was destroyed.
    record(
        None,
        "alumni_record.erased",
        found,
        before={"state": before},
        after={"state": found.state},
        label="",
    )
