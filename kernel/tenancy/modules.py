"""Which modules of the service a network has switched on.

A module that is off does not exist for that network: no page, no menu entry, no answer. Its data stays,
and work it had begun before is finished.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from kernel.db import current_scope, db
from kernel.tenancy.models import Tenant


class Module(StrEnum):
    """The modules of the service, by the name of their package."""

    NETWORK = "network"
    MISSIONS = "missions"
    TRAINING = "training"


_KNOWN: Final = frozenset(map(str, Module))


def with_network(switched_on: Iterable[str]) -> list[str]:
    """The modules of a network, each once; its members and discussions are what makes it one."""
    chosen = {Module.NETWORK, *map(Module, switched_on)}
    return [module.value for module in Module if module in chosen]


def module_of(name: str) -> str:
    """What a Python name belongs to: "training" for `training.alumni.pages`."""
    return name.partition(".")[0]


def is_on(module: str) -> bool:
    """Whether a module is switched on in the network in scope; what is no module (the kernel) always is.

    Outside every network nothing is switched off: there is nothing to be seen either.
    """
    scope = current_scope()
    if scope is None or module not in _KNOWN:
        return True
    on = _read() if scope.modules is None else scope.modules
    return module in on


def _read() -> frozenset[str]:
    """The modules as the database has them: a job knows its network by number only."""
    return frozenset(db.session.scalars(select(Tenant.modules)).one())
