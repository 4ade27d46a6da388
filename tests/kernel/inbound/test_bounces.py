"""Mails of ours that come back: read, counted, and what follows."""

import re
import smtplib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from kernel.db import db
from kernel.identity.models import Organisation
from kernel.inbound.models import IncomingMail
from kernel.inbound.parsing import parse
from kernel.inbound.reports import failure_of
from kernel.mail import queue, recipient_of, recipients_of, verp
from kernel.mail.models import BounceState, OutgoingMail
from kernel.mail.rules import BounceKind, Bounces, counted, kind_of
from kernel.mail.transport import SmtpSettings, SmtpTransport
from kernel.values import clock
from tests.kernel.mail.server import running_server

SAMPLES = Path(__file__).parents[2] / "data" / "mail"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("bounce_unknown_user", "5.1.1"),
        ("bounce_mailbox_full", "5.2.2"),
        ("bounce_policy", "5.7.1"),
        ("bounce_given_up", "4.4.1"),
        ("bounce_qmail_without_report", "5.1.1"),
        ("bounce_delayed", None),
        ("auto_exchange_out_of_office", None),
        ("auto_gmail_vacation", None),
        ("gmail_top_posted", None),
    ],
)
def test_the_status_of_a_failure_is_read_and_a_delay_is_none(name, status):
    assert failure_of(parse((SAMPLES / f"{name}.eml").read_bytes())) == status


@given(st.binary(max_size=300))
def test_whatever_a_report_holds_it_is_read(body):
    head = (
        b"Return-Path: <>\r\nFrom: mailer-daemon@x\r\nContent-Type: message/delivery-status\r\n\r\n"
    )
    status = failure_of(parse(head + body))
    assert status is None or re.fullmatch(r"[245]\.\d+\.\d+|55\d|45\d", status)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", BounceKind.HARD),
        ("5.1.10", BounceKind.HARD),
        ("5.2.1", BounceKind.HARD),
        ("550", BounceKind.HARD),
        ("5.2.2", BounceKind.SOFT),
        ("5.7.1", BounceKind.SOFT),
        ("5.0.0", BounceKind.SOFT),
        ("552", BounceKind.SOFT),
        ("4.4.1", BounceKind.SOFT),
    ],
)
def test_only_a_mailbox_that_does_not_exist_is_hard(status, kind):
    assert kind_of(status) is kind


START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "suspended"),
    [
        ([0, 1, 2, 3], False),
        ([0, 1, 2, 3, 4], True),
        ([0, 1, 2, 3, 13], True),
        ([0, 1, 2, 3, 14], False),
        ([0, 14, 28, 42, 56, 70], False),
    ],
)
def test_five_soft_ones_within_fourteen_days_are_too_many(days, suspended):
    state = Bounces()
    for day in days:
        state = counted(state, BounceKind.SOFT, START + timedelta(days=day))
    assert (state.suspended_at is not None) is suspended


def test_one_hard_one_is_too_many_and_the_first_moment_stays():
    state = counted(Bounces(), BounceKind.HARD, START)
    state = counted(state, BounceKind.HARD, START + timedelta(days=1))
    assert (state.hard, state.suspended_at) == (2, START)


def test_an_address_to_come_back_to_names_its_mail_and_cannot_be_made_up(app):
    mail_id = uuid4()
    with app.app_context():
        local = verp.local_part(mail_id)
        assert len(local) <= 64
        assert verp.mail_id_in(local.upper()) == mail_id
        forged = local[:-1] + ("a" if local[-1] != "a" else "b")
        assert verp.mail_id_in(forged) is None
        assert verp.mail_id_in("bounce+" + "a" * 40) is None
        assert verp.mail_id_in("box") is None
        assert verp.read(local, [b"another key"]) is None


@pytest.fixture
def smtp(app, monkeypatch):
    """A mail server that takes our mail."""
    with running_server() as server:
        way = SmtpTransport(SmtpSettings("127.0.0.1", server.port, "plain", seconds=5))
        monkeypatch.setitem(app.extensions, "comitia_mail", way)
        yield server


@pytest.fixture
def admitter(factory):
    """Whoever admits people in the organisation of the people of these tests."""
    return factory.actor("Esi Admitter", roles=["emb_administrator"])


@pytest.fixture
def ama(factory, inside, admitter):
    with inside():
        organisation = db.session.scalars(
            select(Organisation).where(Organisation.id == admitter.organisation_ids[0])
        ).one()
    return factory.actor("Ama Fictional", organisation=organisation)


