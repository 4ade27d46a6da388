"""The translations of a post."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, select

from kernel.db import db
from kernel.db.scope import require_scope
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.models import Person
from network.topics.models import PostTranslation
from network.topics.queries.seen import PostSeen, post_seen_by


def translation_of(post_id: UUID, language: str) -> PostTranslation | None:
    """The translation of a post into a language."""
    statement = select(PostTranslation).where(
        PostTranslation.post_id == post_id, PostTranslation.language == language
    )
    return db.session.scalars(statement).one_or_none()


def translation_seen_by(actor: Actor, translation_id: UUID) -> tuple[PostTranslation, PostSeen]:
    """A translation of a post the actor sees, and the post. Raises NotFound for any other."""
    found = db.session.get(PostTranslation, (require_scope().tenant, translation_id))
    if found is None:
        raise NotFound
    return found, post_seen_by(actor, found.post_id)


def translations_of(post_id: UUID) -> Sequence[Row[PostTranslation, str]]:
    """The translations of a post by language, each with the name of its `translator`."""
    statement = (
        select(PostTranslation, Person.name.label("translator"))
        .join(Person, Person.id == PostTranslation.translator_id)
        .where(PostTranslation.post_id == post_id)
        .order_by(PostTranslation.language)
    )
    return db.session.execute(statement).all()
