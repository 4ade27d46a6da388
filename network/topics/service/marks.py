"""What people set on a post without writing one: reactions, and bookmarks that only they see."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from kernel import audit
from kernel.db import db, new_id
from kernel.db.scope import require_scope
from kernel.identity.actor import Actor
from kernel.values import clock
from network.topics import access, queries, rules
from network.topics.models import Bookmark, Post, Reaction


def react(actor: Actor, post_id: UUID, *, kind: rules.ReactionKind) -> Post:
    """Say something to a post; saying it twice says it once.

    Raises NotFound, Forbidden in an archived group, and Refused for a removed post.
    """
    seen = queries.post_seen_by(actor, post_id)
    access.require_react(actor, seen.standing)
    rules.check_visible(seen.post.status)
    statement = insert(Reaction).values(
        tenant_id=require_scope().tenant,
        id=new_id(),
        post_id=post_id,
        person_id=actor.person_id,
        kind=kind.value,
        created_at=clock.now(),
    )
    said = statement.on_conflict_do_nothing().returning(Reaction.id)
    if db.session.scalar(said) is not None:
        audit.record(actor, "post.reacted", seen.post, after={"kind": kind}, label=seen.label)
    return seen.post


def take_reaction_back(actor: Actor, post_id: UUID, *, kind: rules.ReactionKind) -> Post:
    """Take back what one said to a post, where one did. Raises as `react` does."""
    seen = queries.post_seen_by(actor, post_id)
    access.require_react(actor, seen.standing)
    statement = delete(Reaction).where(
        Reaction.post_id == post_id,
        Reaction.person_id == actor.person_id,
        Reaction.kind == kind.value,
    )
    if db.session.scalar(statement.returning(Reaction.id)) is not None:
        said = {"kind": kind}
        audit.record(actor, "post.reaction_taken_back", seen.post, before=said, label=seen.label)
    return seen.post


# What somebody keeps for herself is nobody's business: bookmarks leave no trail.


def set_bookmark(actor: Actor, post_id: UUID) -> Post:
    """Keep a post among one's bookmarks. Raises NotFound, and Refused for a removed post."""
    seen = queries.post_seen_by(actor, post_id)
    rules.check_visible(seen.post.status)
    db.session.execute(
        insert(Bookmark)
        .values(
            tenant_id=require_scope().tenant,
            id=new_id(),
            person_id=actor.person_id,
            post_id=post_id,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )
    return seen.post


def remove_bookmark(actor: Actor, post_id: UUID) -> Post:
    """Take a post from one's bookmarks, where it is one. Raises NotFound."""
    seen = queries.post_seen_by(actor, post_id)
    db.session.execute(
        delete(Bookmark).where(Bookmark.post_id == post_id, Bookmark.person_id == actor.person_id)
    )
    return seen.post
