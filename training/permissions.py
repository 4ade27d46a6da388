"""What the pages of training ask for, and the roles that may."""

from enum import StrEnum
from typing import Final

from kernel.errors import N_
from kernel.identity.permissions import Role, extend_role, register_permissions


class TrainingPermission(StrEnum):
    """Everything one may do with training. What is one's own (record, certificate, application) needs none."""

    WORKSHOPS_SEE = "training:workshops:see"
    WORKSHOPS_MANAGE = "training:workshops:manage"
    ALUMNI_SEE = "training:alumni:see"
    VACANCIES_MANAGE = "training:vacancies:manage"
    VACANCIES_APPROVE = "training:vacancies:approve"


_LABELS: Final[dict[str, str]] = {
    TrainingPermission.WORKSHOPS_SEE: N_("See workshops"),
    TrainingPermission.WORKSHOPS_MANAGE: N_("Manage workshops, participants and certificates"),
    TrainingPermission.ALUMNI_SEE: N_("See alumni"),
    TrainingPermission.VACANCIES_MANAGE: N_("Manage placements"),
    TrainingPermission.VACANCIES_APPROVE: N_("Approve placements"),
}
ALUMNUS: Final = "alumnus"
"""The kernel's personal role of who took part in a workshop: it outlives every affiliation."""

PROGRAMME_OFFICER: Final = Role(
    "programme_officer", N_("Programme officer"), frozenset(TrainingPermission)
)


def register() -> None:
    """Make the permissions and roles known; members see which workshops there are, and no names.

    Two people are needed for a vacancy: a network administrator may approve what an officer drafted.
    """
    register_permissions(_LABELS, [PROGRAMME_OFFICER])
    extend_role("member", {TrainingPermission.WORKSHOPS_SEE})
    extend_role(
        "network_administrator",
        {
            TrainingPermission.WORKSHOPS_SEE,
            TrainingPermission.ALUMNI_SEE,
            TrainingPermission.VACANCIES_APPROVE,
        },
    )
