"""The door on real sockets: what is said to a mail server, and what is kept."""

import smtplib
from email.message import EmailMessage

import psycopg
import pytest
from sqlalchemy import create_engine, event, select, text

from kernel.db import db
from kernel.inbound import door
from kernel.inbound.models import IncomingMail
from tests.kernel.inbound.conftest import BOX


def message(identity="<one@example.org>", text="It holds.", **headers):
    made = EmailMessage()
    made["From"] = "Ama Fictional <ama@example.org>"
    made["To"] = "box@reply.example.org"
    made["Subject"] = "Indelible ink"
    if identity:
        made["Message-ID"] = identity
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def kept():
    return db.session.scalars(select(IncomingMail).order_by(IncomingMail.id)).all()


@pytest.fixture
def box(tenant):
    return f"box@reply.{tenant.host}"


@pytest.fixture
def database_away(app):
    """`database_away()` cuts every connection and lets nobody make another, until the test ends."""

    def refuse(*_arguments):
        raise psycopg.OperationalError("connection refused")

    with app.app_context():
        engine = db.engine

    def begin():
        engine.dispose()
        event.listen(engine, "do_connect", refuse)

    yield begin
    if event.contains(engine, "do_connect", refuse):
        event.remove(engine, "do_connect", refuse)


@pytest.mark.parametrize("lmtp", [False, True], ids=["smtp", "lmtp"])
def test_a_mail_is_kept_sealed_and_handled_by_a_job(inside, listening, taken, box, run_jobs, lmtp):
    with listening(lmtp=lmtp) as port:
        client = smtplib.LMTP if lmtp else smtplib.SMTP
        with client("127.0.0.1", port) as server:
            server.send_message(message(), "ama@example.org", [box])
    with inside():
        (row,) = kept()
        assert (row.state, row.kind, row.target_id) == ("received", "probe", BOX)
        assert b"It holds" not in row.sealed
    run_jobs()
    ((target, mail),) = taken
    assert (target, mail.text, mail.sender) == (BOX, "It holds.", "ama@example.org")
    assert mail.message["Return-Path"] == "<ama@example.org>"
    with inside():
        (row,) = kept()
        assert (row.state, row.sealed) == ("done", None)


def test_the_same_mail_is_taken_twice_and_kept_once(inside, listening, taken, box, run_jobs):
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
        for identity in ("<one@example.org>", "<one@example.org>", None, None, "<two@example.org>"):
            server.send_message(message(identity), to_addrs=[box])
    run_jobs()
    with inside():
        assert len(kept()) == len(taken) == 3


@pytest.mark.parametrize(
    "address",
    [
        "nobody@reply.{host}",
        "box@{host}",
        "box@reply.unknown.example.org",
        "box@example.org",
        "reply+abcdefghijklmnopqrstuvwx@reply.{host}",
    ],
)
def test_an_unknown_recipient_is_refused_before_the_mail_is_sent(listening, taken, tenant, address):
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        server.mail("ama@example.org")
        assert server.rcpt(address.format(host=tenant.host))[0] == 550


def test_who_tries_names_out_is_stopped_also_for_those_that_exist(listening, taken, box, tenant):
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        server.mail("eve@example.net")
        codes = [server.rcpt(f"try{n}@reply.{tenant.host}")[0] for n in range(5)]
        assert codes == [550] * 5
        assert server.rcpt(box)[0] == 421


def test_another_network_has_another_address_and_sees_nothing_of_the_mail(
    app, inside, listening, taken, box, make_tenant
):
    other = make_tenant()
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message(), to_addrs=[box, f"box@reply.{other.host}"])
        server.send_message(message("<two@example.org>"), to_addrs=[f"box@reply.{other.host}"])
    with inside():
        assert len(kept()) == 1


def test_a_mail_server_is_told_to_come_again_while_the_database_is_away(
    inside, listening, taken, box, database_away
):
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        server.mail("ama@example.org")
        assert server.rcpt(box)[0] == 250
        database_away()
        assert server.data(message().as_bytes())[0] == 451
        server.mail("ama@example.org")
        assert server.rcpt(box)[0] == 451


def test_lmtp_answers_for_each_recipient(listening, taken, box, database_away):
    with listening(lmtp=True) as port, smtplib.LMTP("127.0.0.1", port) as server:
        server.ehlo()
        server.mail("ama@example.org")
        for _ in range(2):
            assert server.rcpt(box)[0] == 250
        assert server.data(message().as_bytes())[0] == 250
        assert server.getreply()[0] == 250


def test_a_mail_that_is_too_large_is_refused(inside, listening, taken, box, monkeypatch):
    monkeypatch.setattr(door, "LARGEST", 20_000)
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        assert server.esmtp_features["size"] == "20000"
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            server.send_message(message(text="ink\n" * 10_000), to_addrs=[box])
        assert refused.value.smtp_code == 552
    with inside():
        assert kept() == []


def test_a_bounce_with_no_sender_and_a_line_without_end_are_taken(listening, taken, box, run_jobs):
    content = b"From: a@example.org\r\nMessage-ID: <x@y>\r\n\r\n" + b"long " * 8_000 + b"\r\n"
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
        server.sendmail("", [box], content)
    run_jobs()
    assert taken == []  # no person wrote a mail without a sender


def test_a_closed_network_takes_its_mail_later(app, inside, listening, taken, box, tenant, server):
    engine = create_engine(server.superuser_url("comitia"))
    with engine.begin() as connection:
        connection.execute(
            text("update kernel.tenant set state = 'suspended' where id = :id"), {"id": tenant.id}
        )
    engine.dispose()
    with listening() as port, smtplib.SMTP("127.0.0.1", port) as line:
        line.ehlo()
        line.mail("ama@example.org")
        assert line.rcpt(box)[0] == 450
