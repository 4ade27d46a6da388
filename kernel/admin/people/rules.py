"""What always holds for roles and those who hold them."""

from enum import StrEnum

from kernel.errors import N_, Refused

ADMINISTRATOR = "network_administrator"


class Access(StrEnum):
    """Whether a person can sign in, and if not, why."""

    ACTIVE = "active"
    INVITED = "invited"
    FORMER = "former"
    NO_ACCOUNT = "no_account"


ACCESS_LABELS = {
    Access.ACTIVE: N_("Can sign in"),
    Access.INVITED: N_("Invited"),
    Access.FORMER: N_("Former"),
    Access.NO_ACCOUNT: N_("No account"),
}


def check_administrator_left(others: int) -> None:
    """Raises Refused when nobody would administer the network any more."""
    if others == 0:
        raise Refused(
            N_(
                "This is the last network administrator. Give somebody else the role first, "
                "then take it back here."
            )
        )
