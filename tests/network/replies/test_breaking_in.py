"""Whoever is not who she says, may not any more, or means harm by mail: what becomes of it."""

import io
import smtplib
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from PIL import Image
from sqlalchemy import select, text, update

from kernel.db import db, scoped
from kernel.files import service as files
from kernel.identity.models import Account, Organisation
from kernel.identity.queries import actor_by_person
from kernel.mail import message_id
from kernel.mail.delivery import transport
from kernel.values import clock
from network.groups import service as groups
from network.groups.models import GroupMembership
from network.replies import incoming, service
from network.topics import queries
from network.topics import service as topics
from network.topics.models import Post
from tests.conftest import DATABASE
from tests.factories.network import end_affiliations, make_group, make_guest, make_topic
from tests.jobs import run_due_jobs
from tests.kernel.inbound.conftest import listening
from tests.network.replies.test_incoming import (
    address_of,
    answers,
    became,
    group_to,
    last_post,
    reply_to,
    send,
    topic,
)

__all__ = ["address_of", "answers", "became", "group_to", "listening", "reply_to", "send", "topic"]


@pytest.fixture
def posts(inside, topic):
    """`posts()` counts what can be read in the topic."""

    def ask():
        with inside():
            return len(queries.visible_posts(topic.id))

    return ask


def own_account(cast):
    return update(Account).where(Account.person_id == cast.member.person_id)


def taken_out(cast, topic):
    groups.remove_member(cast.chair, topic.group_id, person_id=cast.member.person_id)


def term_over(cast, topic):
    hers = GroupMembership.person_id == cast.member.person_id
    db.session.execute(update(GroupMembership).where(hers).values(ended_at=clock.now()))


def left_her_organisation(cast, topic):
    end_affiliations(cast.member)


def organisation_suspended(cast, topic):
    hers = Organisation.id == cast.member.organisation_ids[0]
    db.session.execute(update(Organisation).where(hers).values(membership="suspended"))


def group_archived(cast, topic):
    groups.archive_group(cast.chair, topic.group_id)


def moved_out_of_her_sight(cast, topic):
    elsewhere = make_group(cast.administrator, cast.chair, name="Elsewhere")
    topics.move_topic(cast.chair, topic.id, group_id=elsewhere.id)


def account_closed(cast, topic):
    db.session.execute(own_account(cast).values(disabled_at=clock.now()))


def address_unconfirmed(cast, topic):
    db.session.execute(own_account(cast).values(confirmed_at=None))


def address_changed(cast, topic):
    db.session.execute(own_account(cast).values(address="lepule.elsewhere@example.org"))


NO_MORE = ("refused", "forbidden")
NOT_HERS = ("ignored", "another sender")


@pytest.mark.parametrize(
    ("happened", "state"),
    [
        (taken_out, NO_MORE),
        (term_over, NO_MORE),
        (left_her_organisation, NO_MORE),
        (organisation_suspended, NO_MORE),
        (moved_out_of_her_sight, NO_MORE),
        (group_archived, ("refused", "forbidden")),
        (account_closed, NOT_HERS),
        (address_unconfirmed, NOT_HERS),
        (address_changed, NOT_HERS),
    ],
)
def test_an_address_is_worth_what_its_person_may_when_the_mail_arrives(
    inside, cast, topic, reply_to, send, address_of, became, answers, posts, happened, state
):
    sender, to = address_of(cast.member), reply_to(cast.member)
    with inside():
        happened(cast, topic)
    send(sender, to)
    assert became() == state
    assert posts() == 1
    assert len(answers()) == (1 if state[0] == "refused" else 0)
    assert all("Does it hold" not in mail.get_content() for mail in answers())


