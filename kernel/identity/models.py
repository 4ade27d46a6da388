"""Organisations, people, affiliations, accounts and what opens doors for them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.values import clock


class OrganisationKind(StrEnum):
    """What an organisation is to the network; there is exactly one secretariat."""

    SECRETARIAT = "secretariat"
    EMB = "emb"
    PARTNER = "partner"


class Membership(StrEnum):
    """Where an organisation stands: applied → active → suspended → left."""

    APPLIED = "applied"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class Organisation(Versioned, Tenanted):
    """The secretariat, an election management body or a partner."""

    __tablename__ = "organisation"
    __table_args__ = table(
        "kernel",
        CheckConstraint("kind in ('secretariat', 'emb', 'partner')", name="kind_known"),
        CheckConstraint(
            "membership in ('applied', 'active', 'suspended', 'left')", name="membership_known"
        ),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        CheckConstraint("kind <> 'emb' or country is not null", name="emb_has_country"),
        Index(
            "uq_organisation_emb_country",
            "tenant_id",
            "country",
            unique=True,
            postgresql_where=text("kind = 'emb'"),
        ),
        Index(
            "uq_organisation_secretariat",
            "tenant_id",
            unique=True,
            postgresql_where=text("kind = 'secretariat'"),
        ),
        Index("ix_organisation_sort_key", "tenant_id", "sort_key"),
    )

    kind: Mapped[str]
    name: Mapped[str]
    # A name made up by us because the source had none; shown as "to be confirmed".
    name_is_fallback: Mapped[bool] = mapped_column(default=False)
    sort_key: Mapped[str]
    country: Mapped[str | None]
    region: Mapped[str | None]
    permanent: Mapped[bool | None]
    micro_state: Mapped[bool | None]
    languages: Mapped[list[str]] = mapped_column(default=list)
    joined_year: Mapped[int | None]
    membership: Mapped[str] = mapped_column(default=Membership.ACTIVE)


class Person(Versioned, Tenanted):
    """A human known to one network, with or without a login."""

    __tablename__ = "person"
    __table_args__ = table("kernel", Index("ix_person_sort_key", "tenant_id", "sort_key"))

    name: Mapped[str]
    sort_key: Mapped[str]
    # Empty means: as the network has it.
    language: Mapped[str | None]
    time_zone: Mapped[str | None]


class Affiliation(Versioned, Tenanted):
    """A person in an organisation. Its role is a job title, not a right; the moment it ends, so does access."""

    __tablename__ = "affiliation"
    __table_args__ = table(
        "kernel",
        tenant_key("person_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        Index("ix_affiliation_person_id", "tenant_id", "person_id"),
        Index("ix_affiliation_organisation_id", "tenant_id", "organisation_id"),
    )

    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(default="")
    began_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    # With a default of the database's: the release before writes affiliations without it.
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Account(Versioned, Tenanted):
    """The login of one person. Without a password it has been invited and not yet accepted."""

    __tablename__ = "account"
    __table_args__ = table(
        "kernel",
        tenant_key("person_id", "kernel.person"),
        tenant_unique("person_id"),
        tenant_unique("address"),
        CheckConstraint("address = lower(address)", name="address_lower"),
        CheckConstraint("theme in ('auto', 'light', 'dark')", name="theme_known"),
    )

    person_id: Mapped[UUID]
    address: Mapped[str]
    password_hash: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    totp_secret: Mapped[bytes | None]
    # The last 30-second step spent: a code works once.
    totp_counter: Mapped[int] = mapped_column(default=0)
    theme: Mapped[str] = mapped_column(default="auto")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class SignInSession(Tenanted):
    """One signed-in browser. The cookie holds a random token, this row its digest; no row, no access."""

    __tablename__ = "sign_in_session"
    __table_args__ = table(
        "kernel",
        tenant_key("account_id", "kernel.account", ondelete="CASCADE"),
        tenant_unique("digest"),
        Index("ix_sign_in_session_account_id", "tenant_id", "account_id"),
    )

    account_id: Mapped[UUID]
    digest: Mapped[bytes]
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]


class RoleGrant(Tenanted):
    """A role a person holds. With an organisation it ends when the affiliation there ends."""

    __tablename__ = "role_grant"
    __table_args__ = table(
        "kernel",
        tenant_key("person_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        Index(
            "uq_role_grant_person_id_role_organisation_id",
            "tenant_id",
            "person_id",
            "role",
            "organisation_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    person_id: Mapped[UUID]
    role: Mapped[str]
    organisation_id: Mapped[UUID | None]
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)


class ApiToken(Tenanted):
    """A personal API token: shown once, kept as a digest, good for its scopes and no more."""

    __tablename__ = "api_token"
    __table_args__ = table(
        "kernel",
        tenant_key("account_id", "kernel.account", ondelete="CASCADE"),
        tenant_unique("digest"),
        Index("ix_api_token_account_id", "tenant_id", "account_id"),
    )

    account_id: Mapped[UUID]
    name: Mapped[str]
    digest: Mapped[bytes]
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]
