"""Mails from the transaction that asks for them to the server that takes them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from jinja2 import DictLoader
from sqlalchemy import select
from structlog.testing import capture_logs

from kernel.db import db, scoped
from kernel.identity.models import Account
from kernel.mail import (
    MOST_ATTACHED,
    Attachment,
    Mail,
    Recipient,
    message_id,
    queue,
    queue_many,
    recipient_of,
    recipients_of,
)
from kernel.mail.delivery import deliver
from kernel.mail.jobs import forget_mails
from kernel.mail.letters import write
from kernel.mail.models import OutgoingMail
from kernel.mail.network import mail_network
from kernel.mail.transport import MailServerAway, SmtpSettings, SmtpTransport
from kernel.values import clock
from tests.kernel.mail.server import free_port, running_server

TEMPLATE = """{% extends "mail/letter.txt" %}
{% block subject %}{{ _("Sign in") }}: {{ topic }}{% endblock %}
{% block text %}
{% if topic == "none" %}

{% endif %}
{{ moment(at) }}
{% endblock %}
"""


@pytest.fixture(autouse=True)
def probe(app, monkeypatch):
    env = app.jinja_env
    both = DictLoader({"mail/probe.txt": TEMPLATE, "mail/letter.txt": source(app)})
    monkeypatch.setattr(env, "loader", both)
    env.cache.clear()
    yield
    env.cache.clear()


def source(app):
    return app.jinja_env.loader.get_source(app.jinja_env, "mail/letter.txt")[0]


@pytest.fixture
def smtp(app, monkeypatch):
    port = free_port()
    transport = SmtpTransport(SmtpSettings("127.0.0.1", port, "plain", seconds=5))
    monkeypatch.setitem(app.extensions, "comitia_mail", transport)
    return port


def context():
    return {"topic": "Voter\r\nlists", "at": datetime(2026, 3, 4, 12, 0, tzinfo=UTC)}


def waiting():
    return db.session.scalars(select(OutgoingMail).where(OutgoingMail.state == "waiting")).all()


AMA = Recipient("ama@example.org", "Ama Fictional", "en", "Pacific/Funafuti")


def test_a_mail_waits_sealed_and_goes_with_the_words_of_its_template(inside, smtp, tenant):
    with inside():
        identity = queue(AMA, "probe", context(), headers={"List-Id": "<topics.example.org>"})
    with inside():
        (row,) = waiting()
        assert b"ama@example.org" not in row.sealed
        assert identity == row.message_id
        assert identity.endswith(f"@{tenant.host}")
        with running_server(smtp) as server:
            deliver(row.id)
        (message,) = server.messages
        assert server.recipients == ["ama@example.org"]
        assert message["Message-ID"] == f"<{identity}>"
        assert message["Subject"] == "Sign in: Voter lists"
        assert message["List-Id"] == "<topics.example.org>"
        assert message["From"].addresses[0].addr_spec == f"no-reply@{tenant.host}"
        text = message.get_content().replace("\r\n", "\n")
        assert text.startswith("Hello Ama Fictional,\n\n5 March 2026, 00:00 (")
        assert text.endswith(
            f"\n-- \n{message['From'].addresses[0].display_name}\nhttps://{tenant.host}\n"
        )
        assert (row.state, row.sealed, row.attempts) == ("sent", None, 1)


def test_a_mail_of_a_rolled_back_transaction_is_never_sent(inside):
    with inside():
        queue(AMA, "probe", context())
        db.session.rollback()
    with inside():
        assert waiting() == []


def test_the_same_mail_to_the_same_recipient_is_queued_once(inside):
    with inside():
        identity = message_id("topic", "12")
        for to in (AMA, AMA, Recipient("ben@example.org")):
            assert queue(to, "probe", context(), message_id=identity) == identity
        assert len(waiting()) == 2


def test_a_mail_waits_while_the_server_is_away_and_keeps_its_message_id(inside, smtp):
    with inside():
        identity = queue(AMA, "probe", context())
        mail_id = waiting()[0].id
    with inside():
        for _ in range(2):
            with pytest.raises(MailServerAway):
                deliver(mail_id)
            db.session.rollback()
        (row,) = waiting()
        assert (row.attempts, row.last_answer) == (2, "unreachable")
    with inside(), running_server(smtp) as server:
        deliver(mail_id)
        deliver(mail_id)
    assert [one["Message-ID"] for one in server.messages] == [f"<{identity}>"]


def test_a_refused_mail_is_not_tried_again_and_nobody_is_named_in_the_log(inside, smtp):
    with inside(), capture_logs() as logged:
        queue(AMA, "probe", context())
        (row,) = waiting()
        with running_server(smtp) as server:
            server.recipient_answer = "550 ama@example.org is unknown"
            deliver(row.id)
            deliver(row.id)
        assert (row.state, row.last_answer, row.sealed, row.attempts) == ("refused", "550", None, 1)
    assert [entry["event"] for entry in logged] == ["mail refused"]
    assert "ama@" not in repr(logged)


def test_an_address_no_server_takes_is_refused(inside, smtp):
    with inside():
        queue(Recipient("zoë@example.org"), "probe", context())
        (row,) = waiting()
        deliver(row.id)
        assert (row.state, row.last_answer) == ("refused", "not an address")


def test_a_mail_is_written_in_the_language_of_its_recipient(inside):
    with inside():
        queue(Recipient("a@example.org", language="ar"), "probe", context())
        queue(Recipient("b@example.org", language="fr"), "probe", context())
        assert {row.template for row in waiting()} == {"probe"}
        arabic = write(
            "probe", Recipient("a@example.org", language="ar"), mail_network(), context()
        )
        assert "مارس" in arabic.text
        french = write(
            "probe", Recipient("b@example.org", language="fr"), mail_network(), context()
        )
        assert "mars 2026" in french.text


def test_people_are_found_as_recipients_while_their_account_is_open(inside, factory):
    ama = factory.actor("Ama Fictional", address="ama@example.org")
    with inside():
        found = recipient_of(ama.person_id)
        assert (found.address, found.name) == ("ama@example.org", "Ama Fictional")
        assert recipient_of(uuid4()) is None
    closed = factory.actor(address="closed@example.org", disabled_at=None)
    with inside():
        account = db.session.scalars(select(Account).where(Account.id == closed.account_id)).one()
        account.disabled_at = clock.now()
        db.session.flush()
        assert set(recipients_of([ama.person_id, closed.person_id])) == {ama.person_id}


def test_links_in_mails_lead_to_the_network_whatever_host_a_request_names(app, tenant):
    with app.test_request_context("/", base_url="http://evil.example.net"), scoped(tenant.id):
        assert mail_network().link("styleguide.index") == f"https://{tenant.host}/dev/ui"


def test_a_queued_mail_is_sent_by_a_job_once_the_server_is_there(inside, smtp, run_jobs):
    with inside():
        identity = queue(AMA, "probe", context())
    with running_server(smtp) as server:
        assert run_jobs() == ["kernel.send_mail"]
    assert [one["Message-ID"] for one in server.messages] == [f"<{identity}>"]
    with inside():
        assert waiting() == []


def test_mails_done_long_ago_are_forgotten_and_waiting_ones_never(inside, smtp):
    with inside():
        queue(AMA, "probe", context())
        (sent,) = waiting()
        with running_server(smtp):
            deliver(sent.id)
        queue(AMA, "probe", context())
    with inside(), clock.frozen(clock.now() + timedelta(days=91)):
        forget_mails.function()
        (kept,) = db.session.scalars(select(OutgoingMail)).all()
        assert kept.state == "waiting"


def test_many_mails_are_queued_once_each_and_cost_as_many_queries_as_few(
    inside, queries, queued_jobs
):
    people = [Recipient(f"reader{number}@example.org") for number in range(12)]
    counted = []
    for some in (people[:2], people[2:]):
        mails = [Mail(one, "probe", context(), "same@example.org") for one in some]
        with inside():
            mail_network()
            with queries() as seen:
                assert queue_many([*mails, *mails]) == ["same@example.org"] * 2 * len(some)
            counted.append(len(seen))
    assert counted[0] == counted[1] <= 2
    with inside():
        assert {row.template for row in waiting()} == {"probe"}
        assert len(waiting()) == len(people)
    assert [name for name, _ in queued_jobs()] == ["kernel.send_mail"] * len(people)


def test_no_mails_are_queued_without_a_query(inside, queries):
    with inside(), queries() as seen:
        assert queue_many([]) == []
    assert seen == []


def test_an_attachment_waits_sealed_and_goes_with_its_mail(inside, smtp):
    file = Attachment("pack-1.zip", "application/zip", b"PK fictional bytes")
    with inside():
        queue(AMA, "probe", context(), attachment=file)
    with inside(), running_server(smtp) as server:
        (row,) = waiting()
        assert b"fictional bytes" not in row.sealed
        deliver(row.id)
    (message,) = server.messages
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == (
        "pack-1.zip",
        "application/zip",
    )
    assert attached.get_content() == b"PK fictional bytes"
    assert message.get_body().get_content().startswith("Hello Ama Fictional,")


def test_an_attachment_no_server_would_take_is_refused(inside):
    file = Attachment("pack.zip", "application/zip", bytes(MOST_ATTACHED + 1))
    with inside(), pytest.raises(ValueError, match="too large"):
        queue(AMA, "probe", context(), attachment=file)
