"""Changing what was written: posts, titles, files, and taking posts away."""

from uuid import UUID

from kernel import audit, search
from kernel.db import db
from kernel.errors import N_, Refused
from kernel.events import emit
from kernel.files import StoredFile, Upload, check_count, store
from kernel.identity.actor import Actor
from kernel.values import clock
from network.topics import access, queries, rules
from network.topics.events import PostChanged
from network.topics.models import Post, PostFile, PostVersion, Topic
from network.topics.service.common import index, index_all, repeatable, sum_up
from network.topics.service.life import set_answer
from network.writing import service as drafts


def edit_post(
    actor: Actor, post_id: UUID, *, version: int | None, body: str, language: str
) -> Post:
    """Change one's own post; what it said before is kept.

    Raises NotFound, Forbidden, Refused when topic or post are closed, and Conflict when `version` is not
    the one that stands.
    """
    seen = _own_post(actor, post_id)
    post = seen.post
    post.expect(version, {"body": post.body})
    number, before = post.version, {"language": post.language}
    _keep_version(post)
    post.body, post.language, post.edited_at = body, language, clock.now()
    index(seen.topic, post, opens=queries.first_post_id(post.topic_id) == post_id)
    drafts.discard_posted(actor, drafts.Place(post_id=post_id))
    emit(PostChanged(post_id=post_id))
    audit.record(
        actor,
        "post.edited",
        post,
        before={"version": number, **before},
        after={"version": number + 1, "language": language},
        label=seen.label,
    )
    return post


def attach_file(actor: Actor, post_id: UUID, *, file: Upload | None) -> StoredFile:
    """Hang a file on one's own post. Raises as `edit_post` does, and Refused for no good file or too many."""
    seen = _own_post(actor, post_id, to_change=True)
    if file is None:
        raise Refused(N_("Choose a file."), field="file")
    hanging = queries.files_to_read([post_id]).get(post_id, [])
    check_count(len(hanging) + 1, field="file")
    stored = store(actor, file, shown=True)
    db.session.add(PostFile(post_id=post_id, file_id=stored.id))
    audit.record(
        actor,
        "post.file_added",
        seen.post,
        after=repeatable(seen.standing, file=stored.name),
        label=seen.label,
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
    index_all(seen.topic)
    audit.record(
        actor,
        "topic.renamed",
        seen.topic,
        before=repeatable(seen.standing, title=before),
        after=repeatable(seen.standing, title=title),
        label=seen.label,
    )
    return seen.topic


def remove_post(actor: Actor, post_id: UUID, *, reason: str | None = None) -> Post:
    """Take a post away; a tombstone says who did, and why. One's own, or any for the chair of the group.

    Raises NotFound, Forbidden, and Refused for one that is gone already and for a chair without a reason.
    """
    seen = queries.post_seen_by(actor, post_id, to_change=True)
    access.require_edit_or_moderate(actor, seen.standing, seen.post.author_id)
    rules.check_visible(seen.post.status)
    if seen.post.author_id != actor.person_id and not reason:
        raise Refused(
            N_("Enter the reason. Everybody who reads the topic sees it."), field="reason"
        )
    post, topic = seen.post, seen.topic
    post.status = rules.PostStatus.DELETED
    post.removed_at, post.removed_by, post.removed_reason = clock.now(), actor.person_id, reason
    if topic.accepted_post_id == post.id:
        set_answer(topic, None)
    db.session.flush()
    search.remove(post.id)
    sum_up(topic, replies=queries.count_replies(topic.id))
    audit.record(
        actor,
        "post.removed",
        post,
        after=repeatable(seen.standing, reason=reason) if reason else {},
        label=seen.label,
    )
    return post


def _own_post(actor: Actor, post_id: UUID, *, to_change: bool = False) -> queries.PostSeen:
    """A post to change. Raises NotFound, Forbidden, and Refused when topic or post are closed."""
    seen = queries.post_seen_by(actor, post_id, to_change=to_change)
    access.require_edit(actor, seen.standing, seen.post.author_id)
    rules.check_open(seen.topic.status)
    rules.check_visible(seen.post.status)
    return seen


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