def test_a_guest_answers_while_her_time_lasts_and_in_her_group_alone(
    inside, cast, topic, reply_to, group_to, send, address_of, became, posts
):
    with inside():
        guest_id = make_guest(cast.chair, cast.private)
        guest = actor_by_person(guest_id, clock.now())
    sender, to = address_of(guest), reply_to(guest)
    send(sender, to)
    assert (became(), posts()) == (("done", None), 2)
    with inside():
        secret = make_group(cast.administrator, cast.chair, name="Secret")
    send(sender, group_to(secret), subject="Let me in")
    assert became() == ("ignored", "not visible")
    with inside():
        hers = GroupMembership.person_id == guest_id
        over = text("now() - interval '1 minute'")
        db.session.execute(update(GroupMembership).where(hers).values(guest_until=over))
    send(sender, to)
    assert (became(), posts()) == (NO_MORE, 2)


@pytest.mark.parametrize(
    "forged",
    [
        '"{hers}" <eve@example.net>',
        "{hers}, eve@example.net",
        "Friends: {hers}, eve@example.net;",
        "{hers} <eve@example.net>",
        "<{hers}>@example.net",
    ],
)
def test_a_sender_who_only_looks_like_her_is_not_her(
    cast, reply_to, listening, run_jobs, address_of, became, answers, posts, send, forged
):
    to, hers = reply_to(cast.member), address_of(cast.member)
    raw = f"From: {forged.format(hers=hers)}\r\nTo: {to}\r\nSubject: Ink\r\n\r\nI am she.\r\n"
    send.message(message_from_bytes(raw.encode()), to)
    assert became()[0] == "ignored"
    assert answers() == []
    assert posts() == 1


@pytest.fixture
def elsewhere(app, make_tenant, factory, server):
    """Another network with somebody in a topic of hers: `(tenant, her address, where to answer, posts())`."""
    other = make_tenant()
    theirs = type(factory)(app, other)
    admin, chair = theirs.actor(roles=["network_administrator"]), theirs.actor()
    with app.app_context(), scoped(other.id):
        there = make_topic(chair, make_group(admin, chair))
        address = db.session.scalar(select(Account.address).where(Account.id == chair.account_id))
        to = service.reply_address(chair.person_id, there.id)
        db.session.commit()

    def posts():
        run_due_jobs(app, server.url("comitia_worker", DATABASE), other.id)
        with app.app_context(), scoped(other.id):
            return len(queries.visible_posts(there.id))

    return other, address, to, posts


def test_the_same_mail_in_two_networks_is_posted_in_each(
    cast, reply_to, send, address_of, posts, elsewhere
):
    _, address, to, posts_there = elsewhere
    send(address_of(cast.member), reply_to(cast.member), Message_ID="<same@example.net>")
    send(address, to, Message_ID="<same@example.net>")
    assert posts() == 2
    assert posts_there() == 2


def test_an_address_of_one_network_is_unknown_in_another(
    cast, reply_to, send, address_of, posts, elsewhere, tenant
):
    other, _, to, posts_there = elsewhere
    astray = reply_to(cast.member).replace(tenant.host, other.host)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(address_of(cast.member), astray)
    send(address_of(cast.member), to)
    assert (posts(), posts_there()) == (1, 1)


def test_nobody_claims_a_message_id_that_only_we_give(
    inside, cast, topic, reply_to, send, address_of, became
):
    with inside():
        digest = message_id("digest", "daily", "2031-03-12", str(cast.chair.person_id))
    send(address_of(cast.member), reply_to(cast.member), Message_ID=f"<{digest}>")
    assert became() == ("done", None)
    with inside():
        written = last_post(topic)
        assert written.via == "mail"
        assert written.message_id != digest