@pytest.fixture
def bounce(inside, smtp, listening, run_jobs, ama):
    """`bounce(sample)`: a mail to Ama leaves by SMTP and comes back by SMTP as the sample says."""

    def go(sample):
        before = len(smtp.senders)
        with inside():
            queue(
                recipient_of(ama.person_id, also_suspended=True),
                "address_changed",
                {"at": clock.now()},
            )
        run_jobs()
        (sender,) = set(smtp.senders[before:])
        content = (SAMPLES / f"{sample}.eml").read_bytes()
        content = content.replace(b"Message-ID: <", b"Message-ID: <%d." % before)
        with listening() as port, smtplib.SMTP("127.0.0.1", port) as line:
            line.sendmail("", [sender], content)
        run_jobs()

    return go


def state():
    return db.session.scalars(select(BounceState)).one_or_none()


def test_an_unknown_mailbox_stops_its_mail_and_its_administrator_is_told(
    inside, smtp, bounce, ama, admitter, waiting, trail
):
    bounce("bounce_unknown_user")
    [entry] = trail("account.mail_suspended")
    assert (entry.actor_id, entry.object_id) == (None, str(ama.account_id))
    assert (entry.before, entry.after) == (None, {"status": "5.1.1"})
    with inside():
        assert (state().hard, state().last_status) == (1, "5.1.1")
        assert recipients_of([ama.person_id]) == {}
        assert recipient_of(ama.person_id, also_suspended=True) is not None
    told = [mail for mail in smtp.messages if "comes back" in str(mail["Subject"])]
    assert [mail["To"].addresses[0].display_name for mail in told] == ["Esi Admitter"]
    assert [each["kind"] for each in waiting(ama)] == ["mail_stopped"]
    assert "mail_of_colleagues_stopped" in {each["kind"] for each in waiting(admitter)}


def test_a_full_mailbox_stops_its_mail_the_fifth_time(inside, bounce):
    for number in range(1, 6):
        bounce("bounce_mailbox_full")
        with inside():
            assert (state().soft, state().suspended_at is not None) == (number, number == 5)


@pytest.mark.parametrize("sample", ["bounce_delayed", "auto_gmail_vacation", "gmail_top_posted"])
def test_what_reports_no_failure_counts_nothing(inside, bounce, sample):
    bounce(sample)
    with inside():
        assert state() is None
        row = db.session.scalars(select(IncomingMail)).one()
        assert (row.state, row.reason) == ("ignored", "no failure")


def test_a_mail_that_comes_back_twice_counts_once(inside, smtp, bounce, ama, listening, run_jobs):
    bounce("bounce_mailbox_full")
    content = (SAMPLES / "bounce_given_up.eml").read_bytes()
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("", [smtp.senders[0]], content)
    run_jobs()
    with inside():
        assert state().soft == 1


def test_a_mailbox_refused_while_sending_counts_as_one_that_came_back(inside, smtp, ama, run_jobs):
    smtp.recipient_answer = "550 5.1.1 no such user"
    with inside():
        queue(recipient_of(ama.person_id), "address_changed", {"at": clock.now()})
    run_jobs()
    with inside():
        hers = select(BounceState).where(BounceState.account_id == ama.account_id)
        stopped = db.session.scalars(hers).one()
        assert (stopped.hard, stopped.suspended_at is not None) == (1, True)
        assert "came back" in db.session.scalars(select(OutgoingMail.last_answer)).first()


def test_a_refusal_for_the_content_is_not_the_mailboxs_fault(inside, smtp, ama, run_jobs):
    smtp.data_answer = "554 looks like spam"
    with inside():
        queue(recipient_of(ama.person_id), "address_changed", {"at": clock.now()})
    run_jobs()
    with inside():
        assert state() is None


def test_a_confirmed_address_gets_its_mail_again(inside, smtp, bounce, ama, browser_for, run_jobs):
    bounce("bounce_unknown_user")
    browser = browser_for(ama)
    page = browser.get("/account")
    assert "Mail to you came back on" in page.text
    page = browser.submit(page, "Send me a mail to confirm my address")
    run_jobs()
    (mail,) = [mail for mail in smtp.messages if "Confirm your mail" in str(mail["Subject"])]
    link = re.search(r"https?://[^/]+(/\S+)", mail.get_content()).group(1)
    page = browser.submit(browser.get(link), "Confirm")
    assert "Mail is sent to you again." in page.text
    with inside():
        assert state() is None
        assert recipient_of(ama.person_id) is not None
