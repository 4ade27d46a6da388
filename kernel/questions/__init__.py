"""What one module may ask another, by way of the kernel.

A question is a Protocol and frozen dataclasses in a file of this package (plan_facts.py is one),
plus one `Question` object. The module that knows the answer registers a provider for its own kind
of subject in its `init_module`; the module that wants to know calls `of(kind)`. Values travel,
rows never do. A module that the network in scope has switched off answers nothing, though it is loaded.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from kernel.tenancy.modules import is_on, module_of

ProviderT = TypeVar("ProviderT")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: the thing of that kind ("mission", "workshop") with that id."""

    kind: str
    id: UUID


class Question(Generic[ProviderT]):
    """One question, answered per kind of subject; a kind nobody answers gets the empty answer.

    A provider belongs to the module it is written in.
    """

    def __init__(self, name: str, *, nobody: ProviderT) -> None:
        self.name = name
        self._nobody = nobody
        self._providers: dict[str, ProviderT] = {}

    def register(self, kind: str, provider: ProviderT) -> None:
        """Name who answers for a kind of subject, e.g. "mission"; the last registration counts."""
        self._providers[kind] = provider

    def of(self, kind: str) -> ProviderT:
        """The provider for a kind of subject, or the one that answers for nobody."""
        found = self._providers.get(kind, self._nobody)
        return found if is_on(module_of(getattr(found, "__module__", ""))) else self._nobody
