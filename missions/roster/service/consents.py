"""Keeping up with what people agree to: whoever no longer wants to be found is not silently kept."""

from uuid import UUID

from kernel.audit import record
from kernel.values import clock
from missions.roster import queries
from missions.roster.service.nominations import facts


def follow_consent(person_id: UUID, *, given: bool) -> None:
    """Mark a person's nominations that have not ended, or unmark them; again changes nothing.

    The planner decides what becomes of them: her place on a mission is not taken from her.
    """
    for row in queries.live_nominations_of(person_id, also_removed=True):
        if given == (row.consent_withdrawn_at is None):
            continue
        before = facts(row)
        row.consent_withdrawn_at = None if given else clock.now()
        action = "nomination.consent_given" if given else "nomination.consent_withdrawn"
        told = (before, facts(row))
        record(None, action, row, *told, about=person_id, label=queries.person_name(row.person_id))
