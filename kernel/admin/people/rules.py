"""What always holds for roles and those who hold them."""

from enum import StrEnum

from kernel.errors import N_


class Access(StrEnum):
    """Whether a person can sign in, and if not, why."""

    ACTIVE = "active"
    INVITED = "invited"
    EXPIRED = "expired"
    FORMER = "former"
    NO_ACCOUNT = "no_account"


ACCESS_LABELS = {
    Access.ACTIVE: N_("Can sign in"),
    Access.INVITED: N_("Invited"),
    Access.EXPIRED: N_("Invitation expired"),
    Access.FORMER: N_("Former"),
    Access.NO_ACCOUNT: N_("No account"),
}
