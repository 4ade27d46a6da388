"""Finding applications for membership and the organisations they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import and_, func, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.models import Organisation, Person
from kernel.values.paging import Page, pages_of
from network.applications.models import ApplicationStep, MembershipApplication
from network.applications.rules import ApplicationState, Kind, contact_forgotten_from

PER_PAGE: Final = 50


@dataclass(frozen=True)
class Step:
    """A step an application took; `by` is empty where the organisation itself did."""

    before: str | None
    after: str
    reason: str
    by_id: UUID | None
    by: str | None
    taken_at: datetime


def applications(state: ApplicationState | None, number: int) -> Page[MembershipApplication]:
    """The applications in a state, or all; a number beyond the last page gives the last."""
    found = select(MembershipApplication)
    if state is not None:
        found = found.where(MembershipApplication.state == state)
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = pages_of(total, PER_PAGE)
    page = min(number, pages)
    rows = db.session.scalars(
        found.order_by(
            MembershipApplication.decided_at.desc().nulls_first(),
            MembershipApplication.received_at,
            MembershipApplication.id,
        )
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return Page(rows, total, page, pages)


def application(application_id: UUID) -> MembershipApplication:
    """One application; raises NotFound."""
    found = db.session.scalars(
        select(MembershipApplication).where(MembershipApplication.id == application_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def history_of(application_id: UUID) -> list[Step]:
    """The steps an application took, the latest first."""
    statement = (
        select(
            ApplicationStep.before,
            ApplicationStep.after,
            ApplicationStep.reason,
            Person.id.label("by_id"),
            Person.name.label("by"),
            ApplicationStep.taken_at,
        )
        .outerjoin(
            Person,
            and_(
                Person.tenant_id == ApplicationStep.tenant_id,
                Person.id == ApplicationStep.taken_by,
            ),
        )
        .where(ApplicationStep.application_id == application_id)
        .order_by(ApplicationStep.taken_at.desc(), ApplicationStep.id.desc())
    )
    return [Step(*row) for row in db.session.execute(statement)]


def organisation_like(kind: str, name: str, country: str | None) -> Organisation | None:
    """The organisation an application is about, if the network knows it.

    A country has one election management body; partners are told apart by name.
    """
    same = (
        Organisation.country == country
        if kind == Kind.EMB
        else func.lower(Organisation.name) == name.lower()
    )
    statement = select(Organisation).where(Organisation.kind == kind, same)
    return db.session.scalars(statement.order_by(Organisation.id).limit(1)).one_or_none()


def to_decide() -> int:
    """How many applications nobody has decided on."""
    statement = select(func.count()).where(MembershipApplication.decided_at.is_(None))
    return db.session.scalar(statement) or 0


def with_old_contacts(now: datetime) -> Sequence[MembershipApplication]:
    """Applications decided so long ago that their contact is to be forgotten."""
    return db.session.scalars(
        select(MembershipApplication).where(
            MembershipApplication.contact_address.is_not(None),
            MembershipApplication.decided_at < contact_forgotten_from(now),
        )
    ).all()
