"""What happened to a plan, for whoever wants to know: mail goes out on it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class PollingDayMoved(Event):
    """The polling day of a mission is another one now; `moved_by` is a person."""

    mission_id: UUID
    before: date
    after: date
    moved_by: UUID
