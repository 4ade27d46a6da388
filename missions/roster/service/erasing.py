"""Forgetting somebody nominated who was erased: her credentials are unreadable with her key."""

from uuid import UUID

from kernel.audit import record
from missions.roster import queries
from missions.roster.rules import NominationState
from missions.roster.service.nominations import facts


def erase(person_id: UUID) -> None:
    """Withdraw a person from every mission and let her days go; again changes nothing."""
    for row in queries.live_nominations_of(person_id):
        before = facts(row)
        row.state, row.starts_on, row.ends_on = NominationState.WITHDRAWN, None, None
        # About nobody: a key is not made anew for somebody whose key was destroyed.
        record(None, "nomination.withdrawn", row, before=before, after=facts(row), label="")
