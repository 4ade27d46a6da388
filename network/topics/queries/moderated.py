"""Posts as their moderators look at them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from kernel.db import db
from kernel.identity.models import Organisation, Person
from network.groups.queries import named_groups, readable_groups
from network.topics.models import Post, Topic
from network.topics.queries.mail import written
from network.topics.queries.predicates import is_moderated


def moderated_posts() -> Select[*tuple[Any, ...]]:
    """The posts a reader moderates, with topic, group and author, for joins. Bind `seeing(actor)`."""
    return _posts_in(readable_groups()).where(is_moderated())


def posts_by_id(post_ids: Select[UUID]) -> Select[*tuple[Any, ...]]:
    """Posts of any group, as `moderated_posts`; whoever asks must see to who may see them."""
    return _posts_in(named_groups()).where(Post.id.in_(post_ids))


def _posts_in(groups: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    group = groups.subquery("group")
    return (
        select(
            Post.id,
            Post.topic_id,
            Post.author_id,
            Post.status,
            Post.body,
            Post.language,
            Post.created_at,
            Topic.title,
            group.c.name.label("group"),
            Person.name.label("author"),
            Organisation.name.label("organisation"),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .join(group, group.c.id == Topic.group_id)
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
    )


def author_of(post: Post) -> Row[str, str | None]:
    """The names of who wrote a post and, but for a guest, of the organisation she wrote for."""
    statement = (
        select(Person.name, Organisation.name)
        .select_from(Post)
        .join(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.id == post.id)
    )
    return db.session.execute(statement).one()


def post_with_topic(post_id: UUID) -> Row[Post, Topic, str, str | None] | None:
    """A post in whatever state with its topic and author, for mails to its moderators and its author."""
    return db.session.execute(written(post_id)).one_or_none()
