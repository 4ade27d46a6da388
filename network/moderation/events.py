"""What happened in moderation, for whoever wants to know after the commit."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class PostFlagged(Event):
    """Somebody reported a post that nobody had reported before."""

    post_id: UUID


@dataclass(frozen=True)
class PostReleased(Event):
    """A moderator let a post be read that waited, or showed again one that was hidden."""

    post_id: UUID
    waited: bool


@dataclass(frozen=True)
class PostHidden(Event):
    """A moderator hid a post."""

    post_id: UUID
