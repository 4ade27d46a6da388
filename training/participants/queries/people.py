"""Who the people and organisations are that a list of participants names."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, select

from kernel.db import db
from kernel.identity.models import Account, Membership, Organisation, OrganisationKind, Person
from training.participants.models import Participant


def organisation_name(organisation_id: UUID | None) -> str | None:
    """What an organisation is called."""
    return db.session.scalars(
        select(Organisation.name).where(Organisation.id == organisation_id)
    ).one_or_none()


def people_at(addresses: Collection[str]) -> dict[str, UUID]:
    """Who is known at some addresses: by her account, or else as a participant, the latest one first."""
    as_participants = (
        select(Participant.address, Participant.person_id)
        .where(Participant.address.in_(addresses))
        .order_by(Participant.id)
    )
    as_owners = select(Account.address, Account.person_id).where(Account.address.in_(addresses))
    return {
        **{row.address: row.person_id for row in db.session.execute(as_participants)},
        **{row.address: row.person_id for row in db.session.execute(as_owners)},
    }


def person_without_account_at(address: str) -> UUID | None:
    """The latest participant of an address who has no account yet."""
    has_account = exists().where(
        Account.tenant_id == Participant.tenant_id, Account.person_id == Participant.person_id
    )
    return db.session.scalars(
        select(Participant.person_id)
        .where(Participant.address == address, ~has_account)
        .order_by(Participant.id.desc())
        .limit(1)
    ).one_or_none()


def people_without_account(person_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Those of some people who have no account, by id: what they are called is the organiser's to say."""
    has_account = exists().where(
        Account.tenant_id == Person.tenant_id, Account.person_id == Person.id
    )
    statement = select(Person).where(Person.id.in_(person_ids), ~has_account)
    return {person.id: person for person in db.session.scalars(statement)}


def member_embs(countries: Collection[str]) -> dict[str, UUID]:
    """The EMBs of some countries that are members now, by country."""
    statement = select(Organisation.country, Organisation.id).where(
        Organisation.kind == OrganisationKind.EMB,
        Organisation.membership == Membership.ACTIVE,
        Organisation.country.in_(countries),
    )
    return {row.country: row.id for row in db.session.execute(statement)}
