"""Who is registered for a workshop, to change."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select

from kernel.db import db
from kernel.errors import NotFound
from training.participants.models import Participant
from training.workshops.queries import Workshop


def workshop_to_change(workshop_id: UUID) -> Workshop:
    """A workshop, held until the transaction ends: whoever changes its attendance goes one by one.

    Raises NotFound.
    """
    found = db.session.scalars(
        select(Workshop)
        .where(Workshop.id == workshop_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def participant_of(participant_id: UUID) -> Participant:
    """One participant; raises NotFound."""
    found = db.session.scalars(
        select(Participant)
        .where(Participant.id == participant_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def registrations_of(person_id: UUID) -> Sequence[Participant]:
    """Every registration of a person, in the order of the workshops' ids."""
    return db.session.scalars(
        select(Participant)
        .where(Participant.person_id == person_id)
        .order_by(Participant.workshop_id)
        .execution_options(populate_existing=True)
    ).all()


def participants_of(workshop_id: UUID) -> Sequence[Participant]:
    """The participants of a workshop, to change."""
    return db.session.scalars(
        select(Participant)
        .where(Participant.workshop_id == workshop_id)
        .execution_options(populate_existing=True)
    ).all()


def registered_as(workshop_id: UUID, address: str, person_id: UUID | None) -> Participant | None:
    """The participant of a workshop who has this address, or is this person."""
    return db.session.scalars(
        select(Participant).where(
            Participant.workshop_id == workshop_id,
            or_(Participant.address == address, Participant.person_id == person_id),
        )
    ).first()


def registered_at(workshop_id: UUID) -> int:
    """How many people are registered for a workshop."""
    statement = select(func.count(Participant.id)).where(Participant.workshop_id == workshop_id)
    return db.session.scalar(statement) or 0
