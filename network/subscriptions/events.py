"""What happened to mails, for whoever wants to know after the commit."""

from dataclasses import dataclass
from datetime import datetime

from kernel.events import Event


@dataclass(frozen=True)
class MailHeld(Event):
    """Posts wait for people until then."""

    release_at: datetime
