"""Invitations, codes and requests: what opens an account, once each."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Tenanted, table, tenant_key, tenant_unique
from kernel.values import clock


class Invitation(Tenanted):
    """An offer to join with a role; its link works once, while it is open.

    It leads into an organisation or, for a personal role, to the `place` that is named to whoever is
    invited: a guest of a group belongs to no organisation. Until it is accepted, whoever sent it is shown
    the name and address she typed, and nothing of who is known at the address.
    """

    __tablename__ = "invitation"
    __table_args__ = table(
        "kernel",
        tenant_key("account_id", "kernel.account", ondelete="CASCADE"),
        tenant_key("organisation_id", "kernel.organisation"),
        tenant_key("invited_by", "kernel.person"),
        tenant_unique("digest"),
        CheckConstraint("accepted_at is null or revoked_at is null", name="accepted_or_revoked"),
        CheckConstraint(
            "(organisation_id is null) = (place is not null)", name="organisation_or_place"
        ),
        Index("ix_invitation_account_id", "tenant_id", "account_id"),
        Index("ix_invitation_organisation_id", "tenant_id", "organisation_id"),
    )

    account_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    place: Mapped[str | None]
    # Of a personal role, by the calendar of the network.
    last_day: Mapped[date | None]
    # As the inviter typed them.
    name: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str] = mapped_column(server_default="")
    role: Mapped[str]
    job_title: Mapped[str] = mapped_column(default="")
    # Of the secret in the link; the link itself is signed as well.
    digest: Mapped[bytes]
    invited_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class TotpEnrolment(Tenanted):
    """A second factor being set up: the sealed secret until its first code proves it arrived."""

    __tablename__ = "totp_enrolment"
    __table_args__ = table(
        "kernel",
        tenant_key("account_id", "kernel.account", ondelete="CASCADE"),
        tenant_unique("account_id"),
    )

    account_id: Mapped[UUID]
    secret: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class RecoveryCode(Tenanted):
    """The digest of a code that stands in for the second factor once; spending it deletes it."""

    __tablename__ = "recovery_code"
    __table_args__ = table(
        "kernel",
        tenant_key("account_id", "kernel.account", ondelete="CASCADE"),
        tenant_unique("account_id", "digest"),
    )

    account_id: Mapped[UUID]
    digest: Mapped[bytes]


class ResetRequest(Tenanted):
    """A wish for a new password, known address or not; a job looks it up and forgets it.

    Asking writes this row and nothing else, so that no answer and no timing tells who has an
    account. The address is sealed.
    """

    __tablename__ = "reset_request"
    __table_args__ = table("kernel")

    address: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
