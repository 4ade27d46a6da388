"""Finding people, the roles they hold and the organisations they belong to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from kernel.accounts.models import Invitation
from kernel.admin.people.rules import Access
from kernel.db import db
from kernel.identity.affiliations import AT_ORGANISATION, holds, is_with_active
from kernel.identity.models import Account, Affiliation, Organisation, Person, RoleGrant
from kernel.values import clock
from kernel.values.paging import Page, pages_of
from kernel.values.sorting import sort_key

PAGE = 50


@dataclass(frozen=True)
class PeopleWanted:
    """How the list is narrowed."""

    q: str | None = None
    role: str | None = None
    organisation_id: UUID | None = None
    access: Access | None = None
    page: int = 1


@dataclass(frozen=True)
class PersonLine:
    """A person in the list."""

    id: UUID
    name: str
    address: str | None
    access: Access
    organisations: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Belonging:
    """An affiliation of a person; without `ended_at` it holds."""

    organisation_id: UUID
    organisation: str
    job_title: str
    began_on: date
    ended_at: datetime | None


@dataclass(frozen=True)
class Grant:
    """A role a person holds; a personal one has no organisation."""

    id: UUID
    role: str
    organisation: str | None
    granted_at: datetime


def people(wanted: PeopleWanted) -> Page[PersonLine]:
    """The people of the network by name, one page of them; a number beyond the last gives the last."""
    access = _access().label("access")
    found = select(Person.id).outerjoin(Account, _ACCOUNT).where(*_conditions(wanted))
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = pages_of(total, PAGE)
    page = min(wanted.page, pages)
    rows = db.session.execute(
        select(Person.id, Person.name, Account.address, access, _organisations(), _roles())
        .outerjoin(Account, _ACCOUNT)
        .where(*_conditions(wanted))
        .order_by(Person.sort_key, Person.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return Page([_line(row) for row in rows], total, page, pages)


def person(person_id: UUID) -> PersonLine | None:
    """One person."""
    row = db.session.execute(
        select(
            Person.id,
            Person.name,
            Account.address,
            _access().label("access"),
            _organisations(),
            _roles(),
        )
        .outerjoin(Account, _ACCOUNT)
        .where(Person.id == person_id)
    ).one_or_none()
    return None if row is None else _line(row)


def person_record(person_id: UUID) -> Person | None:
    """The person herself, for the trail."""
    return db.session.scalars(select(Person).where(Person.id == person_id)).one_or_none()


def keep_places(person_id: UUID) -> None:
    """Let no affiliation of a person end until this transaction ends."""
    places = select(Affiliation.id).where(Affiliation.person_id == person_id)
    db.session.execute(places.with_for_update(read=True)).all()


def belongings(person_id: UUID) -> list[Belonging]:
    """Where a person is and was, the present first."""
    rows = db.session.execute(
        select(
            Affiliation.organisation_id,
            Organisation.name.label("organisation"),
            Affiliation.role.label("job_title"),
            Affiliation.began_on,
            Affiliation.ended_at,
        )
        .join(Organisation, AT_ORGANISATION)
        .where(Affiliation.person_id == person_id)
        .order_by(Affiliation.ended_at.desc().nulls_first(), Affiliation.began_on.desc())
    )
    return [Belonging(**row._mapping) for row in rows]


def grants(person_id: UUID) -> list[Grant]:
    """The roles a person was given, by name."""
    rows = db.session.execute(
        select(
            RoleGrant.id,
            RoleGrant.role,
            Organisation.name.label("organisation"),
            RoleGrant.granted_at,
        )
        .outerjoin(
            Organisation,
            and_(
                Organisation.tenant_id == RoleGrant.tenant_id,
                Organisation.id == RoleGrant.organisation_id,
            ),
        )
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.role, Organisation.sort_key)
    )
    return [Grant(**row._mapping) for row in rows]


def grant_of(person_id: UUID, grant_id: UUID) -> RoleGrant | None:
    """One role of a person."""
    return db.session.scalars(
        select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.person_id == person_id)
    ).one_or_none()


def has_grant(person_id: UUID, role: str, organisation_id: UUID | None) -> bool:
    """Whether a person was given this very role there."""
    same = RoleGrant.organisation_id.is_not_distinct_from(organisation_id)
    return bool(
        db.session.scalar(
            select(exists().where(RoleGrant.person_id == person_id, RoleGrant.role == role, same))
        )
    )


def organisation_choices() -> list[tuple[str, str]]:
    """Every organisation as an option of a filter."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name).order_by(Organisation.sort_key)
    )
    return [(str(row.id), row.name) for row in rows]


_ACCOUNT = and_(Account.tenant_id == Person.tenant_id, Account.person_id == Person.id)


def _affiliated_now(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Affiliation.tenant_id == Person.tenant_id,
        Affiliation.person_id == Person.id,
        holds(clock.now()),
        *more,
    )


def _is_invited() -> ColumnElement[bool]:
    """Whether an invitation can still be accepted."""
    return exists().where(
        Invitation.tenant_id == Account.tenant_id,
        Invitation.account_id == Account.id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > clock.now(),
    )


def _access() -> ColumnElement[Any]:
    return case(
        (Account.id.is_(None), Access.NO_ACCOUNT.value),
        (and_(Account.password_hash.is_(None), _is_invited()), Access.INVITED.value),
        (Account.password_hash.is_(None), Access.EXPIRED.value),
        (~_affiliated_now(), Access.FORMER.value),
        else_=Access.ACTIVE.value,
    )


def _conditions(wanted: PeopleWanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.q:
        conditions.append(
            or_(
                Person.sort_key.contains(sort_key(wanted.q), autoescape=True),
                Account.address.contains(wanted.q.lower(), autoescape=True),
            )
        )
    if wanted.role:
        conditions.append(
            exists().where(
                RoleGrant.tenant_id == Person.tenant_id,
                RoleGrant.person_id == Person.id,
                RoleGrant.role == wanted.role,
            )
        )
    if wanted.organisation_id:
        conditions.append(_affiliated_now(Affiliation.organisation_id == wanted.organisation_id))
    if wanted.access:
        conditions.append(_access() == wanted.access.value)
    return conditions


def _organisations() -> Any:
    return _names(
        select(func.array_agg(aggregate_order_by(Organisation.name, Organisation.sort_key)))
        .select_from(Affiliation)
        .join(Organisation, AT_ORGANISATION)
        .where(
            Affiliation.tenant_id == Person.tenant_id,
            Affiliation.person_id == Person.id,
            is_with_active(clock.now()),
        ),
        "organisations",
    )


def _roles() -> Any:
    return _names(
        select(func.array_agg(RoleGrant.role.distinct())).where(
            RoleGrant.tenant_id == Person.tenant_id, RoleGrant.person_id == Person.id
        ),
        "roles",
    )


def _names(statement: Select[Any], label: str) -> Any:
    return statement.correlate(Person).scalar_subquery().label(label)


def _line(row: Any) -> PersonLine:
    return PersonLine(
        row.id,
        row.name,
        row.address,
        Access(row.access),
        tuple(row.organisations or ()),
        tuple(row.roles or ()),
    )
