"""Regular work on accounts."""

from datetime import timedelta

from sqlalchemy import delete

from kernel.accounts import queries
from kernel.accounts.models import ResetRequest, TotpEnrolment
from kernel.db import db
from kernel.events import subscriber
from kernel.events.people import MailSuspended
from kernel.identity.models import ApiToken, SignInSession
from kernel.jobs import job
from kernel.mail import queue, recipients_of
from kernel.values import clock
from kernel.web import limits

KEPT = timedelta(days=2)


@job("accounts.sweep", every="40 3 * * *")
def sweep() -> None:
    """Forget what opens nothing any more: ended sessions and tokens, old wishes, full windows."""
    now = clock.now()
    db.session.execute(delete(SignInSession).where(SignInSession.expires_at < now))
    db.session.execute(delete(ApiToken).where(ApiToken.expires_at < now - KEPT))
    db.session.execute(delete(TotpEnrolment).where(TotpEnrolment.created_at < now - KEPT))
    db.session.execute(delete(ResetRequest).where(ResetRequest.created_at < now - KEPT))
    limits.sweep()


@subscriber(MailSuspended, "accounts.tell_of_stopped_mail")
def tell_of_stopped_mail(event: MailSuspended) -> None:
    """Tell those who admit people in her organisations that mail to her came back."""
    name = queries.person_by_id(event.person_id).name
    admitters = queries.admitters_of(event.person_id, clock.now())
    for recipient in recipients_of(admitters).values():
        queue(recipient, "mail_stopped", {"name": name})
