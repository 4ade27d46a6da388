"""What the pages of the network ask for, and which roles carry it."""

from enum import StrEnum

from kernel.errors import N_
from kernel.identity.permissions import Role, extend_role, register_permissions


class NetworkPermission(StrEnum):
    """What one may do among the members of a network. Which groups' topics, membership decides."""

    GROUPS_SEE = "network:groups:see"
    GROUPS_TAKE_PART = "network:groups:take-part"
    GROUPS_CREATE = "network:groups:create"
    GROUPS_MANAGE = "network:groups:manage"
    TOPICS_SEE = "network:topics:see"
    TOPICS_WRITE = "network:topics:write"
    TOPICS_MODERATE = "network:topics:moderate"
    ANNOUNCEMENTS_SEE = "network:announcements:see"
    ANNOUNCEMENTS_SEND = "network:announcements:send"
    ANNOUNCEMENTS_KEEP = "network:announcements:keep"
    LIBRARY_SEE = "network:library:see"
    LIBRARY_WRITE = "network:library:write"
    LIBRARY_REVIEW = "network:library:review"
    PACKS_MAKE = "network:packs:make"


_LABELS: dict[str, str] = {
    NetworkPermission.GROUPS_SEE: N_("See groups"),
    NetworkPermission.GROUPS_TAKE_PART: N_("Join and leave groups, and chair one’s own"),
    NetworkPermission.GROUPS_CREATE: N_("Make groups"),
    NetworkPermission.GROUPS_MANAGE: N_("Change any group"),
    NetworkPermission.TOPICS_SEE: N_("Read discussions"),
    NetworkPermission.TOPICS_WRITE: N_("Write in discussions"),
    NetworkPermission.TOPICS_MODERATE: N_("Decide on posts that were reported or wait"),
    NetworkPermission.ANNOUNCEMENTS_SEE: N_("Read announcements made to oneself"),
    NetworkPermission.ANNOUNCEMENTS_SEND: N_("Announce to any audience"),
    NetworkPermission.ANNOUNCEMENTS_KEEP: N_(
        "See and take back the announcements of others, save to groups one may not read"
    ),
    NetworkPermission.LIBRARY_SEE: N_("Read the library"),
    NetworkPermission.LIBRARY_WRITE: N_("Add to the library"),
    NetworkPermission.PACKS_MAKE: N_("Have packs made, to read without a connection"),
    NetworkPermission.LIBRARY_REVIEW: N_(
        "Review and publish in the library, and arrange collections"
    ),
}
_TAKE_PART = frozenset(
    {
        NetworkPermission.GROUPS_SEE,
        NetworkPermission.GROUPS_TAKE_PART,
        NetworkPermission.TOPICS_SEE,
        NetworkPermission.TOPICS_WRITE,
        NetworkPermission.LIBRARY_SEE,
        NetworkPermission.LIBRARY_WRITE,
        NetworkPermission.ANNOUNCEMENTS_SEE,
        NetworkPermission.PACKS_MAKE,
    }
)
# Without an organisation: what she reads and where, her memberships as a guest alone decide.
GUEST = Role(
    "guest",
    N_("Guest of a group"),
    _TAKE_PART - {NetworkPermission.LIBRARY_WRITE, NetworkPermission.ANNOUNCEMENTS_SEE},
    personal=True,
    by_hand=False,
)
ANNOUNCER = Role(
    "announcer",
    N_("Announces to the network"),
    frozenset({NetworkPermission.ANNOUNCEMENTS_SEE, NetworkPermission.ANNOUNCEMENTS_SEND}),
)
LIBRARIAN = Role(
    "librarian",
    N_("Librarian"),
    frozenset(
        {
            NetworkPermission.LIBRARY_SEE,
            NetworkPermission.LIBRARY_WRITE,
            NetworkPermission.LIBRARY_REVIEW,
        }
    ),
)


def register() -> None:
    """Make the permissions known: members take part, network administrators keep the groups.

    Librarians publish what others wrote; the administrator of an EMB does so for its own items.
    """
    register_permissions(_LABELS, [GUEST, LIBRARIAN, ANNOUNCER])
    extend_role("member", _TAKE_PART)
    extend_role("emb_administrator", [NetworkPermission.LIBRARY_REVIEW])
    extend_role("network_administrator", NetworkPermission)
