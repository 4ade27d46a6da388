"""What can be done with groups."""

from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
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
    access.require_manage(actor, group.chair_id)
    group.expect(version, _facts(group))
    rules.check_active(group.state)
    before = _facts(group)
    if "chair_id" in changes and queries.membership_of(group.id, changes["chair_id"]) is None:
        raise Refused(N_("Choose a member of the group as its chair."), field="chair_id")
    for field, value in changes.items():
        setattr(group, field, _stored(value))
    audit.record(actor, "group.changed", group, before=before, after=_facts(group))
    return group


def archive_group(actor: Actor, group_id: UUID) -> Group:
    """Close a group: what was written stays readable. Raises NotFound and Forbidden."""
    group = queries.group_known_to(actor, group_id)
    access.require_manage(actor, group.chair_id)
    rules.check_active(group.state)
    group.state = rules.GroupState.ARCHIVED
    audit.record(actor, "group.archived", group)
    return group


def add_member(actor: Actor, group_id: UUID, *, person_id: UUID) -> GroupMembership:
    """Take a person in. Raises NotFound, Forbidden, and Refused for one who cannot be a member."""
    group = queries.group_known_to(actor, group_id)
    access.require_manage(actor, group.chair_id)
    rules.check_active(group.state)
    membership = _add(actor, group.id, person_id, field="person_id")
    audit.record(actor, "group.member_added", group, after={"person_id": person_id})
    return membership


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
        access.require_manage(actor, group.chair_id)
    rules.check_may_leave(person_id, group.chair_id)
    membership = queries.membership_of(group.id, person_id)
    if membership is None:
        raise NotFound
    db.session.delete(membership)
    audit.record(actor, "group.member_removed", group, before={"person_id": person_id})


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
    db.session.flush()
    return membership


def _facts(group: Group) -> dict[str, Any]:
    fields = ("name", "purpose", "kind", "joining", "visibility", "chair_id")
    return {field: getattr(group, field) for field in fields}


def _stored(value: Any) -> Any:
    """Words of the domain are stored by their value; an emptied text as an empty one."""
    return "" if value is None else getattr(value, "value", value)
