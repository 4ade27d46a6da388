"""Answering and opening topics by mail, over a real SMTP line."""

import smtplib
from email.message import EmailMessage
from itertools import count

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.identity.models import Account
from kernel.inbound.models import IncomingMail
from network.replies import rules, service
from network.topics import queries
from network.topics import service as topics
from network.topics.models import Post, PostFile, Topic
from tests.factories.network import end_affiliations, make_topic
from tests.kernel.inbound.conftest import listening
from tests.mails import mails_of
from tests.network.replies.test_addresses import later

__all__ = ["listening"]

_numbers = count(1)


@pytest.fixture
def topic(inside, cast):
    with inside():
        return make_topic(cast.member, cast.private)


@pytest.fixture
def address_of(inside):
    """`address_of(actor)` is her mail address."""

    def ask(actor):
        with inside():
            return address_in_row(actor)

    return ask


def address_in_row(actor):
    return db.session.scalar(select(Account.address).where(Account.id == actor.account_id))


@pytest.fixture
def send(listening, run_jobs):
    """`send(sender, *to, text=…)` sends a mail by SMTP and runs the jobs; the answer's code."""

    def by_mail(sender, *to, text="It holds nine days.", subject="Re: Indelible ink", **headers):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, ", ".join(to), subject
        message["Message-ID"] = headers.pop("Message_ID", f"<{next(_numbers)}@example.net>")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        return deliver(message, *to)

    def deliver(message, *to):
        with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
            server.send_message(message, to_addrs=to)
        return run_jobs()

    by_mail.message = deliver
    return by_mail


@pytest.fixture
def reply_to(inside, topic):
    """`reply_to(actor)` is her address for the topic."""

    def make(actor):
        with inside():
            return service.reply_address(actor.person_id, topic.id)

    return make


@pytest.fixture
def group_to(inside):
    def make(group):
        with inside():
            return service.group_address(group.id)

    return make


@pytest.fixture
def became(inside):
    """What became of the last mail."""

    def ask():
        with inside():
            row = db.session.scalars(select(IncomingMail).order_by(IncomingMail.id.desc())).first()
            return row.state, row.reason

    return ask


@pytest.fixture
def answers(app, tenant):
    """The mails that say that something was not posted."""

    def read():
        return [mail for mail in mails_of(app, tenant) if mail["Auto-Submitted"] == "auto-replied"]

    return read


def last_post(topic):
    return db.session.scalars(
        select(Post).where(Post.topic_id == topic.id).order_by(Post.id.desc())
    ).first()


QUOTING = """It holds nine days.

On Sun, May 3, 2026 at 9:40 AM Lepule (Comitia) <comitia@example.org> wrote:

> Does it hold in the tropics?
"""


def test_an_answer_becomes_a_post_of_hers_with_the_quotation_folded(
    inside, cast, topic, reply_to, send, address_of, became
):
    with inside():
        first = queries.visible_posts(topic.id)[0]
    send(
        address_of(cast.chair),
        reply_to(cast.chair),
        text=QUOTING,
        Message_ID="<CA1@mail.example.net>",
        In_Reply_To=f"<{first.message_id}>",
    )
    assert became() == ("done", None)
    with inside():
        post = last_post(topic)
        assert (post.author_id, post.via, post.body) == (
            cast.chair.person_id,
            "mail",
            "It holds nine days.",
        )
        assert post.quoted.endswith("Does it hold in the tropics?")
        assert (post.message_id, post.in_reply_to_id) == ("CA1@mail.example.net", first.id)


def test_the_page_shows_what_was_quoted_folded(
    inside, cast, topic, reply_to, send, address_of, browser_for
):
    send(address_of(cast.chair), reply_to(cast.chair), text=QUOTING)
    page = browser_for(cast.member).get(f"/network/discussions/{topic.id}")
    assert "It holds nine days." in page.text
    assert '<details class="fold quoted"><summary>Show quoted text</summary>' in page.html


def test_files_come_along(inside, cast, topic, reply_to, send, address_of):
    message = EmailMessage()
    message["From"], message["Subject"] = address_of(cast.chair), "Re: ink"
    message.set_content("See the list.")
    message.add_attachment(b"Bottles (fictional)", "text", "plain", filename="bottles.txt")
    send.message(message, reply_to(cast.chair))
    with inside():
        post = last_post(topic)
        (file,) = queries.files_to_read([post.id])[post.id]
        assert (file.name, post.body) == ("bottles.txt", "See the list.")


