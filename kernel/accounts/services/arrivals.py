"""What a module does when somebody accepts an invitation to a personal role of its."""

from typing import Protocol
from uuid import UUID


class Arrival(Protocol):
    """Acts in the transaction of the acceptance."""

    def __call__(self, invitation_id: UUID, person_id: UUID) -> None:
        """Let the person in whom an invitation turned out to be for."""


_arrivals: dict[str, Arrival] = {}


def on_arrival(role: str, act: Arrival) -> None:
    """Act whenever an invitation to this personal role is accepted."""
    _arrivals[role] = act


def arrived(role: str, invitation_id: UUID, person_id: UUID) -> None:
    """Tell the module whose role it is."""
    act = _arrivals.get(role)
    if act is not None:
        act(invitation_id, person_id)
