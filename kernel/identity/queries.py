"""Finding people and what opens doors for them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, func, literal, null, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.types import Text, Uuid

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.identity.actor import Actor, HeldRole
from kernel.identity.affiliations import AT_ORGANISATION, is_with_active
from kernel.identity.models import (
    Account,
    Affiliation,
    ApiToken,
    Organisation,
    Person,
    RoleGrant,
    SignInSession,
)
from kernel.identity.permissions import known_roles

MEMBER = "member"


def _current_affiliations() -> Select[Any]:
    """Affiliations that hold now, in organisations that are active members."""
    return (
        select(Affiliation.organisation_id)
        .join(Organisation, AT_ORGANISATION)
        .where(
            Affiliation.tenant_id == Person.tenant_id,
            Affiliation.person_id == Person.id,
            is_with_active(bindparam("now")),
        )
        .correlate(Person)
    )


def _held_roles() -> Any:
    """Roles granted, those in an organisation only while she is affiliated there; one text per role."""
    granted = (
        select(RoleGrant.role, RoleGrant.organisation_id)
        .where(
            RoleGrant.tenant_id == Person.tenant_id,
            RoleGrant.person_id == Person.id,
            or_(
                RoleGrant.organisation_id.is_(None),
                RoleGrant.organisation_id.in_(_current_affiliations()),
            ),
        )
        .correlate(Person)
    )
    by_affiliation = select(
        literal(MEMBER).label("role"), _current_affiliations().subquery("own").c.organisation_id
    )
    held = union_all(granted, by_affiliation).subquery("held")
    return (
        select(
            func.array_agg(
                aggregate_order_by(
                    held.c.role + ":" + func.coalesce(held.c.organisation_id.cast(Text), ""),
                    held.c.role,
                ),
                type_=ARRAY(Text),
            )
        )
        .correlate(Person)
        .scalar_subquery()
    )


def _actor_columns() -> Select[Any]:
    return (
        select(
            Account.tenant_id,
            Account.id.label("account_id"),
            Person.id.label("person_id"),
            Person.name,
            Person.language,
            Person.time_zone,
            Account.theme,
            Account.totp_secret.is_not(None).label("has_totp"),
            func.array(_current_affiliations().scalar_subquery(), type_=ARRAY(Uuid)).label(
                "organisation_ids"
            ),
            _held_roles().label("held_roles"),
        )
        .join(Person, and_(Person.tenant_id == Account.tenant_id, Person.id == Account.person_id))
        .where(Account.disabled_at.is_(None))
    )


# Built once: these run on every request.
_BY_SESSION = HotStatement(
    _actor_columns()
    .add_columns(SignInSession.id.label("sign_in_session_id"), null().label("scopes"))
    .join(
        SignInSession,
        and_(SignInSession.tenant_id == Account.tenant_id, SignInSession.account_id == Account.id),
    )
    .where(SignInSession.digest == bindparam("digest"), SignInSession.expires_at > bindparam("now"))
)
_BY_TOKEN = HotStatement(
    _actor_columns()
    .add_columns(null().label("sign_in_session_id"), ApiToken.scopes)
    .join(
        ApiToken,
        and_(ApiToken.tenant_id == Account.tenant_id, ApiToken.account_id == Account.id),
    )
    .where(
        ApiToken.digest == bindparam("digest"),
        or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > bindparam("now")),
    )
)
_BY_PERSON = HotStatement(
    _actor_columns()
    .add_columns(null().label("sign_in_session_id"), null().label("scopes"))
    .where(Person.id == bindparam("person_id"))
)


def actor_by_session(digest: bytes, now: datetime) -> Actor | None:
    """The person whose browser shows a session token with this digest, if it still opens anything."""
    return _actor(_BY_SESSION.one_or_none(digest=digest, now=now))


def actor_by_token(digest: bytes, now: datetime) -> Actor | None:
    """The person behind an API token, with her permissions narrowed to its scopes."""
    return _actor(_BY_TOKEN.one_or_none(digest=digest, now=now))


def actor_by_person(person_id: UUID, now: datetime) -> Actor | None:
    """A person with an account as an actor, for jobs and commands that act in her name."""
    return _actor(_BY_PERSON.one_or_none(person_id=person_id, now=now))


def people_who_can(permission: str, now: datetime) -> list[UUID]:
    """People with an account to whom a role was granted, now in force, that carries the permission."""
    roles = [name for name, role in known_roles().items() if permission in role.permissions]
    granted = select(RoleGrant.id).where(
        RoleGrant.tenant_id == Person.tenant_id,
        RoleGrant.person_id == Person.id,
        RoleGrant.role.in_(roles),
        or_(
            RoleGrant.organisation_id.is_(None),
            RoleGrant.organisation_id.in_(_current_affiliations()),
        ),
    )
    statement = (
        select(Person.id)
        .join(Account, and_(Account.tenant_id == Person.tenant_id, Account.person_id == Person.id))
        .where(Account.disabled_at.is_(None), granted.exists())
        .order_by(Person.id)
    )
    return list(db.session.scalars(statement, {"now": now}))


def _actor(row: Row[Any] | None) -> Actor | None:
    if row is None:
        return None
    return Actor(
        tenant_id=row.tenant_id,
        person_id=row.person_id,
        account_id=row.account_id,
        name=row.name,
        organisation_ids=tuple(row.organisation_ids),
        held_roles=tuple(_held(text) for text in row.held_roles or ()),
        language=row.language,
        time_zone=row.time_zone,
        theme=row.theme,
        sign_in_session_id=row.sign_in_session_id,
        has_totp=row.has_totp,
        token_scopes=None if row.scopes is None else frozenset(row.scopes),
    )


def _held(text: str) -> HeldRole:
    role, _, organisation = text.partition(":")
    return HeldRole(role, UUID(organisation) if organisation else None)
