"""Who was registered for a workshop, and minutes per session."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique


class Participant(Versioned, Tenanted):
    """A person registered for a workshop, as the organiser's list has her.

    Once she was erased there is no address, and her minutes stay without a name.
    """

    __tablename__ = "participant"
    __table_args__ = table(
        "training",
        tenant_key("workshop_id", "training.workshop"),
        tenant_key("person_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_unique("workshop_id", "person_id"),
        tenant_unique("workshop_id", "address"),
        CheckConstraint("address = lower(address)", name="address_lower"),
        CheckConstraint(
            "gender in ('female', 'male', 'other', 'not_declared')", name="gender_known"
        ),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_form"),
        Index("ix_participant_person_id", "tenant_id", "person_id"),
    )

    workshop_id: Mapped[UUID]
    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    name: Mapped[str]
    sort_key: Mapped[str]
    address: Mapped[str | None]
    gender: Mapped[str]
    country: Mapped[str]


class Attendance(Tenanted):
    """Minutes one participant spent in one session."""

    __tablename__ = "attendance"
    __table_args__ = table(
        "training",
        tenant_key("participant_id", "training.participant", ondelete="CASCADE"),
        tenant_key("session_id", "training.session"),
        tenant_unique("participant_id", "session_id"),
        CheckConstraint("minutes >= 0", name="minutes_not_negative"),
        Index("ix_attendance_session_id", "tenant_id", "session_id"),
    )

    participant_id: Mapped[UUID]
    session_id: Mapped[UUID]
    minutes: Mapped[int] = mapped_column(default=0)
