"""Nominations of people for missions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key
from kernel.db.constraints import explain
from kernel.errors import N_
from kernel.values import clock


class Nomination(Versioned, Tenanted):
    """A person for a mission, with the credentials she was nominated on, sealed under her key.

    While she is counted on (selected, accepted) the row holds the days she is taken for: the database
    lets nobody be in two places on one day. A nomination that was removed can be put back.
    """

    __tablename__ = "nomination"
    __table_args__ = table(
        "missions",
        tenant_key("mission_id", "missions.mission"),
        tenant_key("person_id", "kernel.person"),
        tenant_key("nominated_by", "kernel.person"),
        CheckConstraint(
            "state in ('nominated', 'shortlisted', 'selected', 'reserve', 'rejected', 'accepted',"
            " 'withdrawn')",
            name="state_known",
        ),
        CheckConstraint(
            "(state in ('selected', 'accepted')) = (starts_on is not null)", name="placed_has_days"
        ),
        CheckConstraint("(starts_on is null) = (ends_on is null)", name="days_whole"),
        CheckConstraint("starts_on <= ends_on", name="in_order"),
        CheckConstraint("removed_at is null or state = 'nominated'", name="removed_undecided"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("person_id", "="),
            (literal_column("daterange(starts_on, ends_on, '[]')"), "&&"),
            name="ex_nomination_one_place_a_day",
            using="gist",
            where="starts_on is not null",
        ),
        Index(
            "uq_nomination_live",
            "tenant_id",
            "mission_id",
            "person_id",
            unique=True,
            postgresql_where=text("removed_at is null and state not in ('rejected', 'withdrawn')"),
        ),
        Index("ix_nomination_mission_id", "tenant_id", "mission_id"),
    )

    mission_id: Mapped[UUID]
    person_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="nominated")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # What was known of her when she was nominated, and when that was.
    credentials: Mapped[dict[str, Any]]
    credentials_at: Mapped[datetime] = mapped_column(default=clock.now)
    nominated_by: Mapped[UUID]
    removed_at: Mapped[datetime | None]
    # Since when she no longer agrees to be found by mission planners.
    consent_withdrawn_at: Mapped[datetime | None]


explain(
    "uq_nomination_live",
    N_("Somebody else has just nominated this person. Open the team again to see it."),
)
explain(
    "ex_nomination_one_place_a_day",
    N_(
        "This person has just been selected for another mission on some of these days."
        " Open the team again to see it."
    ),
)
