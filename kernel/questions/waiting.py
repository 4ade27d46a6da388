"""What waits for a person: each feature tells what it wants of her now, and where she does it.

Answered by every feature that people act in, from its own `answers.py`; asked by the home page and by
the API. A provider answers from one or two statements, and without any for a person it has nothing for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from kernel.identity.actor import Actor
from kernel.tenancy.modules import is_on

MOST: Final = 50
"""How many things a provider names at most, the most urgent ones: nobody acts on more from a list."""
SOON: Final = timedelta(days=7)
"""From how long before it is due a thing goes before all that has more time, or none set."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person.

    `kind` names the sort of thing for programs, `text` says in her language what to do, `about` is the
    name of what it is about as somebody wrote it. `url` is where she does it. `count` tells how many
    things one line stands for. Of two that are due alike, the lower `order` goes first.
    """

    kind: str
    text: str
    url: str
    about: str = ""
    due: datetime | None = None
    count: int | None = None
    order: int = 50


@dataclass(frozen=True, slots=True)
class WaitingIn:
    """What waits in one module, the most urgent first."""

    module: str
    items: tuple[Waiting, ...]


class WaitingProvider(Protocol):
    """Tells what waits for a person in one feature, `MOST` things at most."""

    def __call__(self, actor: Actor) -> Iterable[Waiting]:
        """Everything she can act on now; nothing that she may not see or do."""


_PROVIDERS: Final[dict[WaitingProvider, str]] = {}


def register_waiting(provider: WaitingProvider, *, module: str) -> None:
    """Have a feature asked what waits; `module` is the section of the menu it belongs to."""
    _PROVIDERS[provider] = module


def waiting_for(actor: Actor, now: datetime) -> list[WaitingIn]:
    """What waits for a person, by module; the module with the most urgent thing first.

    A module that the network in scope has switched off is not asked.
    """
    found: dict[str, list[Waiting]] = {}
    for provider, module in _PROVIDERS.items():
        if is_on(module):
            found.setdefault(module, []).extend(provider(actor))
    groups = [
        WaitingIn(module, tuple(sorted(items, key=lambda each: urgency(each, now))))
        for module, items in found.items()
        if items
    ]
    return sorted(groups, key=lambda group: urgency(group.items[0], now))


def urgency(waiting: Waiting, now: datetime) -> tuple[bool, float, int]:
    """The place in a list: what is overdue or due soon by its moment, then the rest by its order."""
    if waiting.due is not None and waiting.due <= now + SOON:
        return (False, waiting.due.timestamp(), waiting.order)
    return (True, waiting.order, 0)
