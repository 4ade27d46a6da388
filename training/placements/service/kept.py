"""What applications keep, sealed under the applicant's key: it is unreadable once she was erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.audit.keys import ciphers_for, ciphers_of
from kernel.audit.sealed import sealed, unsealed
from training.placements.models import Application
from training.placements.rules.eligibility import Eligibility, Verdict, decide
from training.placements.rules.statements import Statements


@dataclass(frozen=True)
class Checked:
    """The verdicts on one person, and what they say together."""

    verdicts: tuple[Verdict, ...]

    @property
    def eligibility(self) -> Eligibility:
        """What the verdicts say together."""
        return decide(self.verdicts)

    def as_data(self) -> list[dict[str, Any]]:
        """The verdicts as they are stored."""
        return [verdict.as_data() for verdict in self.verdicts]


@dataclass(frozen=True)
class Sent:
    """An application as it was sent, with the verdicts shown then and those at closing.

    Without statements it is that of somebody who was erased.
    """

    application: Application
    statements: Statements | None
    advice: Checked | None
    decision: Checked | None


def sealed_for(person_id: UUID, value: Any) -> dict[str, Any]:
    """A value of plain JSON as an application of this person keeps it."""
    return sealed_for_each({person_id: value})[person_id]


def sealed_for_each(values: Mapping[UUID, Any]) -> dict[UUID, dict[str, Any]]:
    """Values of plain JSON by person, as their applications keep them."""
    ciphers = ciphers_for(set(values))
    return {person_id: sealed(ciphers[person_id], value) for person_id, value in values.items()}


def sent_of(application: Application) -> Sent:
    """An application with its verdicts, as they were kept."""
    return all_sent([application])[0]


def all_sent(applications: Sequence[Application]) -> list[Sent]:
    """Several applications with their verdicts, in one query for the keys of all."""
    ciphers = ciphers_of({one.person_id for one in applications})
    found = []
    for one in applications:
        cipher = ciphers.get(one.person_id)
        said = unsealed(cipher, one.submission)
        found.append(
            Sent(
                one,
                None if said is None else Statements.from_data(said),
                _checked(unsealed(cipher, one.advice)),
                _checked(unsealed(cipher, one.decision)),
            )
        )
    return found


def _checked(verdicts: Sequence[dict[str, Any]] | None) -> Checked | None:
    if verdicts is None:
        return None
    return Checked(tuple(Verdict.from_data(verdict) for verdict in verdicts))
