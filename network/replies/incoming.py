"""What a mail to a reply address or to a group does: it becomes a post, or goes back with the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import BinaryIO, Final
from uuid import UUID

from kernel.db import db
from kernel.db.scope import become
from kernel.errors import N_, DomainError, Forbidden, NotFound, NotNow
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.inbound import authentication
from kernel.inbound.addresses import Addresses, Ignored, SentBack, register_addresses
from kernel.inbound.authentication import Trust
from kernel.inbound.parsing import Attachment, ParsedMail
from kernel.mail import Recipient, recipient_of
from kernel.mail.network import mail_network
from kernel.values import clock
from kernel.web.limits import Limit, count
from network.groups import queries as groups
from network.replies import queries, rules
from network.topics import queries as topics
from network.topics import service
from network.topics.service import TopicKind, Via

REPLY: Final = "reply"
GROUP: Final = "group"
BY_MAIL: Final = Limit("posts by mail", 30, timedelta(hours=1))
"""Mails of one person. A mailbox that sends back whatever it gets, as a new mail, would never end."""


def register() -> None:
    """Make the addresses of replies and groups known to the door."""
    register_addresses(Addresses(REPLY, resolve_reply, take_reply))
    register_addresses(Addresses(GROUP, resolve_group, take_topic))


def resolve_reply(local_part: str) -> UUID | None:
    """The token a local part names, expired or not."""
    token = rules.token_in(local_part)
    found = queries.token_by_text(token) if token else None
    return found.id if found else None


def resolve_group(local_part: str) -> UUID | None:
    """The group a local part names."""
    found = queries.mailbox_named(local_part)
    return found.group_id if found else None


def take_reply(token_id: UUID, mail: ParsedMail) -> None:
    """Post a mail to a reply address in the topic of its token, for its person.

    Raises Ignored for a mail of anybody else, SentBack with what her post was refused for.
    """
    token = queries.token_by_id(token_id)
    if token is None:
        raise Ignored("unknown")
    writer = _writer(token.person_id, mail)
    with writer.told_of_refusals(
        unseen=Forbidden(N_("You may no longer read or write in this topic."))
    ):
        count(BY_MAIL, str(token.person_id))
        if token.expires_at <= clock.now():
            raise NotNow(
                N_(
                    "This address was good until its mail was half a year old. Answer here: %(link)s"
                ),
                link=mail_network().link("topics.topic", topic_id=token.topic_id),
            )
        _reply(writer, token.topic_id, mail)


def take_topic(group_id: UUID, mail: ParsedMail) -> None:
    """Open a topic with a mail to a group's address; one that answers a post of the group is a reply.

    Anybody may know the address: so the sender's mail server has to vouch for her where that can be asked.
    Raises Ignored for a mail of a stranger, SentBack with what her post was refused for.
    """
    person_id = queries.person_with_address(mail.sender)
    if person_id is None:
        raise Ignored("stranger")
    if authentication.of(mail) is not Trust.PROVEN:
        raise Ignored("unproven")
    writer = _writer(person_id, mail)
    answered = [post for post in topics.posts_of_mails(mail.refers_to) if post.group_id == group_id]
    with writer.told_of_refusals(place=_name_seen(writer, group_id)):
        count(BY_MAIL, str(person_id))
        if answered:
            _reply(writer, answered[0].topic_id, mail)
        else:
            _open_topic(writer, group_id, mail)


@dataclass(frozen=True)
class _Writer:
    """Who wrote a mail, as she stands now, and how she is told what became of it."""

    actor: Actor
    recipient: Recipient

    @contextmanager
    def told_of_refusals(
        self, *, unseen: DomainError | None = None, place: str | None = None
    ) -> Iterator[None]:
        """Send back what is refused, naming the `place`.

        What she cannot see she is told in the words of `unseen`, else nothing.
        """
        try:
            yield
        except NotFound:
            if unseen is None:
                raise Ignored("not visible") from None
            raise SentBack(self.recipient, unseen) from None
        except DomainError as error:
            raise SentBack(self.recipient, error, place=place) from error


@dataclass
class _File:
    """An attachment as a form would hand it over."""

    filename: str | None
    stream: BinaryIO


def _writer(person_id: UUID, mail: ParsedMail) -> _Writer:
    """The person in scope with what she may do at this moment. Raises Ignored unless she sent the mail."""
    actor = actor_by_person(person_id, clock.now())
    recipient = recipient_of(person_id, also_suspended=True)
    if actor is None or recipient is None or recipient.address != mail.sender:
        raise Ignored("another sender")
    become(db.session(), person_id, actor.organisation_ids)
    return _Writer(actor, recipient)


def _name_seen(writer: _Writer, group_id: UUID) -> str:
    """What a group is called. Raises Ignored where the writer may not know of it."""
    try:
        return groups.standing_in(writer.actor, group_id).name
    except NotFound:
        raise Ignored("not visible") from None


def _reply(writer: _Writer, topic_id: UUID, mail: ParsedMail) -> None:
    topic_id = topics.standing_place(topic_id)
    answered = [post for post in topics.posts_of_mails(mail.refers_to) if post.topic_id == topic_id]
    topic = topics.topic_seen_by(writer.actor, topic_id).topic
    _check_new(mail, topic.group_id)
    service.reply(
        writer.actor,
        topic_id,
        body=_text(mail),
        quoted=_shared(mail.quoted) or None,
        language=_language(writer, mail, topic.language),
        files=[_as_upload(file) for file in mail.attachments],
        via=Via.MAIL,
        message_id=_identity(mail),
        in_reply_to=answered[0].post_id if answered else None,
    )


def _open_topic(writer: _Writer, group_id: UUID, mail: ParsedMail) -> None:
    _check_new(mail, group_id)
    title = rules.title_of(mail.subject)
    service.create_topic(
        writer.actor,
        group_id=group_id,
        kind=TopicKind.QUESTION if rules.asks(title) else TopicKind.DISCUSSION,
        title=title,
        body=_text(mail),
        quoted=_shared(mail.quoted) or None,
        language=_language(writer, mail, mail_network().language),
        files=[_as_upload(file) for file in mail.attachments],
        via=Via.MAIL,
        message_id=_identity(mail),
    )


def _check_new(mail: ParsedMail, group_id: UUID) -> None:
    """A mail is posted once in a group, by however many addresses it comes. Raises Ignored."""
    before = topics.posts_of_mails([mail.message_id]) if mail.message_id else ()
    if any(post.group_id == group_id for post in before):
        raise Ignored("posted before")


def _identity(mail: ParsedMail) -> str | None:
    """Its Message-ID, by which it is told on; none where it claims one that only we give.

    Two of our mails with one Message-ID go to nobody twice: who claimed that of a mail to come, such as
    tomorrow's digest of somebody, would keep it from her.
    """
    network, claimed = mail_network(), (mail.message_id or "").rpartition("@")[2].lower()
    return None if claimed in {network.host, network.mail_domain} else mail.message_id


def _text(mail: ParsedMail) -> str:
    """What she wrote. Raises Refused for nothing, and for more than a form would take."""
    if mail.attachments and not mail.text:
        return ", ".join(file.name for file in mail.attachments)
    rules.check_text(mail.text)
    return _shared(mail.text)


def _shared(text: str) -> str:
    """What others may read of it."""
    return rules.without_secrets(text, host=mail_network().host)


def _language(writer: _Writer, mail: ParsedMail, usual: str) -> str:
    return rules.language_of(mail.text, likely=(writer.actor.language or usual, usual))


def _as_upload(file: Attachment) -> _File:
    return _File(file.name, BytesIO(file.content))
