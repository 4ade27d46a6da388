"""What happened in topics, for whoever wants to know after the commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class PostWritten(Event):
    """A post was added to a topic; the first one opened it."""

    post_id: UUID


@dataclass(frozen=True)
class PostsShownAgain(Event):
    """Posts that had been told of and were hidden since a moment can be read again."""

    post_ids: list[UUID]
    hidden_at: datetime


@dataclass(frozen=True)
class PostHeld(Event):
    """A post was written that waits for a moderator."""

    post_id: UUID


@dataclass(frozen=True)
class PostChanged(Event):
    """A post says something else than before."""

    post_id: UUID
