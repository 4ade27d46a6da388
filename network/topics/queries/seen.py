"""The topics, posts and files somebody may see: the door to everything else about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, bindparam, func, select

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.errors import NotFound
from kernel.files import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.models import Person
from network.groups.queries import Standing, standing_in, standing_outside
from network.topics.models import Post, PostFile, Topic
from network.topics.queries.page import POSTS_PER_PAGE
from network.topics.queries.predicates import is_post_seen, is_seen, seeing
from network.topics.rules import PostStatus

MERGES_FOLLOWED = 5
"""Topics one is led through at most, each of which was merged into the next."""


@dataclass(frozen=True)
class TopicSeen:
    """A topic somebody may see, and where she stands in its group."""

    topic: Topic
    standing: Standing

    @property
    def label(self) -> str:
        """What the trail calls it: administrators read that, and read no private group they are not in."""
        return self.topic.title if self.standing.is_open else self.standing.name


@dataclass(frozen=True)
class PostSeen(TopicSeen):
    """A post somebody may see, with its topic, and where she stands in the group."""

    post: Post


_TOPIC = select(Topic).where(Topic.id == bindparam("topic_id", type_=Uuid()), is_seen())
_BEFORE = HotStatement(
    select(func.count().label("posts"))
    .select_from(Post)
    .join(Topic, Topic.id == Post.topic_id)
    .where(
        Post.topic_id == bindparam("topic_id", type_=Uuid()),
        Post.id < bindparam("post_id", type_=Uuid()),
        is_post_seen(),
    )
)


def topic_seen_by(actor: Actor, topic_id: UUID, *, to_change: bool = False) -> TopicSeen:
    """A topic the actor may see. Raises NotFound for any other, as if there were none.

    `to_change` lets whoever else changes it, or answers in it, wait until this transaction ends.
    """
    statement = _held(_TOPIC) if to_change else _TOPIC
    topic = db.session.scalars(statement, seeing(actor) | {"topic_id": topic_id}).one_or_none()
    if topic is None:
        raise NotFound
    return TopicSeen(topic, standing_in(actor, topic.group_id))


def post_seen_by(actor: Actor, post_id: UUID, *, to_change: bool = False) -> PostSeen:
    """A post the actor may see, tombstones included. Raises NotFound for any other.

    `to_change` holds its topic as in `topic_seen_by`: of two decisions on one post, one comes first.
    """
    statement = (
        select(Post, Topic)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.id == post_id, is_seen(), is_post_seen())
    )
    if to_change:
        hold_topic_of(post_id)
    row = db.session.execute(statement, seeing(actor)).one_or_none()
    if row is None:
        raise NotFound
    return PostSeen(row.Topic, standing_in(actor, row.Topic.group_id), row.Post)


def post_whatever_the_group(post_id: UUID) -> PostSeen:
    """A post of any group, for who was asked to decide on it and need not read the group.

    Whoever asks must see to that. Raises NotFound.
    """
    statement = select(Post, Topic).join(Topic, Topic.id == Post.topic_id).where(Post.id == post_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return PostSeen(row.Topic, standing_outside(row.Topic.group_id), row.Post)


def hold_topic_of(post_id: UUID) -> None:
    """Let whoever else changes the topic of a post wait, and read both anew once they have."""
    topic = select(Topic).join(Post, Post.topic_id == Topic.id).where(Post.id == post_id)
    db.session.execute(_held(topic)).all()
    post = select(Post).where(Post.id == post_id).execution_options(populate_existing=True)
    db.session.execute(post).all()


def _held(topic: Select[Topic]) -> Select[Topic]:
    """The same topic as it stands once nobody else changes it; what refers to its row can still be added."""
    held = topic.with_for_update(of=Topic, key_share=True)
    return held.execution_options(populate_existing=True)


def post_to_quote(actor: Actor, topic_id: UUID, post_id: UUID) -> Row[UUID, str, str] | None:
    """Id, body and author's name of a visible post of the topic, where the actor sees it."""
    statement = (
        select(Post.id, Post.body, Person.name.label("author"))
        .join(Topic, Topic.id == Post.topic_id)
        .join(Person, Person.id == Post.author_id)
        .where(Post.id == post_id, Post.topic_id == topic_id)
        .where(Post.status == PostStatus.VISIBLE, is_seen())
    )
    return db.session.execute(statement, seeing(actor)).one_or_none()


def page_of(actor: Actor, topic_id: UUID, post_id: UUID) -> int:
    """The page of its topic that a post stands on for this reader, from 1."""
    (found,) = _BEFORE.rows(**seeing(actor), topic_id=topic_id, post_id=post_id)
    before: int = found.posts
    return before // POSTS_PER_PAGE + 1


def file_seen_by(actor: Actor, file_id: UUID) -> StoredFile:
    """A file of a post the actor may read. Raises NotFound for any other."""
    opened = _opened().where(PostFile.file_id == file_id)
    statement = select(StoredFile).where(StoredFile.id.in_(opened))
    file = db.session.scalars(statement, seeing(actor)).one_or_none()
    if file is None:
        raise NotFound
    return file


def files_opened(actor: Actor, file_ids: Sequence[UUID]) -> set[UUID]:
    """Those of some files that are of posts the actor may read."""
    return set(db.session.scalars(_opened().where(PostFile.file_id.in_(file_ids)), seeing(actor)))


def _opened() -> Select[UUID]:
    """The files of posts a reader sees; those of a tombstone are closed. Bind `seeing(actor)`."""
    return (
        select(PostFile.file_id)
        .join(Post, Post.id == PostFile.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.status != PostStatus.DELETED, is_seen(), is_post_seen())
    )


def titles_seen() -> Select[UUID, str, UUID]:
    """Ids, titles and groups of the topics a reader sees, for joins. Bind `seeing(actor)`."""
    return select(Topic.id, Topic.title, Topic.group_id).where(is_seen())


def is_of_group(post_id: UUID, group_id: UUID) -> bool:
    """Whether a post, removed or not, is in a topic of the group."""
    statement = (
        select(Post.id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.id == post_id, Topic.group_id == group_id)
        .where(Post.status.in_([PostStatus.VISIBLE, PostStatus.DELETED]))
    )
    return db.session.scalar(statement) is not None


def standing_place(topic_id: UUID) -> UUID:
    """Where one goes on who wants to answer in a topic: its own, or the one its posts were moved to."""
    for _ in range(MERGES_FOLLOWED):
        moved = db.session.scalar(select(Topic.merged_into_id).where(Topic.id == topic_id))
        if moved is None:
            break
        topic_id = moved
    return topic_id
