"""What becomes of a mail that was kept: handed to its kind, answered where it is refused, forgotten."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import func, select

from kernel.db import db, scoped
from kernel.db.scope import require_scope
from kernel.inbound import authentication
from kernel.inbound.addresses import Ignored, SentBack, addresses_of
from kernel.inbound.kinds import Nature
from kernel.inbound.models import IncomingMail, IncomingState
from kernel.inbound.parsing import ParsedMail, parse
from kernel.mail import Recipient, message_id, queue
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


def handle(mail_ids: Sequence[UUID]) -> None:
    """Do what a mail asks for at each of the addresses it came to, each a row of its own.

    What was handled already stays as it is. A refusal undoes what was begun at its address alone, and is
    noted; the sender, if she is one of ours, is told of all of them in one mail.
    """
    mail, refused = None, list[SentBack]()
    for mail_id in mail_ids:
        row = _received(mail_id)
        if row is None:
            continue
        mail = mail or parse(sealer().open_bytes(row.sealed or b""), own_domains=_own_domains())
        back = _handle(row, mail)
        refused += [back] if back else []
    for to in dict.fromkeys(back.to for back in refused):
        own = [back for back in refused if back.to == to]
        assert mail is not None, "a mail was refused"
        _answer(mail_ids[0], to, own, mail, addresses=len(mail_ids))


def _handle(row: IncomingMail, mail: ParsedMail) -> SentBack | None:
    """Do what a mail asks for at one address; the refusal, where it is to be told of."""
    kind, target_id = addresses_of(row.kind), row.target_id
    try:
        with _apart():
            if not kind.from_machines:
                _check_personal(mail)
            kind.handle(target_id, mail)
    except Ignored as ignored:
        _finish(row, IncomingState.IGNORED, ignored.reason)
    except SentBack as back:
        _finish(row, IncomingState.REFUSED, back.error.code)
        return back
    else:
        _finish(row, IncomingState.DONE, None)
    return None


@contextmanager
def _apart() -> Iterator[None]:
    """What is done inside stands or falls alone, and whoever acts there acts there only.

    Bytes of files that are undone stay behind; the job that looks for such deletes them.
    """
    with scoped(require_scope().tenant), db.session.begin_nested():
        yield


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


def _finish(row: IncomingMail, state: IncomingState, reason: str | None) -> None:
    """The mail has served its purpose: only the fact stays."""
    row.state, row.reason = state, reason
    row.sealed, row.done_at = None, clock.now()
    log.info("mail_in", kind=row.kind, state=state.value, reason=reason)


def _answer(
    mail_id: UUID, to: Recipient, refused: Sequence[SentBack], mail: ParsedMail, *, addresses: int
) -> None:
    """Tell the sender why, with her text; within a limit, lest two programs keep each other busy.

    Where the mail came to several `addresses`, each refusal says which of them it is about.
    """
    if _answered_today(to.person_id) >= MOST_ANSWERS:
        return
    text = mail.text[:_LONGEST_RETURNED] or mail.quoted[:_LONGEST_RETURNED]
    headers = {"Auto-Submitted": "auto-replied"}
    if mail.message_id:
        headers |= {"In-Reply-To": f"<{mail.message_id}>", "References": f"<{mail.message_id}>"}
    context = {
        "refusals": [
            {"place": back.place if addresses > 1 else None, "reason": back.error.message}
            for back in refused
        ],
        "about": mail.subject,
        "lines": text.split("\n") if text else [],
        "files": [file.name for file in mail.attachments],
    }
    queue(to, TEMPLATE, context, message_id=message_id("refused", str(mail_id)), headers=headers)


def _answered_today(person_id: UUID | None) -> int:
    statement = select(func.count(OutgoingMail.id)).where(
        OutgoingMail.person_id == person_id,
        OutgoingMail.template == TEMPLATE,
        OutgoingMail.created_at > clock.now() - _DAY,
    )
    return db.session.scalar(statement) or 0
