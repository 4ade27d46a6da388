"""What the pages of training ask for, and the roles that may."""

from enum import StrEnum
from typing import Final

from kernel.errors import N_
from kernel.identity.permissions import Role, register_permissions


class TrainingPermission(StrEnum):
    """Everything one may do with training."""

    WORKSHOP_MANAGE = "training:workshop:manage"


PROGRAMME_OFFICER: Final = Role(
    "programme_officer",
    N_("Programme officer"),
    frozenset({TrainingPermission.WORKSHOP_MANAGE}),
)


def register() -> None:
    """Make the permissions and roles known."""
    register_permissions(TrainingPermission, [PROGRAMME_OFFICER])
