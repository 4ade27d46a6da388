"""What becomes of a mail that was kept: handed to its kind, answered where it is refused, forgotten."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import func, select

from kernel.db import db
from kernel.inbound import authentication
from kernel.inbound.addresses import Ignored, SentBack, addresses_of
from kernel.inbound.kinds import Nature
from kernel.inbound.models import IncomingMail, IncomingState
from kernel.inbound.parsing import ParsedMail, parse
from kernel.mail import message_id, queue
from kernel.mail.models import OutgoingMail
from kernel.mail.network import mail_network
from kernel.mail.sealing import sealer
from kernel.values import clock

log = structlog.get_logger(__name__)

TEMPLATE: Final = "mail_refused"
MOST_ANSWERS: Final = 10
"""Refusals one person is told of within a day: whoever writes more by mistake knows by then."""
_DAY: Final = timedelta(days=1)
_LONGEST_RETURNED: Final = 20_000
"""Characters of a refused mail that are sent back."""


def handle(mail_id: UUID) -> None:
    """Do what one mail asks for; one that was handled already stays as it is.

    A refusal undoes what was begun, is noted, and is told to the sender if she is one of ours.
    """
    row = _received(mail_id)
    if row is None:
        return
    kind, target_id = addresses_of(row.kind), row.target_id
    mail = parse(sealer().open_bytes(row.sealed or b""), own_domains=_own_domains())
    try:
        if not kind.from_machines:
            _check_personal(mail)
        kind.handle(target_id, mail)
    except Ignored as ignored:
        db.session.rollback()
        _finish(mail_id, IncomingState.IGNORED, ignored.reason)
    except SentBack as back:
        db.session.rollback()
        _finish(mail_id, IncomingState.REFUSED, back.error.code)
        _answer(mail_id, back, mail)
    else:
        _finish(mail_id, IncomingState.DONE, None)


def _received(mail_id: UUID) -> IncomingMail | None:
    """The mail, locked: of two workers the second finds it done."""
    statement = (
        select(IncomingMail)
        .where(IncomingMail.id == mail_id, IncomingMail.state == IncomingState.RECEIVED)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).one_or_none()


def _own_domains() -> frozenset[str]:
    network = mail_network()
    return frozenset({network.host, network.mail_domain or network.host})


def _check_personal(mail: ParsedMail) -> None:
    """Raises Ignored for what no person wrote, and for what somebody else may have written."""
    if mail.nature is not Nature.PERSONAL:
        raise Ignored(mail.nature.value)
    if not mail.sender:
        raise Ignored("no sender")
    if authentication.of(mail) is authentication.Trust.FORGED:
        raise Ignored("forged")


def _finish(mail_id: UUID, state: IncomingState, reason: str | None) -> None:
    """The mail has served its purpose: only the fact stays."""
    row = _received(mail_id)
    if row is None:
        return
    row.state, row.reason = state, reason
    row.sealed, row.done_at = None, clock.now()
    log.info("mail_in", kind=row.kind, state=state.value, reason=reason)


def _answer(mail_id: UUID, back: SentBack, mail: ParsedMail) -> None:
    """Tell the sender why, with her text; within a limit, lest two programs keep each other busy."""
    if _answered_today(back.to.person_id) >= MOST_ANSWERS:
        return
    text = mail.text[:_LONGEST_RETURNED] or mail.quoted[:_LONGEST_RETURNED]
    headers = {"Auto-Submitted": "auto-replied"}
    if mail.message_id:
        headers |= {"In-Reply-To": f"<{mail.message_id}>", "References": f"<{mail.message_id}>"}
    context = {
        "reason": back.error.message,
        "about": mail.subject,
        "lines": text.split("\n") if text else [],
        "files": [file.name for file in mail.attachments],
    }
    queue(
        back.to, TEMPLATE, context, message_id=message_id("refused", str(mail_id)), headers=headers
    )


def _answered_today(person_id: UUID | None) -> int:
    statement = select(func.count(OutgoingMail.id)).where(
        OutgoingMail.person_id == person_id,
        OutgoingMail.template == TEMPLATE,
        OutgoingMail.created_at > clock.now() - _DAY,
    )
    return db.session.scalar(statement) or 0
