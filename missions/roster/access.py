"""Who may see and change who goes on a mission."""

from kernel.errors import N_, Forbidden, NotNow
from kernel.identity.actor import Actor
from missions.missions.queries import ENDED, Mission
from missions.permissions import MissionsPermission


def require_see(actor: Actor) -> None:
    """Raises Forbidden unless the actor may know who is nominated."""
    actor.require(MissionsPermission.TEAM_SEE)


def can_edit(actor: Actor, mission: Mission) -> bool:
    """Whether this person finds, nominates and selects people for the mission now."""
    return actor.can(MissionsPermission.TEAM_EDIT) and mission.state not in ENDED


def require_edit(actor: Actor, mission: Mission) -> None:
    """Raises Refused for a mission that has ended, Forbidden for a person who does not make up teams."""
    if mission.state in ENDED:
        raise NotNow(N_("This mission has ended: it can be read and no longer changed."))
    if not can_edit(actor, mission):
        raise Forbidden
