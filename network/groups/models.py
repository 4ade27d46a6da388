"""Groups and their members."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.values import clock


class Group(Versioned, Tenanted):
    """People who talk to each other. Its chair is one of its members: a deferred key sees to it."""

    __tablename__ = "group"
    __table_args__ = table(
        "network",
        tenant_unique("name"),
        tenant_key("created_by", "kernel.person"),
        ForeignKeyConstraint(
            ["tenant_id", "id", "chair_id"],
            [
                "network.group_membership.tenant_id",
                "network.group_membership.group_id",
                "network.group_membership.person_id",
            ],
            name="fk_group_chair_is_member",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        CheckConstraint(
            "kind in ('steering_committee', 'working_group', 'conference', 'region', 'cohort',"
            " 'open')",
            name="kind_known",
        ),
        CheckConstraint(
            "joining in ('open', 'on_request', 'invitation', 'ex_officio')", name="joining_known"
        ),
        CheckConstraint("visibility in ('open', 'private')", name="visibility_known"),
        CheckConstraint("state in ('active', 'archived')", name="state_known"),
    )

    name: Mapped[str]
    purpose: Mapped[str]
    kind: Mapped[str]
    joining: Mapped[str]
    visibility: Mapped[str]
    state: Mapped[str] = mapped_column(default="active")
    chair_id: Mapped[UUID]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class GroupMembership(Tenanted):
    """A person in a group, for the organisation she speaks for.

    It holds only while she is affiliated there: the moment that ends, so does what it opens, and soon
    after it is marked as ended, so that nothing comes back by itself should she be admitted again.
    """

    __tablename__ = "group_membership"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_key("person_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("added_by", "kernel.person"),
        tenant_unique("group_id", "person_id"),
        Index("ix_group_membership_person_id", "tenant_id", "person_id"),
    )

    group_id: Mapped[UUID]
    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    added_by: Mapped[UUID]
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
