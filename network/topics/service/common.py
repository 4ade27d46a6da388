"""What every verb about topics and posts needs: sums, search, and the words of the trail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from kernel import search
from kernel.db import db
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.values import clock
from kernel.values.prose import plain
from network.groups import queries as groups
from network.topics import queries
from network.topics.events import PostsShownAgain, PostWritten
from network.topics.models import Post, Topic
from network.topics.rules import PostStatus, TopicStatus, check_not_merged, check_open

SEARCH_KIND = "topic"


def speaks_for(actor: Actor, standing: groups.Standing) -> UUID | None:
    """The organisation she writes for; None for a guest."""
    membership = groups.membership_of(standing.group_id, actor.person_id)
    assert membership is not None, "only members write"
    return membership.organisation_id


def index_all(topic: Topic) -> None:
    """Let those who see the topic find every post of it that can be read."""
    first = queries.first_post_id(topic.id)
    for post in queries.visible_posts(topic.id):
        index(topic, post, opens=post.id == first)


def index(topic: Topic, post: Post, *, opens: bool) -> None:
    """Let those who see the topic find the post; nobody while the topic is held back.

    The one that `opens` it is found by the topic's title before the others are.
    """
    if not topic.shown:
        return
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
            author_id=post.author_id,
            organisation_id=post.organisation_id,
            changed_at=post.edited_at or post.created_at,
            is_part=not opens,
        )
    )


def publish(topic: Topic, fresh: Sequence[Post] = (), *, hidden_at: datetime | None = None) -> None:
    """Let what can be read of a topic be found; `fresh` posts, which could not be read, are mailed now.

    Those that were told of before they were hidden (at `hidden_at`) come to whom they did not reach.
    Nothing while the topic is held back: whatever is let go in it meanwhile is published with it.
    """
    if not topic.shown:
        return
    readable = [post for post in fresh if post.status == PostStatus.VISIBLE]
    for post in readable:
        if not post.told:
            post.created_at = clock.now()
            emit(PostWritten(post_id=post.id))
    again = [post.id for post in readable if post.told]
    if again and hidden_at is not None:
        emit(PostsShownAgain(post_ids=again, hidden_at=hidden_at))
    index_all(topic)


def note_told(post_id: UUID) -> bool:
    """Write down that a post is told of; whether it was not before. Past its version, as `sum_up`."""
    table = Post.__table__
    new = update(table).where(table.c.id == post_id, ~table.c.told)  # type: ignore[arg-type]
    return db.session.scalar(new.values(told=True).returning(table.c.id)) is not None


def recount(topic: Topic) -> None:
    """Bring the sums of a topic up to the posts it has now."""
    moments = [post.created_at for post in queries.visible_posts(topic.id)]
    latest = max(moments, default=topic.created_at)
    sum_up(topic, replies=queries.count_replies(topic.id), last_post_at=latest)


def sum_up(topic: Topic, **sums: Any) -> None:
    """Change the sums of a topic in one statement, past its version: replies may come at once."""
    table = Topic.__table__
    db.session.execute(
        update(table).where(table.c.id == topic.id).values(**sums)  # type: ignore[arg-type]
    )
    db.session.expire(topic, list(sums))


def count_in(topic: Topic, post: Post) -> None:
    """Add a new reply to the sums of its topic, which decides: of a reply and a closing, one comes first.

    Raises Refused where the topic was closed or merged since it was read.
    """
    table = Topic.__table__
    sums: dict[str, Any] = {"replies": Topic.replies}
    if post.status == PostStatus.VISIBLE:
        sums = {"replies": Topic.replies + 1, "last_post_at": post.created_at}
    is_open = table.c.status.in_([TopicStatus.OPEN, TopicStatus.ANSWERED])
    counted = update(table).where(table.c.id == topic.id, is_open)  # type: ignore[arg-type]
    if db.session.scalar(counted.values(**sums).returning(table.c.id)) is None:
        db.session.refresh(topic)
        check_not_merged(topic.merged_into_id)
        check_open(topic.status)
    db.session.expire(topic, list(sums))


def repeatable(standing: groups.Standing, **texts: Any) -> dict[str, Any]:
    """What the trail may repeat of what was written in a group: nothing of a private one."""
    return texts if standing.is_open else {}
