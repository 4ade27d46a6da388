"""Writing topics and replies, by whichever door."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from kernel import audit
from kernel.db import db, new_id
from kernel.errors import N_, Refused
from kernel.events import emit
from kernel.files import Upload, store_all
from kernel.identity.actor import Actor
from kernel.mail import message_id as own_message_id
from kernel.values import clock
from network.groups import queries as groups
from network.moderation import queries as moderation
from network.replies import service as replies
from network.topics import access, queries, rules
from network.topics.events import PostHeld, PostWritten
from network.topics.models import Post, PostFile, Topic
from network.topics.service.common import count_in, index, repeatable, speaks_for
from network.topics.service.reading import read_own
from network.writing import service as drafts


class Said(TypedDict):
    """What somebody writes, and how it comes in: on the web where nothing else is said.

    `message_id`, without angle brackets, is that of the mail it came by, `quoted` what that quoted of
    earlier ones; `in_reply_to` a post of the same group that it answers or goes on from.
    """

    body: str
    language: str
    files: NotRequired[Sequence[Upload]]
    via: NotRequired[rules.Via]
    message_id: NotRequired[str | None]
    in_reply_to: NotRequired[UUID | None]
    quoted: NotRequired[str | None]


def create_topic(
    actor: Actor, *, group_id: UUID, kind: rules.TopicKind, title: str, **said: Unpack[Said]
) -> Topic:
    """Open a topic in a group with its first post; the other members are told by mail.

    Raises NotFound for a group the actor may not read, Forbidden where she may not write, Refused for a
    file that cannot be kept or a post of elsewhere.
    """
    standing = groups.standing_in(actor, group_id)
    access.require_write(actor, standing)
    organisation_id = speaks_for(actor, standing)
    topic = Topic(
        id=new_id(),
        group_id=group_id,
        kind=kind.value,
        title=title,
        language=said["language"],
        author_id=actor.person_id,
        organisation_id=organisation_id,
    )
    db.session.add(topic)
    db.session.flush()
    post = _write(actor, topic, organisation_id, said, opens=True)
    topic.last_post_at, topic.shown = post.created_at, post.status == rules.PostStatus.VISIBLE
    _discard_draft(actor, drafts.Place(group_id=group_id), said)
    after = {"group_id": group_id, **repeatable(standing, title=title)}
    label = queries.TopicSeen(topic, standing).label
    audit.record(actor, "topic.created", topic, after=after, label=label)
    return topic


def reply(actor: Actor, topic_id: UUID, **said: Unpack[Said]) -> Post:
    """Answer in a topic, or one of its posts where `in_reply_to` names it.

    Raises NotFound, Forbidden, and Refused when the topic is closed; else as `create_topic` does.
    """
    seen = queries.topic_seen_by(actor, topic_id)
    access.require_write(actor, seen.standing)
    rules.check_open(seen.topic.status)
    post = _write(actor, seen.topic, speaks_for(actor, seen.standing), said)
    _discard_draft(actor, drafts.Place(topic_id=topic_id), said)
    count_in(seen.topic, post)
    audit.record(actor, "post.written", post, after={"topic_id": topic_id}, label=seen.label)
    return post


def reply_address(actor: Actor, topic_id: UUID) -> str | None:
    """The actor's own address for answers in a topic by mail, told to nobody else.

    None where she may not answer, and where no mail comes in. Raises NotFound for a topic she does not see.
    """
    seen = queries.topic_seen_by(actor, topic_id)
    if not access.can_write(actor, seen.standing) or rules.is_closed(seen.topic.status):
        return None
    return replies.reply_address(actor.person_id, topic_id)


def _discard_draft(actor: Actor, place: drafts.Place, said: Said) -> None:
    """Forget what she began to write there, unless a mail said it: that is another text."""
    if said.get("via") is not rules.Via.MAIL:
        drafts.discard_posted(actor, place)


def _write(
    actor: Actor, topic: Topic, organisation_id: UUID | None, said: Said, *, opens: bool = False
) -> Post:
    in_reply_to, message_id = said.get("in_reply_to"), said.get("message_id")
    if in_reply_to is not None and not queries.is_of_group(in_reply_to, topic.group_id):
        raise Refused(
            N_("The post you answer is not in this group. Choose one of its posts."),
            field="in_reply_to",
        )
    post_id = new_id()
    held = moderation.holds(actor, topic.group_id)
    elsewhere = message_id is not None and bool(queries.posts_of_mails([message_id]))
    post = Post(
        id=post_id,
        topic_id=topic.id,
        author_id=actor.person_id,
        organisation_id=organisation_id,
        body=said["body"],
        quoted=said.get("quoted"),
        language=said["language"],
        status=rules.PostStatus.PENDING if held else rules.PostStatus.VISIBLE,
        via=said.get("via", rules.Via.WEB).value,
        message_id=(None if elsewhere else message_id) or own_message_id("post", str(post_id)),
        came_as=message_id if elsewhere else None,
        in_reply_to_id=in_reply_to,
        created_at=clock.now(),
    )
    db.session.add(post)
    db.session.flush()
    for file in store_all(actor, list(said.get("files", ())), shown=True):
        db.session.add(PostFile(post_id=post.id, file_id=file.id))
    read_own(actor, topic.id, post.id, post.created_at)
    if held:
        emit(PostHeld(post_id=post.id))
    else:
        index(topic, post, opens=opens)
        emit(PostWritten(post_id=post.id))
    return post
