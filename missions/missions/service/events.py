"""What happened to a mission, for whoever wants to know."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class MissionEnded(Event):
    """A mission was cancelled or downsized: it will not take place as planned."""

    mission_id: UUID
