"""Making somebody a member: what several verbs do on their way."""

from datetime import date
from uuid import UUID

from kernel.db import db
from kernel.db.constraints import explain
from kernel.errors import N_, Refused
from kernel.identity.actor import Actor
from kernel.values import clock
from network.groups import queries, rules
from network.groups.models import Group, GroupMembership

# Two who take in the same person at once both find that she is none yet.
explain(
    "uq_group_membership_tenant_id_group_id_person_id",
    N_("This person is in the group already. Choose somebody else."),
    field="person_id",
)


def take_in(
    actor: Actor | None,
    group: Group,
    person_id: UUID,
    *,
    came: rules.Came = rules.Came.HAND,
    organisation_id: UUID | None = None,
    term_ends_on: date | None = None,
    field: str = "person_id",
) -> GroupMembership:
    """Make somebody a member, for an organisation or the first she is with; a guest becomes one too.

    What waited for an answer between her and the group is settled. `actor` is None for what follows by
    itself. Raises Refused, at the field, for somebody who is with no active organisation.
    """
    organisation_id = organisation_id or queries.affiliation_of(person_id)
    if organisation_id is None:
        raise Refused(N_("Choose somebody who works for a member of the network."), field=field)
    membership = queries.membership_of(group.id, person_id)
    if membership is None:
        membership = GroupMembership(group_id=group.id, person_id=person_id)
        db.session.add(membership)
    elif membership.ended_at is not None or membership.guest_until is not None:
        membership.ended_at, membership.joined_at = None, clock.now()
    # Somebody who changed to another organisation stands again for the one she is with now.
    membership.organisation_id, membership.guest_until = organisation_id, None
    membership.came, membership.term_ends_on = came.value, term_ends_on
    membership.added_by = actor.person_id if actor else person_id
    _settle(actor, group.id, person_id)
    db.session.flush()
    return membership


def _settle(actor: Actor | None, group_id: UUID, person_id: UUID) -> None:
    request = queries.open_request(group_id, person_id)
    if request is not None:
        request.answered_by = actor.person_id if actor else None
    for waiting in (request, queries.open_invitation(group_id, person_id)):
        if waiting is not None:
            waiting.state, waiting.answered_at = rules.Answer.ACCEPTED, clock.now()
