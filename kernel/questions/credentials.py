"""Who is trained in what, and free when: asked by whoever looks for people, e.g. missions/roster.

Answered by the module that attests training (training/alumni/answers.py), and only about people who
agreed to be found for the asker's purpose. Where nobody answers there is nobody to be found.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from kernel.identity.actor import Actor
from kernel.questions import Question
from kernel.values.partial_dates import PartialDate
from kernel.values.periods import Period

MOST: Final = 100
"""How many people an answer names at most; who looks for fewer asks more narrowly."""


class Purpose(StrEnum):
    """What people agree to be found for, each purpose by itself."""

    MISSIONS = "missions"


@dataclass(frozen=True, slots=True)
class TrainedIn:
    """A workshop somebody took part in, as its organiser attests.

    `minutes` were attended of `scheduled`; `earned_certificate` tells whether that reached the
    workshop's threshold.
    """

    programme: str
    title: str
    country: str
    held: PartialDate
    minutes: int
    scheduled: int
    earned_certificate: bool


@dataclass(frozen=True, slots=True)
class Trained:
    """Somebody with training, the latest workshop first.

    `gender` is female, male, other or not_declared. `countries` (ISO 3166-1) are all those she is known
    to come from or work for. `free` are the days she says she could go, by date; empty means that she
    has not said.
    """

    person_id: UUID
    name: str
    gender: str
    countries: tuple[str, ...]
    organisation: str | None
    language: str | None
    workshops: tuple[TrainedIn, ...]
    free: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom one looks for; what is left empty does not narrow.

    `text` is in a name, an organisation or the title of a workshop; `programme` is its short name.
    `free_during` asks for every one of these days; `not_from` leaves out people of a country;
    `person_ids` asks about these people only; `held` lets none of them withdraw what they agreed to before
    the asker's transaction has ended.
    """

    purpose: Purpose
    text: str = ""
    programme: str | None = None
    free_during: Period | None = None
    not_from: str | None = None
    person_ids: tuple[UUID, ...] | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """An answer: people by name, `MOST` at most; `more` when that left some out.

    `programmes` are those one may narrow by. `answered` is false where nobody keeps such records.
    """

    people: tuple[Trained, ...] = ()
    more: bool = False
    programmes: tuple[str, ...] = ()
    answered: bool = False


class CredentialsProvider(Protocol):
    """Answers for people."""

    def __call__(self, actor: Actor, wanted: Wanted) -> Credentials:
        """The people found; whoever asks has made sure that the actor may look for the purpose."""


def _nobody(actor: Actor, wanted: Wanted) -> Credentials:
    return Credentials()


CREDENTIALS: Question[CredentialsProvider] = Question("credentials", nobody=_nobody)

PERSON: Final = "person"
"""The kind of subject that answers are about."""


def credentials(actor: Actor, wanted: Wanted) -> Credentials:
    """Ask who is trained and free; nobody is where nobody answers."""
    return CREDENTIALS.of(PERSON)(actor, wanted)
