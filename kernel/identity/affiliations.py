"""Conditions on the affiliation in hand: whether it holds, and with an active organisation."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_

from kernel.identity.models import Affiliation, Membership, Organisation

AT_ORGANISATION: Final = and_(
    Organisation.tenant_id == Affiliation.tenant_id,
    Organisation.id == Affiliation.organisation_id,
)
"""Joins the affiliation in hand to its organisation."""


def holds(now: Any) -> ColumnElement[bool]:
    """Whether the affiliation has not ended at a moment, which may be a parameter bound later."""
    return or_(Affiliation.ended_at.is_(None), Affiliation.ended_at > now)


def is_with_active(now: Any) -> ColumnElement[bool]:
    """Whether it holds at a moment, and the organisation joined to it is an active member."""
    return and_(holds(now), Organisation.membership == Membership.ACTIVE)
