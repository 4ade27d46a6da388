"""Asking to join, and what the chair answers."""

from uuid import UUID

from sqlalchemy import update

from kernel import audit
from kernel.db import db, new_id
from kernel.db.constraints import explain
from kernel.errors import N_, NotFound, NotNow
from kernel.identity.actor import Actor
from kernel.values import clock
from network.groups import access, queries, rules
from network.groups.models import GroupInvitation, JoinRequest
from network.groups.queries import RequestSeen
from network.groups.service.common import group_to_change, group_to_manage
from network.groups.service.letters import tell
from network.groups.service.taking import take_in

explain("uq_join_request_open", N_("You asked already; the chair has been told."))


def ask_to_join(actor: Actor, group_id: UUID, *, reason: str | None) -> JoinRequest:
    """Ask the chairs of a group to be taken in; they are told by mail.

    Raises NotFound, and Refused where one does not ask, has asked already, or is with no member.
    """
    door = queries.door_of(actor, group_id)
    rules.check_active(door.group.state)
    rules.check_way(door.way, rules.Way.ASK)
    organisation_id = queries.affiliation_of(actor.person_id)
    if organisation_id is None:
        raise NotNow(
            N_(
                "Only people of a member of the network join its groups."
                " Ask your organisation to admit you first."
            )
        )
    request = JoinRequest(
        id=new_id(),
        group_id=group_id,
        person_id=actor.person_id,
        organisation_id=organisation_id,
        reason=reason or "",
    )
    db.session.add(request)
    db.session.flush()
    audit.record(actor, "group.join_asked", request, label=door.group.name)
    tell(
        queries.chairs_of(group_id),
        "group_request",
        group_id,
        asker=actor.name,
        reason=request.reason,
        request_id=request.id,
    )
    return request


def requests_for(actor: Actor, group_id: UUID) -> list[RequestSeen]:
    """The requests to a group that wait for the actor's answer. Raises NotFound and Forbidden."""
    group_to_manage(actor, group_id)
    return queries.requests_to(group_id)


def request_for(actor: Actor, request_id: UUID) -> RequestSeen:
    """A request of the actor's own, or one that is hers to answer. Raises NotFound for any other."""
    seen = queries.request_seen_by(actor, request_id)
    manages = access.can_manage(actor, chairs=queries.chairs(actor, seen.group.id))
    if seen.request.person_id != actor.person_id and not manages:
        raise NotFound
    return seen


def accept_request(actor: Actor, request_id: UUID) -> JoinRequest:
    """Take in who asked, and tell her by mail.

    Raises NotFound, Forbidden, and Refused for a request that was answered, or of somebody who is with no
    member of the network any more.
    """
    seen = _to_answer(actor, request_id)
    if queries.affiliation_of(seen.request.person_id) is None:
        raise NotNow(N_("This person is with no member of the network any more. Decline this."))
    take_in(actor, seen.group, seen.request.person_id)
    audit.record(actor, "group.join_accepted", seen.request, label=seen.group.name)
    tell([seen.request.person_id], "group_request_accepted", seen.group.id)
    return seen.request


def decline_request(actor: Actor, request_id: UUID, *, answer: str) -> JoinRequest:
    """Say no, and why; who asked is told by mail. Raises as `accept_request` does."""
    seen = _to_answer(actor, request_id)
    request = seen.request
    request.state, request.answer = rules.Answer.DECLINED, answer
    request.answered_by, request.answered_at = actor.person_id, clock.now()
    audit.record(actor, "group.join_declined", request, label=seen.group.name)
    tell([request.person_id], "group_request_declined", seen.group.id, answer=answer)
    return request


def withdraw_request(actor: Actor, request_id: UUID) -> JoinRequest:
    """Take one's own request back. Raises NotFound, and Refused for one that was answered."""
    seen = queries.request_seen_by(actor, request_id)
    if seen.request.person_id != actor.person_id:
        raise NotFound
    rules.check_open(seen.request.state)
    seen.request.state, seen.request.answered_at = rules.Answer.WITHDRAWN, clock.now()
    audit.record(actor, "group.join_withdrawn", seen.request, label=seen.group.name)
    return seen.request


def forget(person_id: UUID) -> None:
    """Blank what an erased person wrote in asking, and what was written to her; open ones are taken back."""
    for table, blank in ((JoinRequest, ("reason", "answer")), (GroupInvitation, ("message",))):
        own = table.person_id == person_id
        db.session.execute(update(table).where(own).values(dict.fromkeys(blank, "")))
        db.session.execute(
            update(table)
            .where(own, table.state == rules.Answer.OPEN)
            .values(state=rules.Answer.WITHDRAWN.value, answered_at=clock.now())
        )


def _to_answer(actor: Actor, request_id: UUID) -> RequestSeen:
    seen = request_for(actor, request_id)
    group_to_change(actor, seen.group.id)
    rules.check_open(seen.request.state)
    return seen
