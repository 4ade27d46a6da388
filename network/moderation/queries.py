"""Every SELECT about reports, posts that wait and decisions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, literal, or_, select

from kernel.db import db
from kernel.errors import NotFound
from kernel.files import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.administrators import ADMINISTRATOR
from kernel.identity.models import Person, RoleGrant
from kernel.identity.queries import people_who_can
from kernel.values import clock
from network.groups import queries as groups
from network.moderation.models import Decision, Flag, PostingPolicy
from network.moderation.rules import is_held
from network.permissions import NetworkPermission
from network.topics import queries as topics


def policy() -> PostingPolicy | None:
    """What the network decided on first posts; None while nobody decided."""
    return db.session.scalars(select(PostingPolicy)).one_or_none()


def policy_or_default() -> PostingPolicy:
    """What the network decided on first posts, or that nobody's wait, in version 0."""
    return policy() or PostingPolicy(first_posts_held=0, version=0)


def holds(actor: Actor, group_id: UUID) -> bool:
    """Whether what the actor writes in the group now waits for a moderator; a moderator's never does."""
    decided = policy()
    if decided is None or not decided.first_posts_held:
        return False
    if actor.can(NetworkPermission.TOPICS_MODERATE) or groups.standing_in(actor, group_id).is_chair:
        return False
    published = topics.count_published(actor.person_id, decided.first_posts_held)
    return is_held(decided.first_posts_held, published)


def queue(actor: Actor, most: int = 100) -> Sequence[Row[Any]]:
    """What waits for the actor's decision, the oldest first: posts held or reported, `flags` says how often.

    For who moderates network-wide also what was left to her. Nobody decides on what she wrote herself.
    """
    found = {row.id: row for row in _waiting(actor, topics.moderated_posts(), most)}
    if actor.can(NetworkPermission.TOPICS_MODERATE):
        left = topics.posts_by_id(_left_to_network())
        found |= {row.id: row for row in _waiting(actor, left, most)}
    return [found[post_id] for post_id in sorted(found)][:most]


def _waiting(actor: Actor, posts: Any, most: int) -> Sequence[Row[Any]]:
    """Those of the posts on which the actor is to decide."""
    post = posts.subquery("post")
    flags = (
        select(Flag.post_id, func.count().label("flags"))
        .where(Flag.closed_at.is_(None))
        .group_by(Flag.post_id)
        .subquery("flags")
    )
    statement = (
        select(post, func.coalesce(flags.c.flags, 0).label("flags"))
        .outerjoin(flags, flags.c.post_id == post.c.id)
        .where(
            or_(post.c.status == "pending", flags.c.flags > 0),
            post.c.status.in_(["pending", "visible"]),
            post.c.author_id != actor.person_id,
        )
        .order_by(post.c.id)
        .limit(most)
    )
    return db.session.execute(statement, topics.seeing(actor)).all()


def _left_to_network() -> Select[UUID]:
    """The posts on which those decide who moderate network-wide; also after they have, to undo it."""
    return select(Flag.post_id).where(Flag.to_network)


def post_to_decide(actor: Actor, post_id: UUID) -> topics.PostSeen:
    """A post the actor sees in its group, or that was left to who moderates network-wide, as she does.

    Raises NotFound for any other.
    """
    try:
        return topics.post_seen_by(actor, post_id)
    except NotFound:
        left = _left_to_network().where(Flag.post_id == post_id)
        may = actor.can(NetworkPermission.TOPICS_MODERATE)
        if not may or db.session.scalar(select(left.exists())) is not True:
            raise
    return topics.post_whatever_the_group(post_id)


def files_to_decide(seen: topics.PostSeen) -> list[StoredFile]:
    """The files of a post that is being decided on, as they were handed in."""
    return topics.files_to_read([seen.post.id]).get(seen.post.id, [])


def file_to_decide(seen: topics.PostSeen, file_id: UUID) -> StoredFile:
    """One of `files_to_decide`. Raises NotFound for any other."""
    for file in files_to_decide(seen):
        if file.id == file_id:
            return file
    raise NotFound


def open_flags(post_ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """The reports of posts that nobody has decided on, by post: `reason`, `note` and who it was."""
    columns = (Flag.post_id, Flag.reason, Flag.note, Flag.created_at, Flag.to_network)
    statement = (
        select(*columns, Person.name)
        .join(Person, Person.id == Flag.person_id)
        .where(Flag.post_id.in_(post_ids), Flag.closed_at.is_(None))
        .order_by(Flag.id)
    )
    found: dict[UUID, list[Any]] = {}
    for row in db.session.execute(statement):
        found.setdefault(row.post_id, []).append(row)
    return found


def decisions_on(post_id: UUID) -> Sequence[Row[str, str, datetime, str, str]]:
    """What was decided on a post, the last decision first, with the names of who did."""
    statement = (
        select(Decision.verdict, Decision.reason, Decision.decided_at, Decision.via, Person.name)
        .join(Person, Person.id == Decision.decided_by)
        .where(Decision.post_id == post_id)
        .order_by(Decision.id.desc())
    )
    return db.session.execute(statement).all()


def moderators_of(group_id: UUID) -> list[UUID]:
    """Who decides on posts of a group: its chairs, and the network administrators who may read it."""
    administrators = (
        select(RoleGrant.person_id)
        .where(
            RoleGrant.role == ADMINISTRATOR,
            groups.may_read(RoleGrant.person_id, literal(group_id)),
        )
        .distinct()
    )
    found = set(db.session.scalars(administrators, {"now": clock.now()}))
    return sorted(found | groups.chairs_of(group_id))


def is_left_to_network(seen: topics.PostSeen) -> bool:
    """Whether nobody decides on a post in its group but who wrote it."""
    return set(moderators_of(seen.topic.group_id)) <= {seen.post.author_id}


def deciders_on(group_id: UUID, author_id: UUID, flags: Collection[Any]) -> list[UUID]:
    """Who is told that a post waits for a decision: the moderators of its group but its author.

    With a report that was left to the network also who moderates network-wide.
    """
    found = set(moderators_of(group_id))
    if any(flag.to_network for flag in flags):
        found |= set(people_who_can(NetworkPermission.TOPICS_MODERATE, clock.now()))
    return sorted(found - {author_id})
