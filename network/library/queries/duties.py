"""What the library wants of people: versions to review, drafts that came back, items to look at again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import aliased

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import RoleGrant
from kernel.identity.permissions import known_roles
from network.library.models import LibraryItem, LibraryVersion
from network.library.queries.visibility import is_published, owns, reaches, reader_of, reviews
from network.library.rules.versions import VersionState
from network.permissions import NetworkPermission


def to_review(actor: Actor, most: int) -> Sequence[Row[UUID, str, str]]:
    """Id, title and language of versions that wait for a review the actor may do, the longest first."""
    statement = (
        select(LibraryVersion.id, LibraryVersion.title, LibraryVersion.language)
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .where(
            LibraryVersion.state == VersionState.REVIEW,
            LibraryVersion.created_by != actor.person_id,
            LibraryVersion.edited_by != actor.person_id,
            LibraryVersion.submitted_by != actor.person_id,
            reaches(),
            reviews(),
        )
        .order_by(LibraryVersion.submitted_at)
        .limit(most)
    )
    return db.session.execute(statement, reader_of(actor)).all()


def returned_to(actor: Actor, most: int) -> Sequence[Row[UUID, str, str]]:
    """Id, title and language of the actor's own drafts that a review gave back."""
    statement = (
        select(LibraryVersion.id, LibraryVersion.title, LibraryVersion.language)
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .where(
            LibraryVersion.state == VersionState.DRAFT,
            LibraryVersion.created_by == actor.person_id,
            LibraryVersion.return_reason.is_not(None),
            reaches(),
        )
        .order_by(LibraryVersion.id)
        .limit(most)
    )
    return db.session.execute(statement, reader_of(actor)).all()


def left_behind(actor: Actor, most: int) -> Sequence[Row[UUID, str, str]]:
    """Id, title and language of published translations in the actor's care whose original was withdrawn."""
    source = aliased(LibraryVersion)
    statement = (
        select(LibraryVersion.id, LibraryVersion.title, LibraryVersion.language)
        .join(LibraryItem, LibraryItem.id == LibraryVersion.item_id)
        .join(source, source.id == LibraryVersion.translated_from_id)
        .where(
            LibraryVersion.state == VersionState.PUBLISHED,
            source.state == VersionState.WITHDRAWN,
            reaches(),
            or_(owns(), reviews()),
        )
        .order_by(source.withdrawn_at, LibraryVersion.id)
        .limit(most)
    )
    return db.session.execute(statement, reader_of(actor)).all()


def due_for(actor: Actor, until: date, most: int) -> Sequence[Row[UUID, str, date]]:
    """Id, title and review date of the actor's published items to look at again until a day."""
    statement = (
        select(LibraryItem.id, LibraryItem.title, LibraryItem.review_on)
        .where(LibraryItem.review_on <= until, is_published(), owns(), reaches())
        .order_by(LibraryItem.review_on, LibraryItem.id)
        .limit(most)
    )
    return db.session.execute(statement, reader_of(actor)).all()


def due_between(first: date, last: date) -> Sequence[LibraryItem]:
    """Published items whose review date lies between two days, both included."""
    statement = (
        select(LibraryItem)
        .where(LibraryItem.review_on.between(first, last), is_published())
        .order_by(LibraryItem.review_on, LibraryItem.id)
    )
    return db.session.scalars(statement).all()


def who_may_review() -> list[UUID]:
    """Everybody with a role that reviews; whether she sees an item is another question."""
    roles = [
        name
        for name, role in known_roles().items()
        if NetworkPermission.LIBRARY_REVIEW in role.permissions
    ]
    statement = select(RoleGrant.person_id).where(RoleGrant.role.in_(roles)).distinct()
    return list(db.session.scalars(statement.order_by(RoleGrant.person_id)))
