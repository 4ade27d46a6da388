"""What the pages of missions ask for, and the roles that may."""

from enum import StrEnum
from typing import Final

from kernel.errors import N_
from kernel.identity.permissions import Role, extend_role, register_permissions


class MissionsPermission(StrEnum):
    """Everything one may do with missions. Whoever cannot see missions learns of none."""

    MISSION_SEE = "missions:mission:see"
    MISSION_CREATE = "missions:mission:create"
    MISSION_EDIT = "missions:mission:edit"
    MISSION_APPROVE = "missions:mission:approve"
    PLAN_EDIT = "missions:plan:edit"
    TEAM_SEE = "missions:team:see"
    TEAM_EDIT = "missions:team:edit"
    BUDGET_SEE = "missions:budget:see"
    BUDGET_EDIT = "missions:budget:edit"
    BUDGET_APPROVE = "missions:budget:approve"


_LABELS: Final[dict[str, str]] = {
    MissionsPermission.MISSION_SEE: N_("See missions and their work plans"),
    MissionsPermission.MISSION_CREATE: N_("Propose missions"),
    MissionsPermission.MISSION_EDIT: N_("Change missions"),
    MissionsPermission.MISSION_APPROVE: N_("Approve missions"),
    MissionsPermission.PLAN_EDIT: N_("Change work plans"),
    MissionsPermission.TEAM_SEE: N_("See who is nominated for missions"),
    MissionsPermission.TEAM_EDIT: N_("Find, nominate and select people for missions"),
    MissionsPermission.BUDGET_SEE: N_("See budgets"),
    MissionsPermission.BUDGET_EDIT: N_("Change and submit budgets"),
    MissionsPermission.BUDGET_APPROVE: N_("Approve and return budgets"),
}
_SEE: Final = frozenset({MissionsPermission.MISSION_SEE, MissionsPermission.BUDGET_SEE})

PLANNER: Final = Role(
    "planner",
    N_("Mission planner"),
    _SEE
    | {
        MissionsPermission.MISSION_CREATE,
        MissionsPermission.MISSION_EDIT,
        MissionsPermission.PLAN_EDIT,
        MissionsPermission.TEAM_SEE,
        MissionsPermission.TEAM_EDIT,
        MissionsPermission.BUDGET_EDIT,
    },
    needs_totp=True,
)
APPROVER: Final = Role(
    "approver",
    N_("Approver"),
    _SEE
    | {
        MissionsPermission.MISSION_APPROVE,
        MissionsPermission.TEAM_SEE,
        MissionsPermission.BUDGET_APPROVE,
    },
    needs_totp=True,
)


def register() -> None:
    """Make the permissions and roles known, and let network administrators see missions."""
    register_permissions(_LABELS, [PLANNER, APPROVER])
    extend_role("network_administrator", _SEE)
