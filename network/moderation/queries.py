"""Every SELECT about reports, posts that wait and decisions."""

from uuid import UUID

from sqlalchemy import select

from kernel.db import db
from kernel.identity.actor import Actor
from network.groups import queries as groups
from network.moderation.models import PostingPolicy
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
