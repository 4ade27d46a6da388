"""Keeping up with the dates of missions: whoever is counted on stays in one place a day."""

from collections.abc import Sequence
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.identity.actor import Actor
from kernel.values.periods import Period
from missions.missions import queries as missions
from missions.missions.queries import Mission
from missions.roster import queries
from missions.roster.models import Nomination
from missions.roster.rules import NominationState
from missions.roster.service.nominations import facts
from missions.roster.service.team import days_of


def follow_new_dates(actor: Actor, moved: Sequence[Mission]) -> None:
    """Take people's days anew for missions whose dates have changed.

    Whoever would be in two places goes to the reserve: the earlier claim on her days stands.
    """
    for mission in sorted(moved, key=lambda each: each.id):
        missions.hold(mission.id)  # whoever is being selected waits, and finds the new dates
    days = {mission.id: days_of(mission) for mission in moved}
    placed = [
        (row, name, row.state, facts(row))
        for row, name in queries.placed_in(days.keys())
        if _days(row) != days[row.mission_id]
    ]
    for row, *_ in placed:  # all let go first, or one mission of the move stands in another's way
        row.state, row.starts_on, row.ends_on = NominationState.RESERVE, None, None
    db.session.flush()
    for row, name, state, before in placed:
        kept = _place(row, state, days[row.mission_id])
        _record(actor, "nomination.moved" if kept else "nomination.displaced", row, before, name)


def release(mission_id: UUID) -> None:
    """Let go of everybody counted on by a mission that will not be."""
    for row, name in queries.placed_in([mission_id]):
        before = facts(row)
        row.state, row.starts_on, row.ends_on = NominationState.WITHDRAWN, None, None
        _record(None, "nomination.released", row, before, name)


def _place(row: Nomination, state: str, days: Period | None) -> bool:
    """Take the days for a person again, unless another mission has one of them."""
    if days is None or queries.placed_elsewhere([row.person_id], row.mission_id, days):
        return False
    row.state, row.starts_on, row.ends_on = state, days.start, days.end
    db.session.flush()
    return True


def _record(
    actor: Actor | None, action: str, row: Nomination, before: dict[str, object], name: str
) -> None:
    record(actor, action, row, before=before, after=facts(row), about=row.person_id, label=name)


def _days(row: Nomination) -> Period | None:
    if row.starts_on is None or row.ends_on is None:
        return None
    return Period(row.starts_on, row.ends_on)
