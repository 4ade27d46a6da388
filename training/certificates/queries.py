"""Finding certificates, what a code stands for, and the runs that issue."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, exists, func, select, true, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from kernel.audit.keys import ciphers_of
from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.errors import NotFound
from kernel.files import StoredFile
from kernel.values import clock
from training.alumni.queries import Participation
from training.certificates.models import Certificate as Certificate  # the types, for other features
from training.certificates.models import IssueRun as IssueRun
from training.certificates.rules import (
    COMES_BACK,
    PATIENCE,
    STANDING,
    CertificateState,
    former_name,
    grouped,
)
from training.certificates.snapshot import Event, event_of, sealed_name
from training.participants.queries import Participant
from training.workshops.queries import Workshop


@dataclass(frozen=True)
class Holding:
    """A certificate, whose it is and for which workshop.

    `name` is the signed one, while her key exists; `called` the one the workshop's list has today.
    """

    certificate: Certificate
    person_id: UUID
    workshop_id: UUID
    name: str | None
    called: str
    event: Event

    @property
    def former_name(self) -> str | None:
        """The name on a certificate not taken back, where it was corrected since."""
        standing = self.certificate.state in STANDING
        return former_name(self.name, self.called) if standing else None


@dataclass(frozen=True)
class PersonCertificate:
    """One of a person's certificates, as her record lists it; `code` as it is printed."""

    id: UUID
    code: str
    event: Event
    attended: int
    scheduled: int
    issued_at: datetime
    state: CertificateState


_OF_PARTICIPANT = and_(
    Participant.tenant_id == Certificate.tenant_id, Participant.id == Certificate.participant_id
)

_BY_CODE = HotStatement(
    select(Certificate.state, Certificate.state_since, Certificate.content).where(
        Certificate.code == bindparam("code")
    )
)


def by_code(code: str) -> Row[Any] | None:
    """What a code stands for: state, since when, content; None when nothing has it."""
    found = _BY_CODE.alone(code=code)
    return found[0] if found else None


def taken(codes: Collection[str]) -> set[str]:
    """Those of the codes that a certificate has already."""
    return set(db.session.scalars(select(Certificate.code).where(Certificate.code.in_(codes))))


def latest_certificates(workshop_id: UUID) -> dict[UUID, Certificate]:
    """The latest certificate of each participant of a workshop who has one, by the participant's id."""
    statement = (
        select(Certificate)
        .ext(distinct_on(Certificate.participant_id))
        .join(Participant, _OF_PARTICIPANT)
        .where(Participant.workshop_id == workshop_id)
        .order_by(Certificate.participant_id, Certificate.id.desc())
    )
    return {row.participant_id: row for row in db.session.scalars(statement)}


def standing_certificate(participant_id: UUID) -> Certificate | None:
    """The certificate of a participant that is issued or suspended, if there is one."""
    return db.session.scalars(
        select(Certificate).where(
            Certificate.participant_id == participant_id, Certificate.state.in_(sorted(STANDING))
        )
    ).one_or_none()


def holding(certificate_id: UUID) -> Holding:
    """A certificate with whose it is; raises NotFound."""
    found = holdings([certificate_id])
    if not found:
        raise NotFound
    return found[0]


def holdings(certificate_ids: Sequence[UUID]) -> list[Holding]:
    """Some certificates with whose they are, in two queries, in the order they were issued."""
    statement = _holdings().where(Certificate.id.in_(certificate_ids))
    return _opened(db.session.execute(statement).all())


def documents_in(workshop_id: UUID) -> list[tuple[Holding, StoredFile]]:
    """The certificates of a workshop that stand, with whose they are and their files, in three queries.

    Without those of people who were erased: their documents are gone.
    """
    statement = _holdings().where(
        Participant.workshop_id == workshop_id,
        Certificate.state == CertificateState.ISSUED,
        Certificate.file_id.is_not(None),
    )
    found = _opened(db.session.execute(statement).all())
    wanted = {one.certificate.file_id for one in found}
    rows = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(wanted)))
    files: dict[UUID | None, StoredFile] = {row.id: row for row in rows}
    return [(one, files[one.certificate.file_id]) for one in found]


