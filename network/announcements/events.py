"""What happened to announcements, for whoever acts after the commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class AnnouncementScheduled(Event):
    """An announcement is to be sent at a moment."""

    announcement_id: UUID
    scheduled_for: datetime


@dataclass(frozen=True)
class AnnouncementSent(Event):
    """The audience of an announcement is fixed: it can be told."""

    announcement_id: UUID
