"""Who receives which event, and how it gets there."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeAlias, TypeVar
from uuid import uuid5

from kernel.db import new_id
from kernel.jobs import Job, job
from kernel.jobs.arguments import decode_all


@dataclass(frozen=True)
class Event:
    """Something that has happened. Subclasses are frozen dataclasses of ids and plain values."""


E = TypeVar("E", bound=Event)

Receiver: TypeAlias = Callable[[E], bool | None]

_subscribers: dict[type[Event], list[Job]] = {}


def subscriber(kind: type[E], name: str) -> Callable[[Receiver[E]], Receiver[E]]:
    """Declare a function that receives events of exactly this kind, as a job called `name`.

    It runs after the commit, in the scope of whoever emitted, one job per subscriber and event; its
    database effect happens once, in steps if it answers True (see `kernel.jobs`).
    """

    def declare(function: Receiver[E]) -> Receiver[E]:
        def receive(*, event: dict[str, Any]) -> bool | None:
            return function(kind(**decode_all(kind, event)))

        _subscribers.setdefault(kind, []).append(job(name)(receive))
        return function

    return declare


def emit(event: Event) -> None:
    """Hand an event to its subscribers once the transaction at hand commits."""
    event_id = new_id()
    values = {field.name: getattr(event, field.name) for field in fields(event)}
    for receiver in _subscribers.get(type(event), []):
        receiver.enqueue_once(uuid5(event_id, receiver.name), event=values)
