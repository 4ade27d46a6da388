"""The mails about certificates: to their holders who have an account, and to whoever issued them."""

from collections.abc import Sequence
from uuid import UUID

from kernel import mail
from training.certificates import queries
from training.certificates.rules import CertificateState, grouped
from training.workshops.queries import listed_workshop


def tell_holders(certificate_ids: Sequence[UUID]) -> None:
    """Mail each holder a link to her certificate; nothing to those it was taken back from meanwhile."""
    held = [
        one
        for one in queries.holdings(certificate_ids)
        if one.certificate.state == CertificateState.ISSUED
    ]
    recipients = mail.recipients_of([one.person_id for one in held])
    for one in held:
        if one.person_id in recipients:
            mail.queue(
                recipients[one.person_id],
                "certificate_issued",
                {"held": one, "code": grouped(one.certificate.code)},
                message_id=mail.message_id("certificate_issued", str(one.certificate.id)),
            )


def tell_of_change(certificate_id: UUID) -> None:
    """Mail the holder in what state her certificate is now, and why."""
    held = queries.holding(certificate_id)
    recipient = mail.recipient_of(held.person_id)
    if recipient is not None:
        mail.queue(
            recipient,
            "certificate_changed",
            {
                "held": held,
                "code": grouped(held.certificate.code),
                "state": CertificateState(held.certificate.state),
                "reason": held.certificate.reason,
            },
        )


def tell_officer(run_id: UUID) -> None:
    """Mail whoever started a run how many certificates it issued."""
    run = queries.run_of(run_id)
    recipient = mail.recipient_of(run.started_by)
    if recipient is not None:
        mail.queue(
            recipient,
            "certificates_done",
            {"run": run, "workshop": listed_workshop(run.workshop_id)},
            message_id=mail.message_id("certificates_done", str(run_id)),
        )