def test_the_same_mail_posts_once_also_by_another_address(
    inside, cast, topic, reply_to, send, address_of, became, monkeypatch
):
    old = reply_to(cast.chair)
    for _ in range(2):
        send(address_of(cast.chair), old, Message_ID="<one@example.net>")
    later(monkeypatch, days=100)
    assert reply_to(cast.chair) != old
    send(address_of(cast.chair), reply_to(cast.chair), Message_ID="<one@example.net>")
    assert became() == ("ignored", "posted before")
    with inside():
        assert len(queries.visible_posts(topic.id)) == 2


def test_somebody_elses_address_is_good_for_nobody_else_and_nobody_is_told(
    inside, cast, topic, reply_to, send, address_of, became, answers
):
    for sender in (address_of(cast.member), "eve@example.net"):
        send(sender, reply_to(cast.chair))
        assert became() == ("ignored", "another sender")
    assert answers() == []
    with inside():
        assert len(queries.visible_posts(topic.id)) == 1


def test_who_left_cannot_answer_any_more_and_is_told_nothing_of_the_topic(
    inside, cast, topic, reply_to, send, address_of, became, answers
):
    to = reply_to(cast.chair)
    with inside():
        end_affiliations(cast.chair)
    send(address_of(cast.chair), to, subject="Re: her own words")
    assert became() == ("refused", "forbidden")
    (mail,) = answers()
    assert "You may no longer read or write in this topic." in mail.get_content()
    assert topic.title not in mail.get_content()


def test_an_answer_to_a_closed_topic_goes_back_with_the_reason_and_the_text(
    inside, cast, topic, reply_to, send, address_of, became, answers
):
    to = reply_to(cast.member)
    with inside():
        topics.close_topic(cast.chair, topic.id)
    send(address_of(cast.member), to, text=QUOTING, Message_ID="<late@example.net>")
    assert became() == ("refused", "refused")
    (mail,) = answers()
    assert mail["In-Reply-To"] == "<late@example.net>"
    assert mail["Subject"] == "Not posted: Re: Indelible ink"
    text = mail.get_content()
    assert "This topic is closed. Start a new topic to go on." in text
    assert "> It holds nine days." in text


def test_an_expired_address_says_so_to_its_owner_and_leads_to_the_topic(
    inside, cast, topic, reply_to, send, address_of, answers, monkeypatch
):
    to = reply_to(cast.chair)
    later(monkeypatch, days=181)
    send(address_of(cast.chair), to)
    (mail,) = answers()
    assert f"/network/discussions/{topic.id}" in mail.get_content()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("> Does it hold?", "There is no text of yours in your mail."),
        ("ink " * 6000, "Your text is longer than 20,000 characters."),
    ],
)
def test_a_mail_without_text_or_with_too_much_goes_back(
    cast, topic, reply_to, send, address_of, answers, text, reason
):
    send(address_of(cast.chair), reply_to(cast.chair), text=text)
    (mail,) = answers()
    assert reason in " ".join(mail.get_content().split())


def test_a_file_of_no_accepted_kind_sends_the_mail_back_and_leaves_nothing(
    inside, cast, topic, reply_to, send, address_of, answers
):
    message = EmailMessage()
    message["From"], message["Subject"] = address_of(cast.chair), "Re: ink"
    message.set_content("See the program.")
    message.add_attachment(b"MZ\0", "application", "octet-stream", filename="setup.exe")
    send.message(message, reply_to(cast.chair))
    (mail,) = answers()
    assert "setup.exe" in mail.get_content()
    with inside():
        assert len(queries.visible_posts(topic.id)) == 1
        assert db.session.scalars(select(PostFile)).all() == []


def test_an_out_of_office_answer_is_never_posted(
    inside, cast, topic, reply_to, send, address_of, became, answers
):
    send(address_of(cast.chair), reply_to(cast.chair), Auto_Submitted="auto-replied")
    assert became() == ("ignored", "automatic")
    assert answers() == []


def test_a_member_opens_a_topic_by_writing_to_the_group(inside, cast, group_to, send, address_of):
    send(
        address_of(cast.member),
        group_to(cast.open),
        text="L'encre tient dans le sud, mais pas sur les îles que nous avons.",
        subject="[Small states] Combien de temps tient l’encre ?",
    )
    with inside():
        topic = db.session.scalars(select(Topic)).one()
        assert (topic.title, topic.kind) == ("Combien de temps tient l’encre ?", "question")
        assert (topic.group_id, topic.author_id) == (cast.open.id, cast.member.person_id)
        assert (last_post(topic).via, topic.language) == ("mail", "fr")


