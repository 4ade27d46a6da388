"""What happened in the library, for whoever wants to know after the commit."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class RenditionAdded(Event):
    """A file was added to a version."""

    rendition_id: UUID


@dataclass(frozen=True)
class VersionSubmitted(Event):
    """A version waits for its review."""

    version_id: UUID


@dataclass(frozen=True)
class VersionDecided(Event):
    """A version was published, or returned to its author."""

    version_id: UUID
