"""Giving roles."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.identity.models import RoleGrant
from kernel.values import clock


def give_role(person_ids: Iterable[UUID], role: str, organisation_id: UUID | None = None) -> None:
    """Grant a role to whoever of some people does not hold it: in an organisation, or for themselves.

    One statement, also where somebody else gives the role in the same moment.
    """
    tenant_id, now = require_scope().tenant, clock.now()
    grants = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "person_id": person_id,
            "role": role,
            "organisation_id": organisation_id,
            "granted_at": now,
        }
        for person_id in sorted(person_ids)
    ]
    if grants:
        db.session.execute(insert(RoleGrant).values(grants).on_conflict_do_nothing())
