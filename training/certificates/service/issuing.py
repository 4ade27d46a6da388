"""Issuing: one button starts a run, one job that works in batches, each committed with its progress.

A batch issues to those who are due at that moment and have nothing, in one transaction with the run's
progress. So a run whose worker is killed continues where its last batch was committed, and nobody gets two.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from kernel.audit import Done, record, record_each
from kernel.audit.keys import ciphers_for
from kernel.db import db, new_id
from kernel.errors import N_, NotNow
from kernel.events import emit
from kernel.files import keep
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.mail.network import mail_network
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from training.certificates import access, documents, queries, rules
from training.certificates.events import CertificatesDue, CertificatesIssued, IssueRunFinished
from training.certificates.models import Certificate, IssueRun
from training.certificates.service.register import entries_of
from training.certificates.snapshot import Signed
from training.participants.queries import ParticipantStanding, is_locked, workshop_to_change
from training.workshops.queries import listed_workshop

BATCH: Final = 25
"""Certificates issued, and counted, in one transaction: about half a second's work."""

_PDF: Final = "application/pdf"


def start_issuing(actor: Actor, workshop_id: UUID) -> IssueRun:
    """Begin to issue a certificate to everybody who earned one and has none.

    A run that is stuck is taken up again. Raises NotFound, Forbidden, and Refused before attendance is
    locked, while a run is at work, and when nobody is due one.
    """
    access.require_manage(actor)
    if not is_locked(workshop_to_change(workshop_id)):
        raise NotNow(
            N_(
                "Lock the attendance of this workshop first. Certificates are issued on locked minutes."
            )
        )
    run = queries.latest_run(workshop_id)
    if run is not None and run.finished_at is None:
        return _taken_up(run)
    due = sum(entry.is_due for entry in entries_of(workshop_id))
    if not due:
        raise NotNow(
            N_(
                "Everybody who reached the threshold has a certificate already: there is nothing more to issue."
            )
        )
    run = IssueRun(workshop_id=workshop_id, started_by=actor.person_id, total=due)
    db.session.add(run)
    record(actor, "certificates.run_started", run, after={"total": due})
    emit(CertificatesDue(run.id))
    return run


def issue_batch(run_id: UUID) -> bool:
    """Issue the next certificates of a run, or end it; for the job. Returns whether more are due."""
    workshop_id = queries.run_of(run_id).workshop_id
    # Neither another batch nor a correction of attendance comes between counting and issuing.
    workshop_to_change(workshop_id)
    run = queries.run_of(run_id)
    if run.finished_at is not None:
        return False
    due = [entry.participant for entry in entries_of(workshop_id) if entry.is_due]
    batch = due[:BATCH]
    officer = actor_by_person(run.started_by, clock.now())
    if batch:
        issue(officer, run.started_by, workshop_id, batch)
    run.done += len(batch)
    run.total = run.done + len(due) - len(batch)
    run.progressed_at = clock.now()
    if len(due) > len(batch):
        return True
    run.finished_at = clock.now()
    record(officer, "certificates.run_finished", run, after={"issued": run.done})
    emit(IssueRunFinished(run.id))
    return False


def issue(
    actor: Actor | None,
    signed_by: UUID,
    workshop_id: UUID,
    to: Sequence[ParticipantStanding],
    *,
    supersedes: UUID | None = None,
) -> list[Certificate]:
    """Sign, draw and keep a certificate for each of the participants, in the name of `signed_by`.

    `actor` is None when whoever started it has no account any more.
    """
    brand = current_tenant().brand_colour
    ciphers = ciphers_for({one.person_id for one in to})
    issued = []
    for signed, one in zip(_signed(workshop_id, to), to, strict=True):
        name = f"certificate-{signed.printed_code}.pdf"
        file = keep(documents.draw(signed, brand), name, _PDF, created_by=signed_by)
        issued.append(
            Certificate(
                id=new_id(),
                participant_id=one.participant_id,
                code=signed.code,
                language=signed.language,
                content=signed.kept(ciphers[one.person_id].encrypt),
                file_id=file.id,
                supersedes=supersedes,
            )
        )
    db.session.flush()  # the files, which the certificates point at
    db.session.add_all(issued)
    db.session.flush()
    record_each(
        actor,
        "certificate.issued",
        [Done(row, after=facts(row), label=rules.grouped(row.code)) for row in issued],
    )
    emit(CertificatesIssued(tuple(row.id for row in issued)))
    return issued


def facts(row: Certificate) -> dict[str, object]:
    """What the trail tells of a certificate: nothing about its holder but which participant she is."""
    return {"participant_id": row.participant_id, "language": row.language, "state": row.state}


def free_codes(count: int) -> list[str]:
    """New codes that no certificate has. One drawn twice in the same moment fails at its constraint,
    and the job that failed draws again."""
    free: set[str] = set()
    while len(free) < count:
        drawn = {rules.new_code() for _ in range(count - len(free))}
        free |= drawn - queries.taken(drawn)
    return list(free)


def _signed(workshop_id: UUID, to: Sequence[ParticipantStanding]) -> list[Signed]:
    """What each of the participants' certificates says."""
    workshop, network = listed_workshop(workshop_id), mail_network()
    today = clock.today(network.time_zone)
    return [
        Signed(
            name=one.name,
            language=_language(one.language, network.language),
            programme=workshop.programme,
            workshop=workshop.title,
            city=workshop.city,
            country=workshop.country,
            held=workshop.held,
            attended=one.standing.attended,
            scheduled=one.standing.scheduled,
            organiser=network.name,
            issued_on=today,
            code=code,
            verify_url=network.link("verify.answer", code=rules.grouped(code)),
        )
        for one, code in zip(to, free_codes(len(to)), strict=True)
    ]


def _language(own: str | None, networks: str) -> str:
    """The person's own language, else the network's, as far as certificates are written in it."""
    wanted = (own, networks)
    return next((code for code in wanted if code in documents.LANGUAGES), documents.LANGUAGES[0])


def _taken_up(run: IssueRun) -> IssueRun:
    """The run at work, set going again if it is stuck; raises Refused if it is not."""
    if not rules.is_stuck(run.progressed_at, clock.now()):
        raise NotNow(
            N_("Certificates of this workshop are being issued already. Wait until that is done.")
        )
    run.progressed_at = clock.now()
    emit(CertificatesDue(run.id))
    return run
