"""What happened to a budget, for whoever wants to know: mail goes out on these."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True)
class BudgetSubmitted(Event):
    """A version waits for an approver."""

    subject_kind: str
    subject_id: UUID
    number: int


@dataclass(frozen=True)
class BudgetDecided(Event):
    """A version was approved or returned; `state` says which, `reason` why it was returned."""

    subject_kind: str
    subject_id: UUID
    number: int
    state: str
    reason: str | None
