"""What an officer sees: who earned a certificate, who has one, and how far a run is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from kernel.audit.keys import PersonCipher, ciphers_of
from kernel.identity.actor import Actor
from kernel.values import clock
from training.certificates import access, queries, rules
from training.certificates.models import Certificate, IssueRun
from training.certificates.queries import Holding
from training.certificates.rules import STANDING, Cause, CertificateState, former_name, is_due
from training.certificates.snapshot import sealed_name
from training.participants.queries import ParticipantStanding, standings_of
from training.workshops.queries import ListedWorkshop, listed_workshop


@dataclass(frozen=True)
class Entry:
    """A participant, what her minutes amount to, and her latest certificate, if she has any.

    `former_name` is the name on a certificate not taken back, where it was corrected since; only the
    register looks for it.
    """

    participant: ParticipantStanding
    certificate: Certificate | None
    former_name: str | None = None

    @property
    def state(self) -> CertificateState | None:
        """The state of her latest certificate."""
        return CertificateState(self.certificate.state) if self.certificate else None

    @property
    def is_due(self) -> bool:
        """Whether the next run issues her one."""
        cause = self.certificate.cause if self.certificate else None
        return not self.participant.is_erased and is_due(
            earned=self.participant.standing.earned,
            latest=self.state,
            cause=Cause(cause) if cause else None,
        )

    @property
    def is_outdated(self) -> bool:
        """Whether her minutes were corrected after the certificate that stands was signed."""
        return (
            self.certificate is not None
            and self.state is CertificateState.ISSUED
            and self.certificate.content["attended"] != self.participant.standing.attended
        )


@dataclass(frozen=True)
class Register:
    """The certificates of a workshop: those who earned or have one, by name, and the last run."""

    workshop: ListedWorkshop
    entries: list[Entry]
    below: int
    run: IssueRun | None

    @property
    def due(self) -> int:
        """How many certificates the next run issues."""
        return sum(entry.is_due for entry in self.entries)

    @property
    def issued(self) -> int:
        """How many certificates stand."""
        return sum(entry.state is CertificateState.ISSUED for entry in self.entries)

    @property
    def is_running(self) -> bool:
        """Whether a run has begun and not ended."""
        return self.run is not None and self.run.finished_at is None

    @property
    def is_stuck(self) -> bool:
        """Whether a run has begun, not ended, and somebody should take it up again."""
        return self.run is not None and is_stuck(self.run)


def register(actor: Actor, workshop_id: UUID) -> Register:
    """The certificates of a workshop, in six queries; raises NotFound, Forbidden."""
    access.require_manage(actor)
    workshop = listed_workshop(workshop_id)
    everybody = entries_of(workshop_id)
    listed = [
        entry for entry in everybody if entry.participant.standing.earned or entry.certificate
    ]
    below, run = len(everybody) - len(listed), queries.latest_run(workshop_id)
    return Register(workshop, _with_former_names(listed), below, run)


def entries_of(workshop_id: UUID) -> list[Entry]:
    """Every participant of a workshop with her latest certificate, by name; raises NotFound."""
    latest = queries.latest_certificates(workshop_id)
    return [Entry(one, latest.get(one.participant_id)) for one in standings_of(workshop_id)]


def certificate(actor: Actor, certificate_id: UUID) -> Holding:
    """One certificate and whose it is, for an officer; raises NotFound, Forbidden."""
    access.require_manage(actor)
    return queries.holding(certificate_id)


def progress(actor: Actor, run_id: UUID) -> IssueRun:
    """How far a run is; raises NotFound, Forbidden."""
    access.require_manage(actor)
    return queries.run_of(run_id)


def is_stuck(run: IssueRun) -> bool:
    """Whether a run is not finished and somebody should take it up again."""
    return run.finished_at is None and rules.is_stuck(run.progressed_at, clock.now())


def _with_former_names(entries: list[Entry]) -> list[Entry]:
    """The entries, with the names that certificates bear and the list no longer does, in one query."""
    ciphers = ciphers_of({one.participant.person_id for one in entries if one.state in STANDING})
    return [replace(one, former_name=_former_name(one, ciphers)) for one in entries]


def _former_name(entry: Entry, ciphers: Mapping[UUID, PersonCipher]) -> str | None:
    cipher = ciphers.get(entry.participant.person_id)
    if entry.certificate is None or entry.state not in STANDING or cipher is None:
        return None
    return former_name(cipher.read(sealed_name(entry.certificate.content)), entry.participant.name)
