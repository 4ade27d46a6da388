"""Making, changing, closing and reopening groups."""

from datetime import date
from typing import Any, TypedDict, Unpack
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_
from kernel.identity.actor import Actor
from kernel.values import clock
from network.groups import queries, rules
from network.groups.models import Group, GroupInvitation, JoinRequest
from network.groups.service.common import group_to_change, group_to_manage, today
from network.groups.service.letters import tell
from network.groups.service.offices import follow
from network.groups.service.taking import take_in
from network.permissions import NetworkPermission
from network.replies import service as replies

explain(
    "uq_group_known_name",
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
    chair_term_ends_on: date | None = None,
    office: rules.Office | None = None,
    office_region: str | None = None,
) -> Group:
    """Make a group with its chair as the first member; she is told by mail, if she is another.

    Raises Forbidden, and Refused for a chair who is with no active organisation, a term that is over, or
    a group by office that names none.
    """
    actor.require(NetworkPermission.GROUPS_CREATE)
    rules.check_term(chair_term_ends_on, today(), field="chair_term_ends_on")
    group = Group(
        id=new_id(),
        name=name,
        purpose=purpose or "",
        kind=kind.value,
        joining=joining.value,
        visibility=visibility.value,
        created_by=actor.person_id,
    )
    _name_office(group, office, office_region)
    db.session.add(group)
    db.session.flush()
    chair = take_in(actor, group, chair_id, field="chair_id")
    chair.is_chair, chair.chair_term_ends_on = True, chair_term_ends_on
    named = {"chair_id": chair_id, "chair_term_ends_on": chair_term_ends_on}
    audit.record(actor, "group.created", group, after=_facts(group) | named)
    replies.open_mailbox(group.id)
    if chair_id != actor.person_id:
        tell([chair_id], "group_chair_appointed", group.id, appointer=actor.name)
    follow(group)
    return group


class GroupChanges(TypedDict, total=False):
    """What can be changed of a group; what is left out stays."""

    name: str
    purpose: str | None
    kind: rules.GroupKind
    joining: rules.Joining
    visibility: rules.GroupVisibility
    office: rules.Office | None
    office_region: str | None


def update_group(
    actor: Actor, group_id: UUID, *, version: int | None, **changes: Unpack[GroupChanges]
) -> Group:
    """Change what is given of a group, by its chair or who keeps all.

    Raises NotFound, Forbidden, Refused for an office that is missing, and Conflict when `version` is not
    the one that stands.
    """
    group = group_to_manage(actor, group_id)
    group.expect(version, _facts(group))
    rules.check_active(group.state)
    before = _facts(group)
    group.name = changes.get("name", group.name)
    group.purpose = changes.get("purpose", group.purpose) or ""
    group.kind = str(changes.get("kind", group.kind))
    group.joining = str(changes.get("joining", group.joining))
    group.visibility = str(changes.get("visibility", group.visibility))
    office = changes.get("office", group.office)
    _name_office(group, office, changes.get("office_region", group.office_region))
    audit.record(actor, "group.changed", group, before=before, after=_facts(group))
    db.session.flush()
    follow(group)
    return group


def archive_group(actor: Actor, group_id: UUID) -> Group:
    """Close a group: what was written stays readable, and what waited for an answer is taken back.

    Raises NotFound and Forbidden, and Refused for one that is closed.
    """
    group = group_to_change(actor, group_id)
    group.state = rules.GroupState.ARCHIVED
    for request in queries.requests_to(group.id):
        _withdraw(actor, group, request.request, "group.join_withdrawn")
    for invitation in queries.open_invitations(group.id):
        _withdraw(actor, group, invitation, "group.invitation_withdrawn")
    audit.record(actor, "group.archived", group)
    return group


def _withdraw(
    actor: Actor, group: Group, waiting: JoinRequest | GroupInvitation, action: str
) -> None:
    waiting.state, waiting.answered_at = rules.Answer.WITHDRAWN, clock.now()
    audit.record(actor, action, waiting, about=waiting.person_id, label=group.name)


def reopen_group(actor: Actor, group_id: UUID) -> Group:
    """Let people write in a closed group again. Raises NotFound, Forbidden, and Refused for an open one."""
    group = group_to_manage(actor, group_id)
    rules.check_archived(group.state)
    group.state = rules.GroupState.ACTIVE
    audit.record(actor, "group.reopened", group)
    db.session.flush()
    follow(group)
    return group


def _name_office(group: Group, office: str | None, region: str | None) -> None:
    """Keep the office of a group by office; any other group has none."""
    rules.check_office(group.joining, office)
    by_office = group.joining == rules.Joining.EX_OFFICIO
    group.office = str(office) if by_office and office else None
    group.office_region = region or None if by_office else None


def _facts(group: Group) -> dict[str, Any]:
    fields = (
        "name",
        "purpose",
        "kind",
        "joining",
        "visibility",
        "office",
        "office_region",
    )
    return {field: getattr(group, field) for field in fields}
