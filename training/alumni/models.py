"""Participations and alumni records."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
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
