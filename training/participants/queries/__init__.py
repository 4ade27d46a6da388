"""Finding participants and what their attendance amounts to."""

from training.participants.models import Participant
from training.participants.queries.minutes import (
    agenda_of,
    minutes_by_participant,
    minutes_of,
    minutes_on_record,
    most_minutes,
)
from training.participants.queries.people import (
    member_embs,
    organisation_name,
    people_at,
    people_without_account,
    person_without_account_at,
)
from training.participants.queries.registered import (
    participant_of,
    participants_of,
    registered_as,
    registered_at,
    registrations_of,
    workshop_to_change,
)
from training.participants.queries.standings import (
    Attendances,
    ParticipantStanding,
    attendance_of,
    attendance_to_lock,
    attendances_of,
    is_locked,
    standings_in,
    standings_of,
)
from training.participants.rules import EventAttended, Result, ScheduledSession, Standing

__all__ = [
    "Attendances",
    "EventAttended",
    "Participant",
    "ParticipantStanding",
    "Result",
    "ScheduledSession",
    "Standing",
    "agenda_of",
    "attendance_of",
    "attendance_to_lock",
    "attendances_of",
    "is_locked",
    "member_embs",
    "minutes_by_participant",
    "minutes_of",
    "minutes_on_record",
    "most_minutes",
    "organisation_name",
    "participant_of",
    "participants_of",
    "people_at",
    "people_without_account",
    "person_without_account_at",
    "registered_as",
    "registered_at",
    "registrations_of",
    "standings_in",
    "standings_of",
    "workshop_to_change",
]
