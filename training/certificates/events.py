"""What happened to certificates, for whoever wants to know after the commit."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class CertificatesDue(Event):
    """A run has certificates to issue: it began, or is taken up again."""

    run_id: UUID


@dataclass(frozen=True)
class CertificatesIssued(Event):
    """Some certificates were issued."""

    certificate_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class CertificateChanged(Event):
    """A certificate was suspended, reinstated or revoked."""

    certificate_id: UUID


@dataclass(frozen=True)
class IssueRunFinished(Event):
    """A run has issued every certificate there was to issue."""

    run_id: UUID
