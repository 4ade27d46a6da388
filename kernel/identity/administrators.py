"""A network always has an administrator who can sign in."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select

from kernel.db import db
from kernel.errors import N_, NotNow
from kernel.identity.affiliations import AT_ORGANISATION, is_with_active
from kernel.identity.models import Account, Affiliation, RoleGrant
from kernel.values import clock

ADMINISTRATOR: Final = "network_administrator"


_LAST = N_("This is the last network administrator. Give somebody else the role first.")
_LAST_OF_ORGANISATION = N_(
    "The last network administrator works there. Give the role to somebody of another organisation first."
)


def require_another_administrator(grant_id: UUID) -> None:
    """Raise Refused when nobody would administer the network without this grant.

    All grants of the role stay locked until the transaction ends, so that of two administrators who
    remove each other at once the second is refused.
    """
    _lock_grants()
    if other_administrators(grant_id) == 0:
        raise NotNow(_LAST)


def require_administrator_elsewhere(organisation_id: UUID) -> None:
    """Raise Refused when nobody would administer the network without the people of this organisation.

    Roles hold in active organisations alone: asked before a membership is suspended or ends.
    """
    _lock_grants()
    works_there = RoleGrant.organisation_id == organisation_id
    if _administrators(works_there) and not _administrators(~works_there):
        raise NotNow(_LAST_OF_ORGANISATION)


def other_administrators(grant_id: UUID) -> int:
    """How many people can sign in and administer the network without this grant."""
    return _administrators(RoleGrant.id != grant_id)


def _lock_grants() -> None:
    grants = select(RoleGrant.id).where(RoleGrant.role == ADMINISTRATOR).order_by(RoleGrant.id)
    db.session.execute(grants.with_for_update()).all()


def _administrators(condition: ColumnElement[bool]) -> int:
    works_there = exists().where(
        Affiliation.tenant_id == RoleGrant.tenant_id,
        Affiliation.person_id == RoleGrant.person_id,
        Affiliation.organisation_id == RoleGrant.organisation_id,
        AT_ORGANISATION,
        is_with_active(clock.now()),
    )
    has_account = and_(
        Account.tenant_id == RoleGrant.tenant_id, Account.person_id == RoleGrant.person_id
    )
    found = (
        select(func.count(RoleGrant.person_id.distinct()))
        .join(Account, has_account)
        .where(
            RoleGrant.role == ADMINISTRATOR,
            condition,
            Account.disabled_at.is_(None),
            Account.password_hash.is_not(None),
            works_there,
        )
    )
    return db.session.scalar(found) or 0
