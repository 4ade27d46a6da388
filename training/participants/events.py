"""What happened to the attendance of a workshop, for whoever wants to know after the commit."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class AttendanceLocked(Event):
    """The attendance of a workshop is final: its participations are recorded."""

    workshop_id: UUID


@dataclass(frozen=True)
class AttendanceCorrected(Event):
    """Locked minutes of one participant were corrected; her participation is recorded anew."""

    workshop_id: UUID
    participant_id: UUID


@dataclass(frozen=True)
class ParticipantsErased(Event):
    """What lists of participants said of a person is gone, and nothing new is made of it."""

    person_id: UUID
