"""The groups of the demo."""

from dataclasses import dataclass
from typing import Final

from network.groups.rules import GroupKind, GroupVisibility, Joining


@dataclass(frozen=True)
class DemoGroup:
    """A group with its chair first among the members, by their keys in `demo.cast`."""

    key: str
    name: str
    purpose: str
    kind: GroupKind
    visibility: GroupVisibility
    joining: Joining
    members: tuple[str, ...]


GROUPS: Final = (
    DemoGroup(
        "registration",
        "Voter registration working group",
        "Registers, from two-person offices to biometric kits: what works, what it costs, what it breaks.",
        GroupKind.WORKING_GROUP,
        GroupVisibility.PRIVATE,
        Joining.INVITATION,
        (
            "kenya_focal",
            "ghana_admin",
            "ghana_member",
            "jamaica_member",
            "cameroon_member",
            "officer",
            "kenya_member",
            "india_member",
            "solomon_member",
            "vanuatu_member",
            "tanzania_member",
            "canada_member",
            "samoa_member",
        ),
    ),
    DemoGroup(
        "small",
        "Pacific and small states",
        "For bodies with a handful of staff, many islands, or a slow and costly link.",
        GroupKind.OPEN,
        GroupVisibility.OPEN,
        Joining.OPEN,
        (
            "fiji_focal",
            "saint_lucia_member",
            "jamaica_member",
            "kenya_member",
            "translator",
            "tuvalu_member",
            "vanuatu_member",
            "maldives_focal",
            "canada_member",
        ),
    ),
    DemoGroup(
        "steering",
        "Steering committee",
        "One seat for each region. Minutes and papers for the next meeting.",
        GroupKind.STEERING_COMMITTEE,
        GroupVisibility.PRIVATE,
        Joining.INVITATION,
        ("officer", "kenya_focal", "fiji_focal", "ghana_admin"),
    ),
    DemoGroup(
        "operations",
        "Logistics and polling",
        "Boxes, boats, lamps, queues and the people behind the table.",
        GroupKind.WORKING_GROUP,
        GroupVisibility.OPEN,
        Joining.OPEN,
        (
            "tanzania_member",
            "tuvalu_member",
            "solomon_member",
            "maldives_focal",
            "nigeria_member",
            "india_member",
            "kenya_focal",
            "kenya_member",
            "ghana_member",
            "jamaica_member",
            "saint_lucia_member",
            "rwanda_member",
            "fiji_focal",
        ),
    ),
    DemoGroup(
        "education",
        "Voter education",
        "What people remember of what we tell them, and how to find out.",
        GroupKind.WORKING_GROUP,
        GroupVisibility.OPEN,
        Joining.OPEN,
        (
            "nigeria_member",
            "rwanda_member",
            "jamaica_member",
            "kenya_focal",
            "india_member",
            "saint_lucia_member",
            "canada_member",
            "cameroon_member",
            "solomon_member",
            "fiji_focal",
            "vanuatu_member",
            "translator",
        ),
    ),
    DemoGroup(
        "inclusion",
        "Access and inclusion",
        "So that everybody can vote, and vote alone.",
        GroupKind.OPEN,
        GroupVisibility.OPEN,
        Joining.OPEN,
        (
            "saint_lucia_member",
            "india_member",
            "jamaica_member",
            "nigeria_member",
            "fiji_focal",
            "tanzania_member",
            "maldives_focal",
            "ghana_member",
            "rwanda_member",
            "tuvalu_member",
            "solomon_member",
            "translator",
        ),
    ),
    DemoGroup(
        "results",
        "Counting and results",
        "From the last ballot paper to the figure that everybody believes.",
        GroupKind.WORKING_GROUP,
        GroupVisibility.OPEN,
        Joining.OPEN,
        (
            "kenya_member",
            "ghana_member",
            "india_member",
            "fiji_focal",
            "jamaica_member",
            "canada_member",
            "nigeria_member",
            "kenya_member2",
            "vanuatu_member",
            "maldives_focal",
        ),
    ),
    DemoGroup(
        "francophone",
        "Espace francophone",
        "Les mêmes questions, en français.",
        GroupKind.OPEN,
        GroupVisibility.OPEN,
        Joining.OPEN,
        ("canada_member", "rwanda_member", "cameroon_member", "vanuatu_member"),
    ),
    DemoGroup(
        "observation",
        "Observers and agents",
        "Who watches, from where, and in which words.",
        GroupKind.WORKING_GROUP,
        GroupVisibility.OPEN,
        Joining.OPEN,
        (
            "approver",
            "translator",
            "ghana_admin",
            "kenya_focal",
            "jamaica_member",
        ),
    ),
)
