"""Who acts: a plain value that services and access rules receive."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from kernel.errors import Forbidden
from kernel.identity.permissions import KernelPermission, Reach, Role, known_roles


@dataclass(frozen=True)
class HeldRole:
    """A role as one person holds it, in an organisation or for herself."""

    role: str
    organisation_id: UUID | None


@dataclass(frozen=True)
class Actor:
    """The person behind a request or a job, with what she may do at this moment.

    `organisation_ids` are those she is affiliated with now. `token_scopes`, when an API token is used,
    narrows her permissions to those it was made for.
    """

    tenant_id: int
    person_id: UUID
    account_id: UUID
    name: str
    organisation_ids: tuple[UUID, ...] = ()
    held_roles: tuple[HeldRole, ...] = ()
    language: str | None = None
    time_zone: str | None = None
    theme: str = "auto"
    sign_in_session_id: UUID | None = None
    has_totp: bool = False
    token_scopes: frozenset[str] | None = field(default=None)

    def can(self, permission: str, organisation_id: UUID | None = None) -> bool:
        """Whether she holds the permission, if given for that organisation.

        Without an organisation, holding it anywhere is enough: that is what opens a page; the service
        then asks for the organisation at hand.
        """
        if permission not in self.permissions:
            return False
        if organisation_id is None:
            return True
        roles = known_roles()
        return any(
            permission in role.permissions and _reaches(role, held, organisation_id)
            for held in self.held_roles
            if (role := roles.get(held.role)) is not None
        )

    def can_everywhere(self, permission: str) -> bool:
        """Whether she holds the permission for the whole network, and not for organisations alone."""
        roles = known_roles()
        return permission in self.permissions and any(
            permission in role.permissions and role.reach is Reach.NETWORK
            for held in self.held_roles
            if (role := roles.get(held.role)) is not None
        )

    def require(self, permission: str, organisation_id: UUID | None = None) -> None:
        """Raises Forbidden unless she holds the permission."""
        if not self.can(permission, organisation_id):
            raise Forbidden()

    def has_role(self, name: str) -> bool:
        """Whether she holds a role anywhere."""
        return any(held.role == name for held in self.held_roles)

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Everything she may do somewhere; for menus."""
        roles = known_roles()
        held: frozenset[str] = frozenset({KernelPermission.OWN}).union(
            *(roles[h.role].permissions for h in self.held_roles if h.role in roles)
        )
        return held if self.token_scopes is None else held & self.token_scopes

    @property
    def initials(self) -> str:
        """Two letters for the round picture."""
        words = [word for word in self.name.split() if word[0].isalpha()]
        return "".join(word[0] for word in dict.fromkeys((*words[:1], *words[-1:])))


def _reaches(role: Role, held: HeldRole, organisation_id: UUID) -> bool:
    return role.reach is Reach.NETWORK or held.organisation_id == organisation_id
