"""Permissions, and the roles that carry them.

Modules register theirs; the kernel knows five roles. What nobody registered is refused: an unknown role
grants nothing, an unknown permission is held by nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kernel.errors import N_


class KernelPermission(StrEnum):
    """What the kernel's own pages ask for."""

    MEMBERS_SEE = "kernel:members:see"
    MEMBERS_MANAGE = "kernel:members:manage"
    PEOPLE_ADMIT = "kernel:people:admit"
    ROLES_MANAGE = "kernel:roles:manage"
    AUDIT_SEE = "kernel:audit:see"
    SETTINGS_MANAGE = "kernel:settings:manage"


class Reach(StrEnum):
    """How far a role carries: the whole network, or only the organisation it is held in."""

    NETWORK = "network"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Role:
    """A named set of permissions. `needs_totp` roles must sign in with a second factor."""

    name: str
    label: str
    permissions: frozenset[str]
    reach: Reach = Reach.NETWORK
    needs_totp: bool = False
    # A personal role outlives the affiliation: an alumna stays an alumna.
    personal: bool = False


_roles: dict[str, Role] = {}
_permissions: set[str] = set()


def register_permissions(permissions: Iterable[str], roles: Iterable[Role] = ()) -> None:
    """Make a module's permissions known, and its roles with their default grants.

    Raises ValueError when a role grants a permission nobody registered.
    """
    _permissions.update(permissions)
    for role in roles:
        unknown = role.permissions - _permissions
        if unknown:
            raise ValueError(f"role {role.name} grants unknown permissions {sorted(unknown)}")
        _roles[role.name] = role


def extend_role(name: str, permissions: Iterable[str]) -> None:
    """Let a module give its permissions to a role that exists already, for example `member`."""
    role = _roles[name]
    more = role.permissions | frozenset(permissions)
    register_permissions(
        (), [Role(role.name, role.label, more, role.reach, role.needs_totp, role.personal)]
    )


def known_roles() -> Mapping[str, Role]:
    """All registered roles by name."""
    return MappingProxyType(_roles)


def known_permissions() -> frozenset[str]:
    """All registered permissions."""
    return frozenset(_permissions)


register_permissions(
    KernelPermission,
    [
        Role(
            "network_administrator",
            N_("Network administrator"),
            frozenset(KernelPermission),
            needs_totp=True,
        ),
        Role(
            "emb_administrator",
            N_("EMB administrator"),
            frozenset({KernelPermission.MEMBERS_SEE, KernelPermission.PEOPLE_ADMIT}),
            reach=Reach.ORGANISATION,
        ),
        Role(
            "focal_point",
            N_("Focal point"),
            frozenset({KernelPermission.MEMBERS_SEE, KernelPermission.PEOPLE_ADMIT}),
            reach=Reach.ORGANISATION,
        ),
        Role("member", N_("Member"), frozenset({KernelPermission.MEMBERS_SEE})),
        Role("alumnus", N_("Alumnus or alumna"), frozenset(), personal=True),
    ],
)
