"""What certificates answer to the kernel's questions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from flask import url_for
from flask_babel import gettext, ngettext

from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from kernel.values import clock
from training.certificates import access, queries
from training.certificates.snapshot import event_of
from training.permissions import ALUMNUS

NEWS: Final = timedelta(days=14)
"""For how long a certificate is news to who earned it."""


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For who runs workshops, certificates to issue; for alumni, those issued lately to them."""
    if access.may_manage(actor):
        yield from _to_issue()
    if actor.has_role(ALUMNUS):
        yield from _issued(actor)


def _to_issue() -> Iterator[Waiting]:
    for workshop_id, title, people in queries.certificates_to_issue(MOST):
        text = ngettext("Issue %(num)d certificate", "Issue %(num)d certificates", people)
        url = url_for("certificates.index", workshop_id=workshop_id)
        yield Waiting("certificates_to_issue", text, url, title, count=people, order=35)


def _issued(actor: Actor) -> Iterator[Waiting]:
    for certificate in queries.issued_since(actor.person_id, clock.now() - NEWS, MOST):
        text = gettext("Download your certificate")
        url = url_for("certificate.document", certificate_id=certificate.id)
        title = event_of(certificate.content).workshop
        yield Waiting("certificate_issued", text, url, title, order=60)
