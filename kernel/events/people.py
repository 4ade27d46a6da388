"""What happened to people and where they belong, for whoever keeps something of theirs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.events.bus import Event


@dataclass(frozen=True)
class AffiliationEnded(Event):
    """A person left an organisation: what was hers for it ends for good, also if she comes back."""

    person_id: UUID
    organisation_id: UUID
    ended_at: datetime


@dataclass(frozen=True)
class PersonChanged(Event):
    """A person has another name, or came to an organisation."""

    person_id: UUID


@dataclass(frozen=True)
class PersonErased(Event):
    """A person asked to be forgotten and was: whoever keeps something of hers forgets it too."""

    person_id: UUID


@dataclass(frozen=True)
class RoleChanged(Event):
    """Somebody was given a role in an organisation, or it was taken back."""

    person_id: UUID
    organisation_id: UUID
    role: str


@dataclass(frozen=True)
class FunctionChanged(Event):
    """Somebody else holds a function at an organisation, or nobody does any more."""

    organisation_id: UUID
    function: str


@dataclass(frozen=True)
class MailSuspended(Event):
    """Mails to a person came back, and none is sent to her until she confirms her address."""

    person_id: UUID
    account_id: UUID


@dataclass(frozen=True)
class ConsentChanged(Event):
    """A person allows to be found for a purpose (see `kernel.questions.credentials`), or no longer does."""

    person_id: UUID
    purpose: str
    given: bool
