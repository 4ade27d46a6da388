"""What can be done with groups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
from kernel.mail import queue, recipients_of
from kernel.values import clock
from network.groups import access, queries, rules
from network.groups.models import Group, GroupMembership
from network.permissions import NetworkPermission

explain(
    "uq_group_tenant_id_name",
    N_("There is already a group of this name. Enter another name."),
    field="name",
)


def create_group(
    actor: Actor,
    *,
    name: str,
    purpose: str | None,
    kind: rules.GroupKind,
    joining: rules.Joining,
    visibility: rules.GroupVisibility,
    chair_id: UUID,
) -> Group:
    """Make a group with its chair as the first member.

    Raises Forbidden, and Refused for a chair who is with no active organisation.
    """
    actor.require(NetworkPermission.GROUPS_CREATE)
    group = Group(
        id=new_id(),
        name=name,
        purpose=purpose or "",
        kind=kind.value,
        joining=joining.value,
        visibility=visibility.value,
        chair_id=chair_id,
        created_by=actor.person_id,
    )
    db.session.add(group)
    db.session.flush()
    _add(actor, group.id, chair_id, field="chair_id")
    audit.record(actor, "group.created", group, after=_facts(group))
    return group


def update_group(actor: Actor, group_id: UUID, *, version: int | None, **changes: Any) -> Group:
    """Change name, purpose, kind, joining, visibility or chair.

    Raises NotFound, Forbidden, Refused for a chair who is no member, and Conflict when `version` is not
    the one that stands.
    """
    group = queries.group_known_to(actor, group_id)
    access.require_manage(actor, chairs=queries.chairs(actor, group))
    group.expect(version, _facts(group))
    rules.check_active(group.state)
    before = _facts(group)
    if "chair_id" in changes and not queries.is_current_member(group.id, changes["chair_id"]):
        raise Refused(N_("Choose a member of the group as its chair."), field="chair_id")
    for field, value in changes.items():
        setattr(group, field, _stored(value))
    audit.record(actor, "group.changed", group, before=before, after=_facts(group))
    return group


def archive_group(actor: Actor, group_id: UUID) -> Group:
    """Close a group: what was written stays readable. Raises NotFound and Forbidden."""
    group = queries.group_known_to(actor, group_id)
    access.require_manage(actor, chairs=queries.chairs(actor, group))
    rules.check_active(group.state)
    group.state = rules.GroupState.ARCHIVED
    audit.record(actor, "group.archived", group)
    return group


def add_member(actor: Actor, group_id: UUID, *, person_id: UUID) -> GroupMembership:
    """Take a person in. Raises NotFound, Forbidden, and Refused for one who cannot be a member."""
    group = queries.group_known_to(actor, group_id)
    access.require_manage(actor, chairs=queries.chairs(actor, group))
    rules.check_active(group.state)
    membership = _add(actor, group.id, person_id, field="person_id")
    audit.record(actor, "group.member_added", group, after={"person_id": person_id})
    return membership


def members_seen_by(actor: Actor, group_id: UUID) -> Sequence[Any]:
    """The members of a group the actor may read or change. Raises NotFound for any other."""
    group = queries.group_known_to(actor, group_id)
    manages = access.can_manage(actor, chairs=queries.chairs(actor, group))
    if not manages and not queries.reads(actor, group_id):
        raise NotFound
    return queries.members_of(group_id)


def join_group(actor: Actor, group_id: UUID) -> GroupMembership:
    """Become a member of a group that anybody may join. Raises NotFound and Refused."""
    standing = queries.standing_in(actor, group_id)
    rules.check_joinable(standing)
    group = queries.group_known_to(actor, group_id)
    membership = _add(actor, group.id, actor.person_id, field="person_id")
    audit.record(actor, "group.joined", group, after={"person_id": actor.person_id})
    return membership


def remove_member(actor: Actor, group_id: UUID, *, person_id: UUID) -> None:
    """Take a person out, or leave oneself.

    Raises NotFound, Forbidden, and Refused for the chair: another is named first.
    """
    group = queries.group_known_to(actor, group_id)
    if person_id != actor.person_id:
        access.require_manage(actor, chairs=queries.chairs(actor, group))
    rules.check_may_leave(person_id, group.chair_id)
    membership = queries.membership_of(group.id, person_id)
    if membership is None:
        raise NotFound
    db.session.delete(membership)
    audit.record(actor, "group.member_removed", group, before={"person_id": person_id})


def end_memberships(person_id: UUID, organisation_id: UUID, ended_at: datetime) -> None:
    """End what a person had joined for an organisation when she left it; she may be added again.

    Where she chaired, the member who has been there the longest takes over and is told by mail. A
    group in which nobody is left keeps her name, which no longer counts: administrators see it flagged.
    """
    ended = [
        membership
        for membership in queries.memberships_for(person_id, organisation_id)
        if membership.joined_at <= ended_at
    ]
    for membership in ended:
        membership.ended_at = ended_at
        audit.record(None, "group.membership_ended", membership, about=person_id)
    for group in queries.chaired_by(person_id, [membership.group_id for membership in ended]):
        _hand_on(group)


def _hand_on(group: Group) -> None:
    successor = queries.longest_member(group.id)
    if successor is None:
        return
    before, group.chair_id = group.chair_id, successor
    audit.record(
        None,
        "group.chair_followed",
        group,
        before={"chair_id": before},
        after={"chair_id": successor},
    )
    for recipient in recipients_of([successor]).values():
        queue(recipient, "group_chair", {"group": group.name, "group_id": group.id})


def _add(actor: Actor, group_id: UUID, person_id: UUID, *, field: str) -> GroupMembership:
    organisation_id = queries.affiliation_of(person_id)
    if organisation_id is None:
        raise Refused(N_("Choose somebody who works for a member of the network."), field=field)
    membership = queries.membership_of(group_id, person_id)
    if membership is None:
        membership = GroupMembership(group_id=group_id, person_id=person_id)
        db.session.add(membership)
    # Somebody who changed to another organisation stands again for the one she is with now.
    membership.organisation_id = organisation_id
    membership.added_by = actor.person_id
    if membership.ended_at is not None:
        membership.ended_at, membership.joined_at = None, clock.now()
    db.session.flush()
    return membership


def _facts(group: Group) -> dict[str, Any]:
    fields = ("name", "purpose", "kind", "joining", "visibility", "chair_id")
    return {field: getattr(group, field) for field in fields}


def _stored(value: Any) -> Any:
    """Words of the domain are stored by their value; an emptied text as an empty one."""
    return "" if value is None else getattr(value, "value", value)
