"""What one module may ask another, by way of the kernel.

A question is a Protocol and frozen dataclasses in a file of this package (plan_facts.py is one),
plus one `Question` object. The module that knows the answer registers a provider for its own kind
of subject in its `init_module`; the module that wants to know calls `of(kind)`. Values travel,
rows never do.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

ProviderT = TypeVar("ProviderT")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: the thing of that kind ("mission", "workshop") with that id."""

    kind: str
    id: UUID


class Question(Generic[ProviderT]):
    """One question, answered per kind of subject; a kind nobody answers gets the empty answer."""

    def __init__(self, name: str, *, nobody: ProviderT) -> None:
        self.name = name
        self._nobody = nobody
        self._providers: dict[str, ProviderT] = {}

    def register(self, kind: str, provider: ProviderT) -> None:
        """Name who answers for a kind of subject, e.g. "mission"; the last registration counts."""
        self._providers[kind] = provider

    def of(self, kind: str) -> ProviderT:
        """The provider for a kind of subject, or the one that answers for nobody."""
        return self._providers.get(kind, self._nobody)
