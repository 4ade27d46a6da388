"""What several verbs begin with: the group they change, and the day it is in the network."""

from datetime import date
from uuid import UUID

from kernel.identity.actor import Actor
from kernel.mail.network import mail_network
from kernel.values import clock
from network.groups import access, queries, rules
from network.groups.models import Group
from network.permissions import NetworkPermission
from network.replies import service as replies


def group_to_manage(actor: Actor, group_id: UUID) -> Group:
    """A group the actor looks after, as its chair or with all groups. Raises NotFound and Forbidden."""
    door = queries.door_of(actor, group_id)
    access.require_manage(actor, chairs=door.is_chair)
    return door.group


def group_to_change(actor: Actor, group_id: UUID) -> Group:
    """As `group_to_manage`. Raises Refused too, for an archived group."""
    group = group_to_manage(actor, group_id)
    rules.check_active(group.state)
    return group


def mail_address(actor: Actor, door: queries.Door) -> str | None:
    """The address at which the actor opens topics in a group by mail.

    None where she may not write there, and where no mail comes in.
    """
    writes = door.is_in and door.group.state == rules.GroupState.ACTIVE
    if not writes or not actor.can(NetworkPermission.TOPICS_WRITE):
        return None
    return replies.group_address(door.group.id)


def today() -> date:
    """The day by the calendar of the network."""
    return clock.today(mail_network().time_zone)
