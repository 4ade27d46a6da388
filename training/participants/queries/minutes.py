"""The sessions of a workshop, and the minutes on record of each."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import and_, func, select

from kernel.db import db
from training.participants.models import Attendance, Participant
from training.participants.rules import ScheduledSession
from training.workshops.queries import Session, sessions_of


def agenda_of(workshop_id: UUID) -> list[ScheduledSession]:
    """The sessions of a workshop in the order of its agenda, with their lengths."""
    return [
        ScheduledSession(one.id, one.code, one.title, one.scheduled_minutes)
        for one in sessions_of(workshop_id)
    ]


def minutes_of(participant_id: UUID) -> Mapping[UUID, Attendance]:
    """What is on record of a participant, by session."""
    statement = select(Attendance).where(Attendance.participant_id == participant_id)
    return {row.session_id: row for row in db.session.scalars(statement)}


def minutes_by_participant(workshop_id: UUID) -> Mapping[UUID, Mapping[UUID, Attendance]]:
    """What is on record of all participants of a workshop, by session."""
    statement = (
        select(Attendance)
        .join(
            Participant,
            and_(
                Participant.tenant_id == Attendance.tenant_id,
                Participant.id == Attendance.participant_id,
            ),
        )
        .where(Participant.workshop_id == workshop_id)
    )
    stored: dict[UUID, dict[UUID, Attendance]] = {}
    for row in db.session.scalars(statement):
        stored.setdefault(row.participant_id, {})[row.session_id] = row
    return stored


def minutes_on_record(workshop_id: UUID) -> int:
    """How many pairs of participant and session have minutes on record."""
    statement = (
        select(func.count(Attendance.id))
        .join(
            Participant,
            and_(
                Participant.tenant_id == Attendance.tenant_id,
                Participant.id == Attendance.participant_id,
            ),
        )
        .where(Participant.workshop_id == workshop_id)
    )
    return db.session.scalar(statement) or 0


def most_minutes(workshop_id: UUID) -> Mapping[str, int]:
    """The most minutes on record for each session that has any record, by the session's code."""
    statement = (
        select(Session.code, func.max(Attendance.minutes))
        .join(
            Session,
            and_(Session.tenant_id == Attendance.tenant_id, Session.id == Attendance.session_id),
        )
        .where(Session.workshop_id == workshop_id)
        .group_by(Session.code)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
