"""Groups whose members follow an office, and the words their forms offer."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from kernel.db import db
from kernel.identity.models import Membership, Organisation
from network.groups.models import Group
from network.groups.rules import GroupState


def groups_by_office(office: str | None = None) -> Sequence[Group]:
    """The active groups whose members follow an office, or follow this one."""
    statement = select(Group).where(Group.office.is_not(None), Group.state == GroupState.ACTIVE)
    if office is not None:
        statement = statement.where(Group.office == office)
    return db.session.scalars(statement.order_by(Group.id)).all()


def regions() -> Sequence[str]:
    """The regions in which active members lie."""
    statement = select(Organisation.region).where(
        Organisation.region.is_not(None), Organisation.membership == Membership.ACTIVE
    )
    found = db.session.scalars(statement.distinct().order_by(Organisation.region))
    return [region for region in found if region]


def is_active_organisation(organisation_id: UUID) -> bool:
    """Whether an organisation is an active member of the network."""
    statement = select(Organisation.id).where(
        Organisation.id == organisation_id, Organisation.membership == Membership.ACTIVE
    )
    return db.session.scalar(statement) is not None
