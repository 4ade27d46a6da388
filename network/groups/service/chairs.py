"""Who chairs a group: appointed, stepping down, and followed when they leave."""

from datetime import date
from typing import Any
from uuid import UUID

from kernel import audit
from kernel.db import db
from kernel.errors import N_, NotFound, Refused
from kernel.identity.actor import Actor
from network.groups import queries, rules
from network.groups.models import GroupMembership
from network.groups.service.common import group_to_change, today
from network.groups.service.letters import tell


def appoint_chair(
    actor: Actor,
    group_id: UUID,
    *,
    person_id: UUID,
    version: int | None = None,
    term_ends_on: date | None,
) -> GroupMembership:
    """Let a member chair a group, beside whoever does already, or change the last day of her term.

    `version` is that of her membership; who appoints may leave it out. She is told by mail. Raises
    NotFound, also for a person nobody knows, Forbidden, Conflict, and Refused for somebody who is no
    member or a term that is over.
    """
    group = group_to_change(actor, group_id)
    queries.lock(group_id)
    membership = queries.membership_of(group_id, person_id)
    if membership is None and not queries.is_person(person_id):
        raise NotFound
    if membership is None or not queries.is_current_member(group_id, person_id):
        raise Refused(N_("Choose a member of the group as its chair."), field="person_id")
    before = membership.chair_term_ends_on
    if membership.is_chair or version is not None:
        membership.expect(version, {"term_ends_on": before})
    if term_ends_on != before:
        rules.check_term(term_ends_on, today())
    chaired = membership.is_chair
    membership.is_chair, membership.chair_term_ends_on = True, term_ends_on
    db.session.flush()
    _forget_former(group_id)
    audit.record(
        actor,
        "group.chair_term_changed" if chaired else "group.chair_appointed",
        membership,
        before={"term_ends_on": before} if chaired else None,
        after={"term_ends_on": term_ends_on},
        about=person_id,
        label=group.name,
    )
    if not chaired and person_id != actor.person_id:
        tell([person_id], "group_chair_appointed", group_id, appointer=actor.name)
    return membership


def chair_for(actor: Actor, group_id: UUID, person_id: UUID) -> Any:
    """A chair of a group the actor looks after, with name and term. Raises NotFound and Forbidden."""
    group_to_change(actor, group_id)
    member = queries.member_of(group_id, person_id)
    if member is None or not member.is_chair:
        raise NotFound
    return member


def end_chair(actor: Actor, group_id: UUID, *, person_id: UUID) -> None:
    """Let somebody chair a group no more: oneself, or another; she stays a member.

    Raises NotFound, Forbidden, and Refused for the last chair.
    """
    group_to_change(actor, group_id)
    membership = queries.membership_of(group_id, person_id)
    if membership is None or person_id not in queries.chairs_of(group_id):
        raise NotFound
    rules.check_chair_remains(relieve(membership, actor))


def another_chairs(membership: GroupMembership) -> bool:
    """Whether somebody else chairs the group too; it stays so until this transaction ends."""
    queries.lock(membership.group_id)
    return bool(queries.chairs_of(membership.group_id) - {membership.person_id})


def relieve(membership: GroupMembership, actor: Actor | None = None) -> bool:
    """Whether somebody chairs no more: the chair is taken from her where another has it too."""
    if not membership.is_chair:
        return True
    if not another_chairs(membership):
        return False
    before = {"term_ends_on": membership.chair_term_ends_on}
    _take(membership)
    audit.record(
        actor,
        "group.chair_ended",
        membership,
        before,
        about=membership.person_id,
        label=queries.name_of(membership.group_id),
    )
    return True


def release(membership: GroupMembership) -> bool:
    """As `relieve`; the last chair is followed by the member who has been there the longest.

    Whoever follows is told by mail. False where nobody is left to.
    """
    if relieve(membership):
        return True
    successor = queries.longest_membership(membership.group_id, but=membership.person_id)
    if successor is None:
        return False
    _take(membership)
    successor.is_chair = True
    audit.record(
        None,
        "group.chair_followed",
        successor,
        before={"chair_id": membership.person_id},
        after={"chair_id": successor.person_id},
        about=successor.person_id,
        label=queries.name_of(membership.group_id),
    )
    tell([successor.person_id], "group_chair", membership.group_id)
    return True


def end_chair_terms() -> None:
    """Relieve the chairs whose last day has passed; the last one stays until another is appointed."""
    for membership in queries.chair_terms_over(today()):
        relieve(membership)


def _forget_former(group_id: UUID) -> None:
    for membership in queries.former_chairs(group_id):
        _take(membership)


def _take(membership: GroupMembership) -> None:
    membership.is_chair, membership.chair_term_ends_on = False, None
