"""Who may do what with a mission."""

from kernel.errors import N_, Forbidden, NotNow
from kernel.identity.actor import Actor
from missions.missions.rules import NEXT_STATE, MissionState, is_open
from missions.permissions import MissionsPermission


def can_create(actor: Actor) -> bool:
    """Whether this person proposes missions."""
    return actor.can(MissionsPermission.MISSION_CREATE)


def can_edit(actor: Actor, state: MissionState) -> bool:
    """Whether this person may change a mission in this state; one that has ended stays as it was."""
    return actor.can(MissionsPermission.MISSION_EDIT) and is_open(state)


def can_advance(actor: Actor, state: MissionState) -> bool:
    """Whether this person takes the step after this state; approving is the approver's."""
    following = NEXT_STATE.get(state)
    if following is None:
        return False
    if following is MissionState.APPROVED:
        return actor.can(MissionsPermission.MISSION_APPROVE)
    return actor.can(MissionsPermission.MISSION_EDIT)


def can_plan(actor: Actor, state: MissionState) -> bool:
    """Whether this person may change the work plan, and with it polling day."""
    return actor.can(MissionsPermission.PLAN_EDIT) and is_open(state)


def require_edit(actor: Actor, state: MissionState) -> None:
    """Raises Refused for a mission that has ended, Forbidden for a person who does not plan."""
    _require_open(state)
    if not can_edit(actor, state):
        raise Forbidden


def require_plan(actor: Actor, state: MissionState) -> None:
    """Raises Refused for a mission that has ended, Forbidden for a person who does not plan."""
    _require_open(state)
    if not can_plan(actor, state):
        raise Forbidden


def _require_open(state: MissionState) -> None:
    if not is_open(state):
        raise NotNow(N_("This mission has ended: it can be read and no longer changed."))
