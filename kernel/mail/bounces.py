"""Mails that came back: counted by account, until its mail is suspended."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from kernel import audit
from kernel.db import db
from kernel.events import emit
from kernel.events.people import MailSuspended
from kernel.identity.models import Account
from kernel.mail.models import BounceState, OutgoingMail
from kernel.mail.rules import Bounces, counted, kind_of
from kernel.mail.sealing import address_digest
from kernel.values import clock

_MARK: Final = "came back"


def mail_exists(mail_id: UUID) -> bool:
    """Whether a mail of this network is still known."""
    return db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.id == mail_id)) is not None


def came_back(mail_id: UUID, status: str) -> bool:
    """Count that a mail came back with a status such as 5.1.1, once for each mail.

    Returns whether it was counted: not where it was before, nor where the account has gone or has another
    address by now.
    """
    mail = db.session.scalars(
        select(OutgoingMail).where(OutgoingMail.id == mail_id).with_for_update()
    ).one_or_none()
    if mail is None or mail.person_id is None or (mail.last_answer or "").startswith(_MARK):
        return False
    account = db.session.scalars(
        select(Account).where(Account.person_id == mail.person_id, Account.disabled_at.is_(None))
    ).one_or_none()
    if account is None or address_digest(account.address) != mail.recipient:
        return False
    mail.last_answer = f"{_MARK}: {status}"
    _count(account, status)
    return True


def reset(account_id: UUID) -> None:
    """Begin anew: the address was confirmed or changed."""
    db.session.execute(delete(BounceState).where(BounceState.account_id == account_id))


def suspended_since(account_id: UUID) -> BounceState | None:
    """How an account's mails came back, where that stopped them."""
    statement = select(BounceState).where(
        BounceState.account_id == account_id, BounceState.suspended_at.is_not(None)
    )
    return db.session.scalars(statement).one_or_none()


def _count(account: Account, status: str) -> None:
    now = clock.now()
    db.session.execute(
        insert(BounceState)
        .values(account_id=account.id, soft=0, hard=0, last_at=now, last_status=status)
        .on_conflict_do_nothing(index_elements=["tenant_id", "account_id"])
    )
    state = db.session.scalars(
        select(BounceState).where(BounceState.account_id == account.id).with_for_update()
    ).one()
    before = Bounces(state.soft, state.soft_since, state.hard, state.suspended_at)
    after = counted(before, kind_of(status), now)
    state.soft, state.soft_since, state.hard = after.soft, after.soft_since, after.hard
    state.suspended_at, state.last_at, state.last_status = after.suspended_at, now, status
    if before.suspended_at is None and after.suspended_at is not None:
        audit.record(None, "account.mail_suspended", account, after={"status": status}, label="")
        emit(MailSuspended(person_id=account.person_id, account_id=account.id))