def test_a_mail_to_the_group_that_answers_a_post_of_it_is_a_reply(
    inside, cast, topic, group_to, send, address_of
):
    with inside():
        first = queries.visible_posts(topic.id)[0]
    send(address_of(cast.chair), group_to(cast.private), In_Reply_To=f"<{first.message_id}>")
    with inside():
        assert db.session.scalars(select(Topic)).one().id == topic.id
        assert last_post(topic).in_reply_to_id == first.id


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_who_may_not_write_in_the_group_opens_nothing(
    inside, cast, group_to, send, address_of, became, answers, who
):
    sender = address_of(cast.stranger) if who == "stranger" else "eve@example.net"
    send(sender, group_to(cast.private), subject="Let me in")
    assert became() == ("ignored", "not visible" if who == "stranger" else "stranger")
    send(sender, group_to(cast.open), subject="Let me in")
    assert len(answers()) == (1 if who == "stranger" else 0)
    with inside():
        assert db.session.scalars(select(Topic)).all() == []


def test_a_group_address_wants_proof_of_the_sender_where_it_can_be_asked(
    app, inside, cast, group_to, send, address_of, became, monkeypatch
):
    monkeypatch.setitem(app.config, "MAIL_IN_AUTHSERV", "mx.example.org")
    sender, to = address_of(cast.member), group_to(cast.open)
    for results, state in (
        ("mx.evil.example; dmarc=pass", ("ignored", "unproven")),
        ("mx.example.org; dmarc=fail", ("ignored", "forged")),
        ("mx.example.org; dmarc=pass header.from=example.org", ("done", None)),
    ):
        send(sender, to, subject="Ink", Authentication_Results=results)
        assert became() == state


def test_a_first_mail_without_a_subject_goes_back(cast, group_to, send, address_of, answers):
    send(address_of(cast.member), group_to(cast.open), subject="Re:")
    (mail,) = answers()
    assert "Your mail has no subject." in mail.get_content()


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: [Small states] RE: Ink", "Ink"),
        ("TR : [ext] Encre", "Encre"),
        ("رد: الحبر", "الحبر"),
        ("Results: who counts?", "Results: who counts?"),
        ("Re[2]: Ink", "Ink"),
        ("x" * 200, "x" * 159 + "…"),
    ],
)
def test_a_subject_becomes_a_title(subject, title):
    assert rules.title_of(subject) == title


@pytest.mark.parametrize(
    ("text", "likely", "language"),
    [
        ("جربنا الحبر في البصرة (Basra)", ["en"], "ar"),
        ("We tried it and it was gone in the rain of the week.", ["fr"], "en"),
        ("Nous avons essayé et le résultat est dans les notes.", ["en"], "fr"),
        ("O resultado não é bom para os que votam em casa.", ["en"], "pt"),
        ("OK", ["fr", "en"], "fr"),
        ("OK", ["ar"], "en"),
        ("", ["ar", "fr"], "fr"),
    ],
)
def test_the_language_of_a_text_is_told_or_assumed(text, likely, language):
    assert rules.language_of(text, likely=likely) == language


OURS = "https://cen.example.org"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"No more mail: {OURS}/account/mail/end/hM7oA3a0", "No more mail: …"),
        (f"Go [here]({OURS}/reset/abc).", "Go [here](…)."),
        (
            "<https://safe.example/?url=https%3A%2F%2Fcen.example.org%2Faccount%2Fmail%2Fend%2Fx&d=1>",
            "<…>",
        ),
        (f"{OURS}/network/feeds/secret.atom", "…"),
        (f"{OURS}/network/announcements/by-mail/aGVy.s1gn", "…"),
        (
            f"Read {OURS}/network/discussions/1#post-2.",
            f"Read {OURS}/network/discussions/1#post-2.",
        ),
        (f"{OURS}/ and {OURS}:8000", f"{OURS}/ and {OURS}:8000"),
        ("https://elections.example/account/1", "https://elections.example/account/1"),
        ("To: Reply+ABCDEFGHIJKLMNOPQRSTUVWX@reply.cen.example.org", "To: …"),
        (
            "Write to small-states@reply.cen.example.org",
            "Write to small-states@reply.cen.example.org",
        ),
    ],
)
def test_what_our_mails_tell_their_recipient_alone_is_not_shown_to_others(text, shown):
    assert rules.without_secrets(text, host="cen.example.org") == shown
