"""Applications for membership, and the steps each took."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key
from kernel.values import clock

_STATES = "('received', 'considered', 'admitted', 'declined')"


class MembershipApplication(Versioned, Tenanted):
    """What an organisation wrote that applies for membership.

    It names an organisation of the network only once it is considered: before that nobody but the
    secretariat knows of it.
    """

    __tablename__ = "membership_application"
    __table_args__ = table(
        "network",
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("entered_by", "kernel.person"),
        CheckConstraint("kind in ('emb', 'partner')", name="kind_known"),
        CheckConstraint(f"state in {_STATES}", name="state_known"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        CheckConstraint("kind <> 'emb' or country is not null", name="emb_has_country"),
        CheckConstraint(
            "state not in ('considered', 'admitted') or organisation_id is not null",
            name="considered_has_organisation",
        ),
        CheckConstraint(
            "(state in ('admitted', 'declined')) = (decided_at is not null)", name="decided_has_day"
        ),
        CheckConstraint("(contact_name is null) = (contact_address is null)", name="contact_whole"),
        Index("ix_membership_application_state", "tenant_id", "state", "received_at"),
    )

    kind: Mapped[str]
    name: Mapped[str]
    country: Mapped[str | None]
    statement: Mapped[str]
    # Empty once they are forgotten; see `rules.CONTACT_KEPT`.
    contact_name: Mapped[str | None]
    contact_address: Mapped[str | None]
    # In which the contact is written to.
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default="received")
    organisation_id: Mapped[UUID | None]
    # Empty when the organisation applied by itself.
    entered_by: Mapped[UUID | None]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]


class ApplicationStep(Tenanted):
    """A step of an application, with its reason. Append only."""

    __tablename__ = "membership_application_step"
    __table_args__ = table(
        "network",
        tenant_key("application_id", "network.membership_application"),
        tenant_key("taken_by", "kernel.person"),
        CheckConstraint(f"before in {_STATES}", name="before_known"),
        CheckConstraint(f"after in {_STATES}", name="after_known"),
        Index("ix_membership_application_step_application_id", "tenant_id", "application_id"),
    )

    application_id: Mapped[UUID]
    # Empty for the first: it arrived.
    before: Mapped[str | None]
    after: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[UUID | None]
    taken_at: Mapped[datetime] = mapped_column(default=clock.now)
