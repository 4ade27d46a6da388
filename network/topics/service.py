"""What can be done with topics and posts, by whichever door."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import update

from kernel import audit, search
from kernel.db import db, new_id
from kernel.errors import N_, Refused
from kernel.events import emit
from kernel.files import StoredFile, Upload, store, store_all
from kernel.identity.actor import Actor
from kernel.mail import message_id
from kernel.values import clock
from kernel.values.prose import plain
from network.groups import queries as groups
from network.permissions import NetworkPermission
from network.topics import access, queries, rules
from network.topics.events import PostWritten
from network.topics.models import Post, PostFile, PostVersion, Topic

SEARCH_KIND = "topic"


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
) -> Topic:
    """Open a topic in a group with its first post; the other members are told by mail.

    Raises NotFound for a group the actor may not read, Forbidden where she may not write, Refused for
    a file that cannot be kept.
    """
    standing = groups.standing_in(actor, group_id)
    access.require_write(actor, standing)
    organisation_id = _speaks_for(actor, standing)
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
    _write(actor, topic, organisation_id, body, language, files, via)
    after = {"group_id": group_id, **_repeatable(standing, title=title)}
    audit.record(actor, "topic.created", topic, after=after, label=_label(standing, topic))
    return topic


def reply(
    actor: Actor,
    topic_id: UUID,
    *,
    body: str,
    language: str,
    files: Sequence[Upload] = (),
    via: rules.Via = rules.Via.WEB,
) -> Post:
    """Answer in a topic. Raises NotFound, Forbidden, and Refused when the topic is closed."""
    seen = queries.topic_seen_by(actor, topic_id)
    access.require_write(actor, seen.standing)
    rules.check_open(seen.topic.status)
    organisation_id = _speaks_for(actor, seen.standing)
    post = _write(actor, seen.topic, organisation_id, body, language, files, via)
    _sum_up(seen.topic, replies=Topic.replies + 1, last_post_at=post.created_at)
    label = _label(seen.standing, seen.topic)
    audit.record(actor, "post.written", post, after={"topic_id": topic_id}, label=label)
    return post


def edit_post(
    actor: Actor, post_id: UUID, *, version: int | None, body: str, language: str
) -> Post:
    """Change one's own post; what it said before is kept.

    Raises NotFound, Forbidden, Refused when topic or post are closed, and Conflict when `version` is not
    the one that stands.
    """
    seen = queries.post_seen_by(actor, post_id)
    access.require_edit(actor, seen.standing, seen.post.author_id)
    rules.check_open(seen.topic.status)
    rules.check_visible(seen.post.status)
    post = seen.post
    post.expect(version, {"body": post.body})
    number, before = post.version, {"language": post.language}
    _keep_version(post)
    post.body, post.language, post.edited_at = body, language, clock.now()
    _index(seen.topic, post)
    audit.record(
        actor,
        "post.edited",
        post,
        before={"version": number, **before},
        after={"version": number + 1, "language": language},
        label=_label(seen.standing, seen.topic),
    )
    return post


def attach_file(actor: Actor, post_id: UUID, *, file: Upload | None) -> StoredFile:
    """Hang a file on one's own post. Raises as `edit_post` does, and Refused for no or no good file."""
    seen = queries.post_seen_by(actor, post_id)
    access.require_edit(actor, seen.standing, seen.post.author_id)
    rules.check_open(seen.topic.status)
    rules.check_visible(seen.post.status)
    if file is None:
        raise Refused(N_("Choose a file."), field="file")
    stored = store(actor, file)
    db.session.add(PostFile(post_id=post_id, file_id=stored.id))
    audit.record(
        actor, "post.file_added", seen.post, after={"file": stored.name}, label=seen.topic.title
    )
    return stored


def rename_topic(actor: Actor, topic_id: UUID, *, version: int | None, title: str) -> Topic:
    """Change the title of one's own topic. Raises as `edit_post` does."""
    seen = queries.topic_seen_by(actor, topic_id)
    access.require_edit(actor, seen.standing, seen.topic.author_id)
    rules.check_open(seen.topic.status)
    seen.topic.expect(version, {"title": seen.topic.title})
    before = seen.topic.title
    seen.topic.title = title
    for post in queries.visible_posts(topic_id):
        _index(seen.topic, post)
    audit.record(
        actor,
        "topic.renamed",
        seen.topic,
        before=_repeatable(seen.standing, title=before),
        after=_repeatable(seen.standing, title=title),
        label=_label(seen.standing, seen.topic),
    )
    return seen.topic


def remove_post(actor: Actor, post_id: UUID) -> Post:
    """Take a post away; a tombstone stays. One's own, or any for the chair of the group.

    Raises NotFound, Forbidden, and Refused for one that is gone already.
    """
    seen = queries.post_seen_by(actor, post_id)
    if not access.can_edit(actor, seen.standing, seen.post.author_id):
        access.require_moderate(actor, seen.standing)
    rules.check_visible(seen.post.status)
    post, topic = seen.post, seen.topic
    post.status = rules.PostStatus.DELETED
    if topic.accepted_post_id == post.id:
        _accept(topic, None)
    db.session.flush()
    search.remove(post.id)
    _sum_up(topic, replies=queries.count_replies(topic.id))
    audit.record(actor, "post.removed", post, label=_label(seen.standing, topic))
    return post


