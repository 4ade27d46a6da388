"""Giving roles and taking them back."""

from uuid import UUID

from sqlalchemy import delete, update

from kernel.admin.people import queries
from kernel.audit import record
from kernel.audit.keys import destroy_key
from kernel.db import db
from kernel.errors import N_, NotFound, NotNow, Refused
from kernel.events import emit
from kernel.events.people import PersonErased, RoleChanged
from kernel.identity.actor import Actor
from kernel.identity.administrators import ADMINISTRATOR, require_another_administrator
from kernel.identity.models import Account, Affiliation, Person, RoleGrant
from kernel.identity.permissions import KernelPermission, known_roles
from kernel.imports import forget_all
from kernel.values.erasure import ERASED_NAME
from kernel.values.sorting import sort_key


def grantable_roles() -> list[str]:
    """The roles one can be given, by name: being a member or a guest follows from where one is."""
    return sorted(name for name, role in known_roles().items() if role.by_hand)


def grant_role(
    actor: Actor, person_id: UUID, *, role: str, organisation_id: UUID | None = None
) -> RoleGrant:
    """Give somebody a role, held in an organisation she belongs to and ending with her time there.

    A personal role (alumnus) has no organisation and outlives it. Raises NotFound, Forbidden, and Refused
    for a role nobody registered, an organisation she is not in, or a role she holds already.
    """
    actor.require(KernelPermission.ROLES_MANAGE)
    person = _person(person_id)
    if role not in grantable_roles():
        raise Refused(N_("Choose one of the roles of the list."), field="role")
    queries.keep_places(person_id)  # a role given while she leaves would wait for her to come back
    if known_roles()[role].personal:
        organisation_id = None
    elif organisation_id is None:
        raise Refused(
            N_("Choose the organisation in which the role is held."), field="organisation_id"
        )
    elif organisation_id not in _organisations(person_id):
        raise Refused(
            N_("Choose an organisation to which this person belongs now."), field="organisation_id"
        )
    if queries.has_grant(person_id, role, organisation_id):
        raise Refused(N_("This person holds this role already. Choose another one."), field="role")
    grant = RoleGrant(person_id=person_id, role=role, organisation_id=organisation_id)
    db.session.add(grant)
    record(actor, "role.granted", person, after=_facts(grant))
    _tell(grant)
    return grant


def revoke_role(actor: Actor, person_id: UUID, grant_id: UUID) -> None:
    """Take a role back; what it opened closes with the commit.

    Raises NotFound, Forbidden, and Refused for the last network administrator.
    """
    actor.require(KernelPermission.ROLES_MANAGE)
    person, grant = _person(person_id), queries.grant_of(person_id, grant_id)
    if grant is None:
        raise NotFound
    if grant.role == ADMINISTRATOR:
        require_another_administrator(grant_id)
    record(actor, "role.revoked", person, before=_facts(grant))
    _tell(grant)
    db.session.delete(grant)


def erase(person_id: UUID) -> None:
    """Forget who somebody was, as the operator does at her request.

    Her account goes with its sessions, tokens and invitations, and so do her roles, her name and job
    titles; what is kept under her key, in the trail and elsewhere, becomes unreadable, and the trail
    still verifies. What she wrote in topics stays, without a name; files that wait to be imported are
    forgotten, as they may name her. The modules forget what else they keep of her after the commit.
    Raises NotFound, and Refused while she belongs to an organisation.
    """
    person = _person(person_id)
    if _organisations(person_id):
        raise NotNow(N_("End this person's affiliations first, then erase."))
    record(None, "person.erased", person, label="")
    destroy_key(person_id)
    person.name = ERASED_NAME
    person.sort_key = sort_key(ERASED_NAME)
    person.language = person.time_zone = None
    db.session.execute(delete(Account).where(Account.person_id == person_id))
    db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == person_id))
    db.session.execute(
        update(Affiliation).where(Affiliation.person_id == person_id).values(role="")
    )
    forget_all()
    emit(PersonErased(person_id))


def _person(person_id: UUID) -> Person:
    person = queries.person_record(person_id)
    if person is None:
        raise NotFound
    return person


def _organisations(person_id: UUID) -> set[UUID]:
    return {one.organisation_id for one in queries.belongings(person_id) if one.ended_at is None}


def _tell(grant: RoleGrant) -> None:
    if grant.organisation_id is not None:
        emit(RoleChanged(grant.person_id, grant.organisation_id, grant.role))


def _facts(grant: RoleGrant) -> dict[str, object]:
    return {"role": grant.role, "organisation_id": grant.organisation_id}