def test_nothing_in_a_mail_becomes_a_header_of_ours(
    app, inside, cast, group_to, send, address_of, tenant
):
    to = group_to(cast.open)
    raw = (
        f"From: {address_of(cast.member)}\r\nTo: {to}\r\nMessage-ID: <in@example.net>\r\n"
        "Subject: =?utf-8?q?Ink=0D=0ABcc=3A_eve=40example=2Enet=0D=0A?=\r\n"
        "Reply-To: eve@example.net\r\nList-Unsubscribe: <https://evil.example/>\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nDoes it hold?\r\n"
        "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment;\r\n"
        " filename*=utf-8''..%2F..%2Fa%0D%0ABcc%3A%20eve.txt\r\n\r\nBottles\r\n--b--\r\n"
    )
    send.message(message_from_bytes(raw.encode()), to)
    with inside():
        post = db.session.scalars(select(Post)).one()
        (file,) = queries.files_to_read([post.id])[post.id]
        assert not set(file.name) & set("/\\\r\n")
    with app.app_context():
        sent = [
            message_from_bytes(file.read_bytes(), policy=default)
            for file in transport().folder.glob("*.eml")
        ]
    ours = [mail for mail in sent if mail["Message-ID"] == "<in@example.net>"]
    assert len(ours) >= 1
    for mail in ours:
        assert mail["Subject"] == "[Small states] Ink Bcc: eve@example.net"
        assert mail["Bcc"] is None
        assert "evil.example" not in mail.as_string()
        assert "eve@example.net" not in str(mail["Reply-To"])


def seal():
    made = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(made, "PNG")
    return made.getvalue()


def test_parts_within_parts_are_one_text_with_its_pictures_and_files(
    inside, cast, topic, reply_to, send, address_of
):
    message = EmailMessage()
    message["From"], message["Subject"] = address_of(cast.member), "Re: Indelible ink"
    message["Message-ID"] = "<nested@example.net>"
    message.set_content("See the seal.")
    message.add_alternative(
        "<p>See the <b>seal</b>:</p><img src='cid:seal@example.net'>", subtype="html"
    )
    html = message.get_payload()[1]
    html.add_related(seal(), "image", "png", cid="<seal@example.net>", filename="seal.png")
    message.add_attachment(b"Bottles (fictional)", "text", "plain", filename="bottles.txt")
    send.message(message, reply_to(cast.member))
    with inside():
        post = last_post(topic)
        names = [file.name for file in queries.files_to_read([post.id])[post.id]]
        assert sorted(names) == ["bottles.txt", "seal.png"]
        assert "See the **seal**" in post.body


def test_a_file_that_is_too_large_goes_back_and_leaves_nothing(
    inside, cast, reply_to, send, address_of, answers, posts, monkeypatch
):
    monkeypatch.setattr(files, "LARGEST", 1000)
    message = EmailMessage()
    message["From"], message["Subject"] = address_of(cast.member), "Re: Indelible ink"
    message.set_content("See the list.")
    message.add_attachment(b"ink\n" * 1000, "text", "plain", filename="list.txt")
    send.message(message, reply_to(cast.member))
    (mail,) = answers()
    assert "list.txt" in mail.get_content()
    assert posts() == 1


def test_our_own_mail_that_a_mailbox_sends_on_to_the_group_is_not_posted(
    app, cast, topic, group_to, run_jobs, send, became, posts, tenant
):
    run_jobs()
    with app.app_context():
        sent = [file.read_bytes() for file in transport().folder.glob("*.eml")]
    ours = next(raw for raw in sent if f"group={cast.private.id}".encode() in raw)
    send.message(message_from_bytes(ours), group_to(cast.private))
    assert became()[0] == "ignored"
    assert posts() == 1


@pytest.mark.parametrize(
    "mark",
    [
        {"Auto_Submitted": "auto-generated"},
        {"X_Loop": "ama@example.org"},
        {"X_MS_Exchange_Inbox_Rules_Loop": "ama@example.org"},
        {"Precedence": "list"},
    ],
)
def test_what_a_program_sends_in_her_name_is_not_posted(
    cast, reply_to, send, address_of, became, answers, posts, mark
):
    send(address_of(cast.member), reply_to(cast.member), **mark)
    assert became() == ("ignored", "automatic")
    assert answers() == []
    assert posts() == 1


def test_a_mailbox_that_answers_everything_is_stopped(
    cast, reply_to, send, address_of, became, posts, monkeypatch
):
    few = incoming.Limit("posts by mail in a test", 2, incoming.BY_MAIL.window)
    monkeypatch.setattr(incoming, "BY_MAIL", few)
    for _ in range(3):
        send(address_of(cast.member), reply_to(cast.member))
    assert became() == ("refused", "too-many")
    assert posts() == 3