def certificates_of_person(person_id: UUID) -> list[PersonCertificate]:
    """A person's certificates in whatever state, the latest first, in one query."""
    statement = (
        select(Certificate)
        .join(Participant, _OF_PARTICIPANT)
        .where(Participant.person_id == person_id)
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    return [
        PersonCertificate(
            id=row.id,
            code=grouped(row.code),
            event=event_of(row.content),
            attended=row.content["attended"],
            scheduled=row.content["scheduled"],
            issued_at=row.issued_at,
            state=CertificateState(row.state),
        )
        for row in db.session.scalars(statement)
    ]


def documents_of_person(person_id: UUID) -> Sequence[Certificate]:
    """A person's certificates whose documents are kept, in whatever state, held to be changed."""
    return db.session.scalars(
        select(Certificate)
        .join(Participant, _OF_PARTICIPANT)
        .where(Participant.person_id == person_id, Certificate.file_id.is_not(None))
        .order_by(Certificate.id)
        .with_for_update(of=Certificate)
        .execution_options(populate_existing=True)
    ).all()


def certificates_to_issue(
    most: int, workshop_id: UUID | None = None
) -> list[tuple[UUID, str, int]]:
    """Workshops, or the one, where people are due a certificate (`rules.is_due`) and no run is at work.

    A run that is stuck hides nobody: somebody has to take it up again. Ids, titles and how many people,
    those that were locked first before the others.
    """
    latest = (
        select(tuple_(Certificate.state, Certificate.cause) == COMES_BACK)
        .where(_OF_PARTICIPANT)
        .order_by(Certificate.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    at_work = exists().where(
        IssueRun.tenant_id == Workshop.tenant_id,
        IssueRun.workshop_id == Workshop.id,
        IssueRun.finished_at.is_(None),
        IssueRun.progressed_at >= clock.now() - PATIENCE,
    )
    earned = (
        Participation.attended_minutes * Workshop.threshold_denominator
        >= Participation.scheduled_minutes * Workshop.threshold_numerator
    )
    statement = (
        select(Workshop.id, Workshop.title, func.count())
        .join(
            Participation,
            and_(
                Participation.tenant_id == Workshop.tenant_id,
                Participation.workshop_id == Workshop.id,
            ),
        )
        .join(
            Participant,
            and_(
                Participant.tenant_id == Participation.tenant_id,
                Participant.workshop_id == Participation.workshop_id,
                Participant.person_id == Participation.person_id,
            ),
        )
        .where(
            Workshop.locked_at.is_not(None),
            Participant.address.is_not(None),  # nobody who was erased
            earned,
            func.coalesce(latest, true()),
            ~at_work,
        )
        .group_by(Workshop.tenant_id, Workshop.id)
        .order_by(Workshop.locked_at, Workshop.id)
        .limit(most)
    )
    if workshop_id is not None:
        statement = statement.where(Workshop.id == workshop_id)
    return [(id, title, people) for id, title, people in db.session.execute(statement)]


def issued_since(person_id: UUID, moment: datetime, most: int) -> list[Certificate]:
    """A person's certificates in force that were issued since a moment, the latest first."""
    statement = (
        select(Certificate)
        .join(Participant, _OF_PARTICIPANT)
        .where(
            Participant.person_id == person_id,
            Certificate.state == CertificateState.ISSUED,
            Certificate.issued_at >= moment,
        )
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
        .limit(most)
    )
    return list(db.session.scalars(statement))


def run_of(run_id: UUID) -> IssueRun:
    """One run as it stands now; raises NotFound."""
    found = db.session.scalars(
        select(IssueRun).where(IssueRun.id == run_id).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def latest_run(workshop_id: UUID) -> IssueRun | None:
    """The run that is at work for a workshop, else the last one."""
    return db.session.scalars(
        select(IssueRun)
        .where(IssueRun.workshop_id == workshop_id)
        .order_by(IssueRun.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _holdings() -> Any:
    return (
        select(Certificate, Participant.person_id, Participant.workshop_id, Participant.name)
        .join(Participant, _OF_PARTICIPANT)
        .order_by(Certificate.id)
        .execution_options(populate_existing=True)
    )


def _opened(rows: Sequence[Row[Any]]) -> list[Holding]:
    """Rows with the names on them, as far as the keys of their people still exist."""
    ciphers = ciphers_of({row.person_id for row in rows})
    return [
        Holding(
            row.Certificate,
            row.person_id,
            row.workshop_id,
            ciphers[row.person_id].read(sealed_name(row.Certificate.content))
            if row.person_id in ciphers
            else None,
            row.name,
            event_of(row.Certificate.content),
        )
        for row in rows
    ]
