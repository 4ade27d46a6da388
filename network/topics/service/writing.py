"""Writing topics and replies, by whichever door."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from network.permissions import NetworkPermission
from network.replies import service as replies
from network.topics import access, queries, rules
from network.topics.events import PostHeld, PostWritten
from network.topics.models import Post, PostFile, Topic
from network.topics.service.common import count_in, index, label, repeatable, speaks_for
from network.topics.service.reading import read_own
from network.writing import service as drafts


@dataclass(frozen=True)
class _Said:
    """What was written, and how it came in."""

    body: str
    language: str
    files: Sequence[Upload]
    via: rules.Via
    message_id: str | None
    in_reply_to: UUID | None
    quoted: str | None


def create_topic(
    actor: Actor,
    *,
    group_id: UUID,
    kind: rules.TopicKind,
    title: str,
    body: str,
    language: str,
    files: Sequence[Upload] = (),
    via: rules.Via = rules.Via.WEB,
    message_id: str | None = None,
    in_reply_to: UUID | None = None,
    quoted: str | None = None,
) -> Topic:
    """Open a topic in a group with its first post; the other members are told by mail.

    `message_id`, without angle brackets, is that of the mail it came by, `quoted` what that quoted of
    earlier ones; `in_reply_to` a post of the same
    group that it goes on from. Raises NotFound for a group the actor may not read, Forbidden where she may
    not write, Refused for a file that cannot be kept or a post of elsewhere.
    """
    said = _Said(body, language, files, via, message_id, in_reply_to, quoted)
    standing = groups.standing_in(actor, group_id)
    access.require_write(actor, standing)
    organisation_id = speaks_for(actor, standing)
    topic = Topic(
        id=new_id(),
        group_id=group_id,
        kind=kind.value,
        title=title,
        language=language,
        author_id=actor.person_id,
        organisation_id=organisation_id,
    )
    db.session.add(topic)
    db.session.flush()
    post = _write(actor, topic, organisation_id, said, opens=True)
    topic.last_post_at, topic.shown = post.created_at, post.status == rules.PostStatus.VISIBLE
    if via is not rules.Via.MAIL:
        drafts.discard_posted(actor, drafts.Place(group_id=group_id))
    after = {"group_id": group_id, **repeatable(standing, title=title)}
    audit.record(actor, "topic.created", topic, after=after, label=label(standing, topic))
    return topic


def reply(
    actor: Actor,
    topic_id: UUID,
    *,
    body: str,
    language: str,
    files: Sequence[Upload] = (),
    via: rules.Via = rules.Via.WEB,
    message_id: str | None = None,
    in_reply_to: UUID | None = None,
    quoted: str | None = None,
) -> Post:
    """Answer in a topic, or one of its posts where `in_reply_to` names it.

    Raises NotFound, Forbidden, and Refused when the topic is closed; else as `create_topic` does.
    """
    said = _Said(body, language, files, via, message_id, in_reply_to, quoted)
    seen = queries.topic_seen_by(actor, topic_id)
    access.require_write(actor, seen.standing)
    rules.check_open(seen.topic.status)
    post = _write(actor, seen.topic, speaks_for(actor, seen.standing), said)
    if via is not rules.Via.MAIL:
        drafts.discard_posted(actor, drafts.Place(topic_id=topic_id))
    count_in(seen.topic, post)
    audit.record(
        actor,
        "post.written",
        post,
        after={"topic_id": topic_id},
        label=label(seen.standing, seen.topic),
    )
    return post


def reply_address(actor: Actor, topic_id: UUID) -> str | None:
    """The actor's own address for answers in a topic by mail, told to nobody else.

    None where she may not answer, and where no mail comes in. Raises NotFound for a topic she does not see.
    """
    seen = queries.topic_seen_by(actor, topic_id)
    if not access.can_write(actor, seen.standing) or rules.is_closed(seen.topic.status):
        return None
    return replies.reply_address(actor.person_id, topic_id)


def _write(
    actor: Actor, topic: Topic, organisation_id: UUID | None, said: _Said, *, opens: bool = False
) -> Post:
    actor.require(NetworkPermission.TOPICS_WRITE)
    if said.in_reply_to is not None and not queries.is_of_group(said.in_reply_to, topic.group_id):
        raise Refused(
            N_("The post you answer is not in this group. Choose one of its posts."),
            field="in_reply_to",
        )
    post_id = new_id()
    held = moderation.holds(actor, topic.group_id)
    elsewhere = said.message_id is not None and bool(queries.posts_of_mails([said.message_id]))
    post = Post(
        id=post_id,
        topic_id=topic.id,
        author_id=actor.person_id,
        organisation_id=organisation_id,
        body=said.body,
        quoted=said.quoted,
        language=said.language,
        status=rules.PostStatus.PENDING if held else rules.PostStatus.VISIBLE,
        via=said.via.value,
        message_id=(None if elsewhere else said.message_id) or own_message_id("post", str(post_id)),
        came_as=said.message_id if elsewhere else None,
        in_reply_to_id=said.in_reply_to,
        created_at=clock.now(),
    )
    db.session.add(post)
    db.session.flush()
    for file in store_all(actor, list(said.files), shown=True):
        db.session.add(PostFile(post_id=post.id, file_id=file.id))
    read_own(actor, topic.id, post.id, post.created_at)
    if held:
        emit(PostHeld(post_id=post.id))
    else:
        index(topic, post, opens=opens)
        emit(PostWritten(post_id=post.id))
    return post
