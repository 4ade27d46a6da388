"""Groups and their members."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, Versioned, table, tenant_key, tenant_unique
from kernel.values import clock


class Group(Versioned, Tenanted):
    """People who talk to each other. At least one member chairs it: a deferred trigger sees to it."""

    __tablename__ = "group"
    __table_args__ = table(
        "network",
        # Not the names of secret groups: whoever tries one must not learn that it is taken.
        Index(
            "uq_group_known_name",
            "tenant_id",
            "name",
            unique=True,
            postgresql_where=text("visibility <> 'secret'"),
        ),
        tenant_key("created_by", "kernel.person"),
        CheckConstraint(
            "kind in ('steering_committee', 'working_group', 'conference', 'region', 'cohort',"
            " 'open')",
            name="kind_known",
        ),
        CheckConstraint(
            "joining in ('open', 'on_request', 'invitation', 'ex_officio')", name="joining_known"
        ),
        CheckConstraint("visibility in ('open', 'private', 'secret')", name="visibility_known"),
        CheckConstraint("state in ('active', 'archived')", name="state_known"),
        CheckConstraint(
            "(office is null or joining = 'ex_officio')"
            " and (office_region is null or office is not null)",
            name="office_opens",
        ),
    )

    name: Mapped[str]
    purpose: Mapped[str]
    kind: Mapped[str]
    joining: Mapped[str]
    visibility: Mapped[str]
    state: Mapped[str] = mapped_column(default="active")
    # Whose holders are the members, where joining is by office: a function at an EMB, in a region or all.
    office: Mapped[str | None]
    office_region: Mapped[str | None]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class GroupMembership(Versioned, Tenanted):
    """A person in a group, for the organisation she speaks for, or as a guest until a moment.

    It holds only while she is affiliated there: the moment that ends, so does what it opens, and soon
    after it is marked as ended, so that nothing comes back by itself should she be admitted again.
    A guest speaks for no organisation, and reads until `guest_until` and not a moment longer. Who chaired
    a group in which nobody is left keeps the mark until somebody else is appointed: it counts for nothing.
    """

    __tablename__ = "group_membership"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_key("person_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("added_by", "kernel.person"),
        tenant_unique("group_id", "person_id"),
        CheckConstraint(
            "(organisation_id is null) = (guest_until is not null)", name="member_or_guest"
        ),
        CheckConstraint("came in ('hand', 'office', 'seat')", name="came_known"),
        CheckConstraint("is_chair or chair_term_ends_on is null", name="term_of_chair"),
        Index("ix_group_membership_person_id", "tenant_id", "person_id"),
    )

    group_id: Mapped[UUID]
    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    guest_until: Mapped[datetime | None]
    # The last day of her term, by the calendar of the network.
    term_ends_on: Mapped[date | None]
    is_chair: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # The last day of her term as a chair, by the same calendar.
    chair_term_ends_on: Mapped[date | None]
    # What made her a member: somebody's hand, an office she holds, or a seat of her organisation.
    came: Mapped[str] = mapped_column(default="hand", server_default="hand")
    added_by: Mapped[UUID]
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class GuestInvitation(Tenanted):
    """An invitation to be a guest of a group, until it is accepted.

    There is no membership before: whose the address is shows only when its owner comes.
    """

    __tablename__ = "guest_invitation"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_key("invitation_id", "kernel.invitation", ondelete="CASCADE"),
        tenant_key("invited_by", "kernel.person"),
        tenant_unique("invitation_id"),
        Index("ix_guest_invitation_group_id", "tenant_id", "group_id"),
    )

    group_id: Mapped[UUID]
    invitation_id: Mapped[UUID]
    guest_until: Mapped[datetime]
    invited_by: Mapped[UUID]


class GroupSeat(Versioned, Tenanted):
    """A seat that belongs to an organisation: it stays when whoever holds it leaves. One vote."""

    __tablename__ = "group_seat"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("holder_id", "kernel.person"),
        tenant_key("alternate_id", "kernel.person"),
        tenant_unique("group_id", "organisation_id"),
        CheckConstraint("holder_id <> alternate_id", name="alternate_is_another"),
        Index("ix_group_seat_organisation_id", "tenant_id", "organisation_id"),
    )

    group_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    holder_id: Mapped[UUID | None]
    alternate_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class JoinRequest(Tenanted):
    """Somebody's wish to become a member, and what the chair answered."""

    __tablename__ = "join_request"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_key("person_id", "kernel.person"),
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("answered_by", "kernel.person"),
        CheckConstraint(
            "state in ('open', 'accepted', 'declined', 'withdrawn')", name="state_known"
        ),
        Index(
            "uq_join_request_open",
            "tenant_id",
            "group_id",
            "person_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_join_request_person_id", "tenant_id", "person_id"),
    )

    group_id: Mapped[UUID]
    person_id: Mapped[UUID]
    # The organisation she would speak for.
    organisation_id: Mapped[UUID]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")


class GroupInvitation(Tenanted):
    """The chair's offer to become a member, and what became of it."""

    __tablename__ = "group_invitation"
    __table_args__ = table(
        "network",
        tenant_key("group_id", "network.group", ondelete="CASCADE"),
        tenant_key("person_id", "kernel.person"),
        tenant_key("invited_by", "kernel.person"),
        CheckConstraint(
            "state in ('open', 'accepted', 'declined', 'withdrawn')", name="state_known"
        ),
        Index(
            "uq_group_invitation_open",
            "tenant_id",
            "group_id",
            "person_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_group_invitation_person_id", "tenant_id", "person_id"),
    )

    group_id: Mapped[UUID]
    person_id: Mapped[UUID]
    invited_by: Mapped[UUID]
    message: Mapped[str] = mapped_column(default="")
    term_ends_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    answered_at: Mapped[datetime | None]
