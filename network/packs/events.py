"""What happened with packs, for whoever wants to know after the commit."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class PackAsked(Event):
    """Somebody asked for a pack."""

    pack_id: UUID
