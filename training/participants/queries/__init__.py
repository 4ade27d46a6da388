"""Finding participants and what their attendance amounts to."""

from training.participants.models import Participant as Participant
from training.participants.queries.minutes import agenda_of as agenda_of
from training.participants.queries.minutes import minutes_by_participant as minutes_by_participant
from training.participants.queries.minutes import minutes_of as minutes_of
from training.participants.queries.minutes import minutes_on_record as minutes_on_record
from training.participants.queries.minutes import most_minutes as most_minutes
from training.participants.queries.people import member_embs as member_embs
from training.participants.queries.people import organisation_name as organisation_name
from training.participants.queries.people import people_at as people_at
from training.participants.queries.people import people_without_account as people_without_account
from training.participants.queries.people import (
    person_without_account_at as person_without_account_at,
)
from training.participants.queries.registered import participant_of as participant_of
from training.participants.queries.registered import participants_of as participants_of
from training.participants.queries.registered import registered_as as registered_as
from training.participants.queries.registered import registered_at as registered_at
from training.participants.queries.registered import registrations_of as registrations_of
from training.participants.queries.registered import workshop_to_change as workshop_to_change
from training.participants.queries.standings import Attendances as Attendances
from training.participants.queries.standings import ParticipantStanding as ParticipantStanding
from training.participants.queries.standings import attendance_to_lock as attendance_to_lock
from training.participants.queries.standings import attendances_of as attendances_of
from training.participants.queries.standings import attended_by as attended_by
from training.participants.queries.standings import is_locked as is_locked
from training.participants.queries.standings import standings_in as standings_in
from training.participants.queries.standings import standings_of as standings_of
from training.participants.rules import EventAttended as EventAttended
from training.participants.rules import Result as Result
from training.participants.rules import ScheduledSession as ScheduledSession
from training.participants.rules import Standing as Standing