def accept_answer(actor: Actor, post_id: UUID) -> Topic:
    """Say that a post answers the question of its topic, in place of any other.

    Raises NotFound, Forbidden, and Refused for the question itself, a removed post or a topic that is no
    question.
    """
    seen = queries.post_seen_by(actor, post_id)
    access.require_accept(actor, seen.standing, seen.topic.author_id)
    rules.check_answerable(seen.topic.kind, seen.topic.status)
    rules.check_visible(seen.post.status)
    if queries.first_post_id(seen.topic.id) == post_id:
        raise Refused(N_("The question cannot be its own answer. Choose one of the replies."))
    _accept(seen.topic, post_id)
    label = _label(seen.standing, seen.topic)
    after = {"accepted_post_id": post_id}
    audit.record(actor, "topic.answered", seen.topic, after=after, label=label)
    return seen.topic


def close_topic(actor: Actor, topic_id: UUID) -> Topic:
    """End a topic: it stays readable. Raises NotFound, Forbidden, and Refused when it is closed."""
    seen = queries.topic_seen_by(actor, topic_id)
    access.require_moderate(actor, seen.standing)
    rules.check_open(seen.topic.status)
    _change_status(actor, seen, rules.TopicStatus.LOCKED)
    return seen.topic


def reopen_topic(actor: Actor, topic_id: UUID) -> Topic:
    """Let people write in a closed topic again. Raises NotFound and Forbidden."""
    seen = queries.topic_seen_by(actor, topic_id)
    access.require_moderate(actor, seen.standing)
    answered = seen.topic.accepted_post_id is not None
    status = rules.TopicStatus.ANSWERED if answered else rules.TopicStatus.OPEN
    _change_status(actor, seen, status)
    return seen.topic


def _speaks_for(actor: Actor, standing: groups.Standing) -> UUID | None:
    """The organisation she writes for; None for a guest."""
    membership = groups.membership_of(standing.group_id, actor.person_id)
    assert membership is not None, "only members write"
    return membership.organisation_id


def _write(
    actor: Actor,
    topic: Topic,
    organisation_id: UUID | None,
    body: str,
    language: str,
    files: Sequence[Upload],
    via: rules.Via,
) -> Post:
    actor.require(NetworkPermission.TOPICS_WRITE)
    post_id = new_id()
    post = Post(
        id=post_id,
        topic_id=topic.id,
        author_id=actor.person_id,
        organisation_id=organisation_id,
        body=body,
        language=language,
        via=via.value,
        message_id=message_id("post", str(post_id)),
        created_at=clock.now(),
    )
    db.session.add(post)
    db.session.flush()
    for file in store_all(actor, list(files)):
        db.session.add(PostFile(post_id=post.id, file_id=file.id))
    _index(topic, post)
    emit(PostWritten(post_id=post.id))
    return post


def _keep_version(post: Post) -> None:
    db.session.add(
        PostVersion(
            post_id=post.id,
            number=post.version,
            body=post.body,
            language=post.language,
            written_at=post.edited_at or post.created_at,
        )
    )


def _index(topic: Topic, post: Post) -> None:
    search.index(
        search.Entry(
            kind=SEARCH_KIND,
            object_id=post.id,
            target_id=topic.id,
            title=topic.title,
            body=plain(post.body),
            language=post.language,
            visibility=search.Visibility.GROUP,
            audience=[topic.group_id],
        )
    )


def _sum_up(topic: Topic, **sums: Any) -> None:
    """Change the sums of a topic in one statement, past its version: replies may come at once."""
    table = Topic.__table__
    db.session.execute(
        update(table).where(table.c.id == topic.id).values(**sums)  # type: ignore[arg-type]
    )
    db.session.expire(topic, list(sums))


def _accept(topic: Topic, post_id: UUID | None) -> None:
    topic.accepted_post_id = post_id
    answered = post_id is not None
    topic.status = rules.TopicStatus.ANSWERED if answered else rules.TopicStatus.OPEN


def _change_status(actor: Actor, seen: queries.TopicSeen, status: rules.TopicStatus) -> None:
    before = seen.topic.status
    seen.topic.status = status
    audit.record(
        actor,
        "topic.status_changed",
        seen.topic,
        before={"status": before},
        after={"status": status},
        label=_label(seen.standing, seen.topic),
    )


# Administrators read the trail, and read no private group that they are not in.


def _label(standing: groups.Standing, topic: Topic) -> str:
    return topic.title if standing.is_open else standing.name


def _repeatable(standing: groups.Standing, **texts: str) -> dict[str, str]:
    """What the trail may repeat of what was written in a group."""
    return texts if standing.is_open else {}
