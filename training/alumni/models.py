"""Participations, alumni records, and what alumni state and allow themselves."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.db.constraints import explain
from kernel.errors import N_
from kernel.values import clock


class Participation(Tenanted):
    """What the organiser attests: one attended minute or more, once attendance was locked."""

    __tablename__ = "participation"
    __table_args__ = table(
        "training",
        tenant_key("person_id", "kernel.person"),
        tenant_key("workshop_id", "training.workshop"),
        tenant_unique("person_id", "workshop_id"),
        CheckConstraint("attended_minutes >= 1", name="attended_at_least_a_minute"),
        Index("ix_participation_workshop_id", "tenant_id", "workshop_id"),
    )

    person_id: Mapped[UUID]
    workshop_id: Mapped[UUID]
    attended_minutes: Mapped[int]
    scheduled_minutes: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class AlumniRecord(Tenanted):
    """A person as an alumna or alumnus of the network."""

    __tablename__ = "alumni_record"
    __table_args__ = table(
        "training",
        tenant_key("person_id", "kernel.person"),
        tenant_unique("person_id"),
        CheckConstraint("state in ('invited', 'active', 'dormant', 'erased')", name="state_known"),
    )

    person_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="invited")
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)


class Consent(Tenanted):
    """What one person allows for one purpose, from the day she said so until she withdrew it."""

    __tablename__ = "alumni_consent"
    __table_args__ = table(
        "training",
        tenant_key("person_id", "kernel.person"),
        CheckConstraint("purpose in ('missions')", name="purpose_known"),
        CheckConstraint("withdrawn_at >= given_at", name="withdrawn_after_given"),
        Index(
            "uq_alumni_consent_standing",
            "tenant_id",
            "person_id",
            "purpose",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
    )

    person_id: Mapped[UUID]
    purpose: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]


class Availability(Tenanted):
    """Days, both ends included, on which somebody says she could go; no two of hers overlap."""

    __tablename__ = "alumni_availability"
    __table_args__ = table(
        "training",
        tenant_key("person_id", "kernel.person"),
        CheckConstraint("starts_on <= ends_on", name="in_order"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("person_id", "="),
            (literal_column("daterange(starts_on, ends_on, '[]')"), "&&"),
            name="ex_alumni_availability_overlap",
            using="gist",
        ),
    )

    person_id: Mapped[UUID]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


explain(
    "ex_alumni_availability_overlap",
    N_("You have just stated these days elsewhere. Open your record again to see them."),
)
explain(
    "uq_alumni_consent_standing",
    N_("You have just agreed to this elsewhere. Open your record again to see it."),
)
