"""What people read of the trail: the words for its actions and objects, declared by whoever records them."""

from collections.abc import Mapping
from types import MappingProxyType

_actions: dict[str, str] = {}
_objects: dict[str, str] = {}


def declare(actions: Mapping[str, str], objects: Mapping[str, str] | None = None) -> None:
    """Say what actions are called, and the kinds of objects they are done to.

    Values are English messages marked with `N_`. The kind of an object is the name of its table.
    """
    _actions.update(actions)
    _objects.update(objects or {})


def declared_actions() -> Mapping[str, str]:
    """Every action with its English message."""
    return MappingProxyType(_actions)


def declared_objects() -> Mapping[str, str]:
    """Every kind of object with its English message."""
    return MappingProxyType(_objects)


def action_label(action: str) -> str:
    """The English message of an action; the code itself of one that no release records any more."""
    return _actions.get(action, action)


def object_label(kind: str) -> str:
    """The English message of a kind of object; the code itself of one nobody declares any more."""
    return _objects.get(kind, kind)
