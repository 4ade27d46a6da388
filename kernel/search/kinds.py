"""The kinds of things that can be found, and the page each one opens."""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.tenancy.modules import is_on


@dataclass(frozen=True)
class SearchKind:
    """A kind of thing.

    `label` is its English plural, marked with `N_`. A hit opens `endpoint` with its target's id as
    `argument`, or where it `opens_itself` with its own. Nobody finds things of this kind without
    `permission`.
    """

    name: str
    label: str
    endpoint: str
    argument: str
    permission: str
    opens_itself: bool = False


_kinds: dict[str, SearchKind] = {}


def register_kind(kind: SearchKind) -> None:
    """Make a kind known; called by the module it belongs to when the application starts."""
    _kinds[kind.name] = kind


def known_kinds() -> Mapping[str, SearchKind]:
    """The kinds by name, in the order they were registered, of modules the network has switched on.

    A permission tells the module: `network:topics:see`.
    """
    return {name: kind for name, kind in _kinds.items() if is_on(kind.permission.partition(":")[0])}
