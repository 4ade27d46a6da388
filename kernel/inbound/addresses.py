"""What the local parts of our addresses stand for: each module registers its kinds and handles their mails."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kernel.errors import DomainError
from kernel.inbound.parsing import ParsedMail
from kernel.mail.letters import Recipient

Resolve = Callable[[str], UUID | None]
"""What a local part (in lower case) stands for in the network in scope, or None."""
Handle = Callable[[UUID, ParsedMail], None]
"""Do what a mail asks for. Raises Ignored or SentBack where that is not to be done."""


class Ignored(Exception):
    """A mail that nothing is done with and nobody is told of; `reason` is a short word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SentBack(Exception):
    """A mail that is refused; who sent it is known and told why.

    `place` is what she knows the address by, to tell it from others the same mail came to.
    """

    def __init__(self, to: Recipient, error: DomainError, *, place: str | None = None) -> None:
        super().__init__(error.code)
        self.to = to
        self.error = error
        self.place = place


@dataclass(frozen=True)
class Addresses:
    """A kind of address. `from_machines`: its mails are not people's, and none is answered."""

    kind: str
    resolve: Resolve
    handle: Handle
    from_machines: bool = False


_known: dict[str, Addresses] = {}


def register_addresses(addresses: Addresses) -> None:
    """Make a kind of address known; a later one of the same kind takes its place."""
    _known[addresses.kind] = addresses


def addresses_of(kind: str) -> Addresses:
    """The kind of a name. Raises KeyError for one that no module registered."""
    return _known[kind]


def resolve(local_part: str) -> tuple[str, UUID] | None:
    """The kind and the target of a local part in the network in scope; None for an unknown one."""
    for addresses in _known.values():
        target = addresses.resolve(local_part)
        if target is not None:
            return addresses.kind, target
    return None
