"""Permissions, and the roles that carry them.

Modules register theirs; the kernel knows five roles. What nobody registered is refused: an unknown role
grants nothing, an unknown permission is held by nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from kernel.errors import N_


class KernelPermission(StrEnum):
    """What the kernel's own pages ask for. `OWN` everybody has who is signed in; a token may lack it."""

    OWN = "kernel:own:use"
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
    # What follows from something else (a member's from an affiliation) nobody gives by hand.
    by_hand: bool = True


_roles: dict[str, Role] = {}
_permissions: dict[str, str] = {}


def register_permissions(permissions: Mapping[str, str], roles: Iterable[Role] = ()) -> None:
    """Make a module's permissions known, and its roles with their default grants.

    `permissions` says what each lets one do, an English message marked with `N_`: the words beside it
    where somebody chooses what an API token may do. Raises ValueError when a role grants a permission
    nobody registered.
    """
    _permissions.update(permissions)
    for role in roles:
        unknown = role.permissions - _permissions.keys()
        if unknown:
            raise ValueError(f"role {role.name} grants unknown permissions {sorted(unknown)}")
        _roles[role.name] = role


def extend_role(name: str, permissions: Iterable[str]) -> None:
    """Let a module give its permissions to a role that exists already, for example `member`."""
    role = _roles[name]
    more = role.permissions | frozenset(permissions)
    register_permissions({}, [replace(role, permissions=more)])


def known_roles() -> Mapping[str, Role]:
    """All registered roles by name."""
    return MappingProxyType(_roles)


def known_permissions() -> frozenset[str]:
    """All registered permissions."""
    return frozenset(_permissions)


def permission_label(permission: str) -> str:
    """The English message of a permission; the code itself of one that no module registers any more."""
    return _permissions.get(permission, permission)


register_permissions(
    {
        KernelPermission.OWN: N_(
            "Search, and use what is your own: home, record, applications, tokens"
        ),
        KernelPermission.MEMBERS_SEE: N_("See the members of the network"),
        KernelPermission.MEMBERS_MANAGE: N_("Change members and import them"),
        KernelPermission.PEOPLE_ADMIT: N_("Invite colleagues and end their access"),
        KernelPermission.ROLES_MANAGE: N_("See everybody, give roles and take them back"),
        KernelPermission.AUDIT_SEE: N_("Read the audit trail"),
        KernelPermission.SETTINGS_MANAGE: N_("Change the settings of the network"),
    },
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
        Role("member", N_("Member"), frozenset({KernelPermission.MEMBERS_SEE}), by_hand=False),
        Role("alumnus", N_("Alumnus or alumna"), frozenset(), personal=True),
    ],
)
