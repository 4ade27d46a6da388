"""Moderators decide by answering the mail, over a real SMTP line; nobody else does."""

import smtplib
from email.message import EmailMessage
from itertools import count
from uuid import uuid4

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.identity.models import Account
from network.moderation.addresses import decision_address, post_of
from network.topics import queries as topics
from network.topics.models import Post
from tests.factories.network import make_topic
from tests.kernel.inbound.conftest import listening

__all__ = ["listening"]

pytestmark = pytest.mark.usefixtures("first_post_waits")
_numbers = count(1)


@pytest.fixture
def post_id(inside, cast):
    """A newcomer's first post, which waits."""
    with inside():
        topic = make_topic(cast.newcomer, cast.private)
        return topics.first_post_id(topic.id)


@pytest.fixture
def answer(listening, inside, run_jobs):
    """`answer(actor, to, text)` sends a mail of hers by SMTP and runs what follows."""

    def send(actor, to, text, results=None):
        with inside():
            sender = db.session.scalar(
                select(Account.address).where(Account.id == actor.account_id)
            )
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, "Re: A post waits"
        message["Message-ID"] = f"<decision-{next(_numbers)}@example.net>"
        if results is not None:
            message["Authentication-Results"] = results
        message.set_content(text)
        with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
            server.send_message(message, to_addrs=[to])
        run_jobs()

    return send


@pytest.fixture
def asking(run_jobs, outbox):
    """`asking()` is the mail that asks for a decision; others tell the chair of other things."""

    def find():
        run_jobs()
        (mail,) = [mail for mail in outbox() if mail.reply_to]
        return mail

    return find


@pytest.fixture
def status(inside, post_id):
    """`status()` is the state of the post."""

    def ask():
        with inside():
            return db.session.get_one(
                Post, (db.session.scalar(select(Post.tenant_id)), post_id)
            ).status

    return ask


def test_the_mail_tells_how_and_its_answer_publishes_the_post(
    cast, post_id, asking, answer, status
):
    mail = asking()
    assert "answer this mail with the word “approve”" in mail.text
    answer(cast.chair, mail.reply_to, "Approve\n\n> A post waits")
    assert status() == "visible"


def test_a_refused_decision_comes_back_with_what_to_write(cast, asking, outbox, answer, status):
    answer(cast.chair, asking().reply_to, "Let me think about it.")
    assert status() == "pending"
    assert "Begin your answer with the word “approve”" in outbox()[-1].text


def test_somebody_else_who_learnt_the_address_decides_nothing(cast, asking, answer, status):
    answer(cast.reader, asking().reply_to, "approve")
    assert status() == "pending"


def test_a_decision_wants_proof_of_the_sender_where_it_can_be_asked(
    app, cast, asking, outbox, answer, status, monkeypatch
):
    monkeypatch.setitem(app.config, "MAIL_IN_AUTHSERV", "mx.example.org")
    to = asking().reply_to
    answer(cast.chair, to, "approve", "mx.evil.example; dmarc=pass")
    assert status() == "pending"
    assert "does not vouch for your mail" in outbox()[-1].text
    answer(cast.chair, to, "approve", "mx.example.org; dmarc=pass header.from=example.org")
    assert status() == "visible"


def test_an_address_is_ours_or_none(inside):
    with inside():
        post_id = uuid4()
        local_part = decision_address(post_id).partition("@")[0]
        assert len(local_part) <= 64
        assert post_of(local_part.upper()) == post_id
        forged = local_part[:-1] + ("a" if local_part[-1] != "a" else "b")
        assert post_of(forged) is None
        assert post_of("decide+short") is None
