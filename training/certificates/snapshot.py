"""What a certificate says, kept as it was signed."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from kernel.values.partial_dates import PartialDate
from training.certificates.rules import grouped

SEALED: Final = "sealed"
"""A name stands as {"sealed": token} under its person's key, so that erasure can make it unreadable."""


@dataclass(frozen=True)
class Signed:
    """Everything on a certificate: whose it is, for what, and by whom. `language` is its holder's."""

    name: str
    language: str
    programme: str
    workshop: str
    city: str
    country: str
    held: PartialDate
    attended: int
    scheduled: int
    organiser: str
    issued_on: date
    code: str
    verify_url: str

    @property
    def printed_code(self) -> str:
        """The code as it stands on the page."""
        return grouped(self.code)

    def kept(self, seal: Callable[[str], str]) -> dict[str, Any]:
        """The certificate as JSON keeps it, the name sealed."""
        return asdict(self) | {
            "name": {SEALED: seal(self.name)},
            "held": str(self.held),
            "issued_on": self.issued_on.isoformat(),
        }


@dataclass(frozen=True)
class Event:
    """What a certificate is for: all of it that anybody may know."""

    programme: str
    workshop: str
    city: str
    country: str
    held: PartialDate
    organiser: str
    issued_on: date


def event_of(content: Mapping[str, Any]) -> Event:
    """What a kept certificate is for; the name is not even opened."""
    return Event(
        programme=content["programme"],
        workshop=content["workshop"],
        city=content["city"],
        country=content["country"],
        held=PartialDate.parse(content["held"]),
        organiser=content["organiser"],
        issued_on=date.fromisoformat(content["issued_on"]),
    )


def sealed_name(content: Mapping[str, Any]) -> str:
    """The name on a kept certificate, as it is sealed."""
    return str(content["name"][SEALED])
