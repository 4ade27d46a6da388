"""What becomes of a mail that was kept: done, refused with an answer, or ignored."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.errors import NotNow
from kernel.inbound import door
from kernel.inbound.addresses import Ignored, SentBack
from kernel.inbound.authentication import Trust, judged
from kernel.inbound.jobs import forget_incoming
from kernel.inbound.models import IncomingMail
from kernel.mail import Recipient
from kernel.mail.models import OutgoingMail
from kernel.values import clock
from tests.kernel.inbound.conftest import BOX

MAIL = (
    b"From: ama@example.org\r\nSubject: Ink\r\nMessage-ID: <%d@example.org>\r\n%s\r\nIt holds.\r\n"
)


@pytest.fixture
def arrive(app, tenant, run_jobs):
    """`arrive(headers)` keeps one more mail and runs the jobs."""
    number = iter(range(1000))

    def keep(headers=b""):
        with app.app_context():
            place = door.Place(tenant.id, "probe", BOX)
            door.keep([place], MAIL % (next(number), headers), envelope_sender="ama@example.org")
        return run_jobs()

    return keep


def states():
    return [(row.state, row.reason) for row in db.session.scalars(select(IncomingMail))]


def answers(tenant, app):
    rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "mail_refused"))
    return rows.all()


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        (b"Auto-Submitted: auto-replied\r\n", "automatic"),
        (b"Precedence: bulk\r\n", "automatic"),
        (b"From: eve@example.net\r\n", "no sender"),
    ],
)
def test_what_no_person_wrote_is_never_handled_nor_answered(
    app, tenant, inside, taken, arrive, headers, reason
):
    arrive(headers)
    assert taken == []
    with inside():
        assert states() == [("ignored", reason)]
        assert answers(tenant, app) == []


def test_an_ignored_mail_is_answered_to_nobody(app, tenant, inside, taken, arrive):
    taken.raises = Ignored("stranger")
    arrive()
    with inside():
        assert states() == [("ignored", "stranger")]
        assert answers(tenant, app) == []


def test_a_refused_mail_goes_back_with_the_reason_and_its_text(
    app, tenant, inside, taken, arrive, factory, monkeypatch
):
    ama = factory.actor("Ama Fictional")
    sent = []
    monkeypatch.setattr(
        "kernel.inbound.handling.queue", lambda *given, **named: sent.append((given, named))
    )
    to = Recipient("ama@example.org", "Ama", "fr", None, ama.person_id)
    taken.raises = SentBack(to, NotNow("This topic is closed. Start a new topic to go on."))
    arrive()
    (((recipient, template, context), named),) = sent
    assert (recipient, template) == (to, "mail_refused")
    assert context["lines"] == ["It holds."]
    assert named["headers"]["In-Reply-To"] == "<0@example.org>"
    assert named["headers"]["Auto-Submitted"] == "auto-replied"
    with inside():
        assert states() == [("refused", "refused")]


def test_one_person_is_told_of_ten_refusals_a_day(app, tenant, inside, taken, arrive, factory):
    ama = factory.actor("Ama Fictional")
    taken.raises = SentBack(
        Recipient("ama@example.org", "Ama", "en", None, ama.person_id), NotNow("No.")
    )
    for _ in range(12):
        arrive()
    with inside():
        assert len(states()) == 12
        assert len(answers(tenant, app)) == 10


def test_a_mail_whose_handling_fails_waits_unharmed(inside, taken, arrive, run_jobs):
    taken.raises = RuntimeError("a fault of ours")
    with pytest.raises(RuntimeError):
        arrive()
    with inside():
        assert states() == [("received", None)]
    taken.raises = None
    run_jobs()
    assert len(taken) == 1
    with inside():
        assert states() == [("done", None)]


def test_what_was_handled_is_forgotten_after_ninety_days(inside, taken, arrive, monkeypatch):
    arrive()
    moment = clock.now()
    for days, left in ((89, 1), (91, 0)):
        monkeypatch.setattr(clock, "now", lambda days=days: moment + timedelta(days))
        with inside():
            forget_incoming.function()
            assert len(states()) == left


OURS = "mx.example.org"


@pytest.mark.parametrize(
    ("results", "trust"),
    [
        ((), Trust.OPEN),
        ((f"{OURS}; dmarc=pass header.from=example.org",), Trust.PROVEN),
        ((f"{OURS} 1; dmarc=fail (p=reject) header.from=example.org; spf=pass",), Trust.FORGED),
        (("evil.example.net; dmarc=pass header.from=example.org",), Trust.OPEN),
        ((f"evil.example.net (;{OURS}; dmarc=pass)",), Trust.OPEN),
        ((f"{OURS}; none",), Trust.OPEN),
        ((f"{OURS}; dkim=pass header.d=example.org header.s=x",), Trust.PROVEN),
        ((f"{OURS}; dkim=pass header.d=other.example",), Trust.OPEN),
        ((f"{OURS}; dkim=fail header.d=example.org",), Trust.OPEN),
        ((f"{OURS};\r\n spf=pass smtp.mailfrom=ama@example.org;\r\n dmarc=none",), Trust.PROVEN),
        ((f"{OURS}; spf=pass smtp.mailfrom=ama@notexample.org",), Trust.OPEN),
        ((f"{OURS}; dkim=pass header.d=org",), Trust.OPEN),
    ],
)
def test_only_our_own_servers_results_tell_who_a_mail_is_from(results, trust):
    assert judged(results, OURS.upper(), "ama@example.org") is trust
