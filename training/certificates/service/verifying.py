"""What anybody may learn from a code: which event, since when, whether it stands. Never whose it is."""

from dataclasses import dataclass
from datetime import datetime

from training.certificates import queries
from training.certificates.rules import CertificateState, grouped, read_code
from training.certificates.snapshot import Event, event_of


@dataclass(frozen=True)
class Verification:
    """The answer to a code. Without a state there is no certificate of this code in the network.

    `code` is the one asked for, as it would be printed; `since` is when the certificate got its state.
    """

    code: str
    state: CertificateState | None = None
    since: datetime | None = None
    event: Event | None = None

    @property
    def exists(self) -> bool:
        """Whether there is a certificate of this code."""
        return self.state is not None

    @property
    def stands(self) -> bool:
        """Whether the certificate is worth what it says."""
        return self.state is CertificateState.ISSUED


def verify(typed: str) -> Verification:
    """What a code stands for, in whatever way it was typed; one query whether or not it exists.

    Not even the name's cipher text leaves this function.
    """
    code = read_code(typed)
    row = queries.by_code(code)
    if row is None:
        return Verification(grouped(code))
    return Verification(
        grouped(code), CertificateState(row.state), row.state_since, event_of(row.content)
    )


def printed(typed: str) -> str:
    """A code as it would be printed, however it was typed; nothing for what holds no letter or digit."""
    return grouped(read_code(typed))
