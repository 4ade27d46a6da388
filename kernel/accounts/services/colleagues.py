"""The people of an organisation, as its administrator or focal point looks after them."""

from uuid import UUID

from sqlalchemy import delete, select

from kernel.accounts import queries
from kernel.accounts.queries import Colleague
from kernel.accounts.services import sessions
from kernel.accounts.services.invitations import organisation_for, roles_to_give
from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotFound, NotNow
from kernel.events import emit
from kernel.events.people import AffiliationEnded, PersonChanged
from kernel.identity.actor import Actor
from kernel.identity.administrators import ADMINISTRATOR, require_another_administrator
from kernel.identity.models import Account, Affiliation, Organisation, RoleGrant
from kernel.identity.permissions import KernelPermission
from kernel.values import clock


def colleagues_of(actor: Actor, organisation_id: UUID) -> tuple[Organisation, list[Colleague]]:
    """An organisation with its people and open invitations; raises NotFound for any other."""
    organisation = organisation_for(actor, organisation_id)
    return organisation, queries.colleagues(organisation_id, clock.now())


def own_organisation(actor: Actor) -> UUID | None:
    """The first organisation the actor belongs to and admits people to."""
    admits = (
        one for one in actor.organisation_ids if actor.can(KernelPermission.PEOPLE_ADMIT, one)
    )
    return next(admits, None)


def affiliation_for_change(actor: Actor, affiliation_id: UUID) -> Affiliation:
    """An affiliation that holds now, to an organisation whose people the actor admits.

    Raises NotFound for any other.
    """
    affiliation = queries.affiliation_by_id(affiliation_id)
    if affiliation is None:
        raise NotFound
    organisation_for(actor, affiliation.organisation_id)
    if affiliation.ended_at is not None and affiliation.ended_at <= clock.now():
        raise NotFound
    return affiliation


def change_job_title(
    actor: Actor, affiliation_id: UUID, *, version: int | None, job_title: str | None
) -> Affiliation:
    """Say what somebody does at an organisation; it opens and closes nothing.

    Raises NotFound, and Conflict when somebody else changed it since `version`.
    """
    affiliation = affiliation_for_change(actor, affiliation_id)
    affiliation.expect(version, {"job_title": affiliation.role})
    before, affiliation.role = affiliation.role, job_title or ""
    if affiliation.role != before:
        record(
            actor,
            "affiliation.changed",
            affiliation,
            {"job_title": before},
            {"job_title": affiliation.role},
            personal=("job_title",),
            about=affiliation.person_id,
        )
        emit(PersonChanged(affiliation.person_id))
    return affiliation


def end_affiliation(actor: Actor, affiliation_id: UUID) -> UUID:
    """End somebody's place in an organisation; access ends with the commit.

    Roles held there are taken back; where nothing else lets her in, her sessions and API tokens
    end too. What she wrote stays hers. Returns the organisation's id. Raises NotFound, and Refused
    for one's own affiliation, that of somebody with a role the actor may not give, and that of the
    last network administrator.
    """
    affiliation = db.session.scalars(
        select(Affiliation).where(Affiliation.id == affiliation_id).with_for_update()
    ).one_or_none()
    if affiliation is None:
        raise NotFound
    organisation = organisation_for(actor, affiliation.organisation_id)
    now = clock.now()
    if affiliation.ended_at is not None and affiliation.ended_at <= now:
        raise NotNow(
            N_("This person has left the organisation already: there is nothing more to do.")
        )
    if affiliation.person_id == actor.person_id:
        raise NotNow(N_("You cannot remove yourself. Ask another administrator to do it."))
    held = queries.roles_in(affiliation.person_id, organisation.id)
    if not held <= set(roles_to_give(actor, organisation.id)):
        raise NotNow(N_("This person has a role that is not yours to take. Ask an administrator."))
    if ADMINISTRATOR in held:
        grant = queries.grant_in(affiliation.person_id, ADMINISTRATOR, organisation.id)
        require_another_administrator(grant)
    affiliation.ended_at = now
    db.session.execute(
        delete(RoleGrant).where(
            RoleGrant.person_id == affiliation.person_id,
            RoleGrant.organisation_id == affiliation.organisation_id,
        )
    )
    db.session.flush()
    if not queries.has_other_access(affiliation.person_id, now):
        _close_doors(affiliation.person_id)
    record(
        actor,
        "affiliation.ended",
        affiliation,
        {"ended_at": None},
        {"ended_at": now.isoformat()},
        label=organisation.name,
    )
    emit(AffiliationEnded(affiliation.person_id, organisation.id, now))
    return organisation.id


def _close_doors(person_id: UUID) -> None:
    account_id = db.session.scalar(select(Account.id).where(Account.person_id == person_id))
    if account_id is not None:
        sessions.close_account_doors(account_id, tokens=True)
