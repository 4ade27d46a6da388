"""What can be done with a text before it is posted. No trail: a draft is nobody's business but its writer's."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, or_
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db, new_id
from kernel.db.scope import become, require_scope
from kernel.identity.actor import Actor
from kernel.values import clock
from network.permissions import NetworkPermission
from network.writing import queries
from network.writing.models import Draft
from network.writing.queries import Place as Place


def save_draft(
    actor: Actor,
    place: Place,
    *,
    body: str,
    title: str = "",
    language: str = "en",
    draft_id: UUID | None = None,
) -> Draft | None:
    """Keep what the actor is writing at a place, instead of what she was writing there before.

    `draft_id` names the draft she goes on with, which follows her to another group. Nothing typed means no
    draft. Raises NotFound for a place she may not read or a draft that is gone, and Forbidden for who may
    not write.
    """
    actor.require(NetworkPermission.TOPICS_WRITE)
    queries.group_of(actor, place)
    here = queries.is_at(place.kept_at)
    own = queries.own_draft(actor, draft_id) if draft_id is not None else None
    if not body.strip() and not title.strip():
        _delete(actor, or_(here, Draft.id == draft_id))
        return None
    typed = {"title": title, "body": body, "language": language, "saved_at": clock.now()}
    if own is None:
        return _put(actor, place, typed)
    _delete(actor, and_(here, Draft.id != own.id))
    for name, value in (typed | place.kept_at).items():
        setattr(own, name, value)
    db.session.flush()
    return own


def _put(actor: Actor, place: Place, typed: dict[str, Any]) -> Draft:
    statement = insert(Draft).values(
        tenant_id=require_scope().tenant,
        id=new_id(),
        person_id=actor.person_id,
        **place.kept_at,
        **typed,
    )
    kept = statement.on_conflict_do_update(constraint="uq_draft_place", set_=typed)
    return db.session.scalars(
        kept.returning(Draft), execution_options={"populate_existing": True}
    ).one()


def discard_draft(actor: Actor, draft_id: UUID) -> None:
    """Throw a draft of one's own away. Raises NotFound for any other."""
    _delete(actor, Draft.id == queries.own_draft(actor, draft_id).id)


def discard_posted(actor: Actor, place: Place) -> None:
    """Forget the draft of what has been posted at a place, or of a new topic before it had a group."""
    posted = queries.is_at(place.kept_at)
    _delete(actor, or_(posted, queries.is_at(Place().kept_at)) if place.is_new_topic else posted)


def forget(person_id: UUID) -> None:
    """Delete the drafts of a person who is erased, in her name: nobody else's transactions see them."""
    become(db.session(), person_id, ())
    db.session.execute(delete(Draft).where(Draft.person_id == person_id))


def _delete(actor: Actor, which: Any) -> None:
    db.session.execute(
        delete(Draft).where(Draft.person_id == actor.person_id, which),
        execution_options={"synchronize_session": False},
    )
