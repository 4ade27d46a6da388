"""Suspending, reinstating, revoking and replacing certificates, and what a corrected attendance does."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import force_locale, gettext

from kernel.audit import record
from kernel.db import current_scope, db
from kernel.errors import N_, NotNow
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.mail.network import mail_network
from kernel.values import clock
from kernel.values.languages import locale_of
from training.certificates import access, queries, rules
from training.certificates.events import CertificateChanged
from training.certificates.models import Certificate
from training.certificates.queries import Holding
from training.certificates.rules import Cause, CertificateState, Step
from training.certificates.service.issuing import facts, issue
from training.certificates.service.register import entries_of
from training.participants.queries import ParticipantStanding, Standing, workshop_to_change

_DONE: Mapping[Step, str] = {
    Step.SUSPEND: "certificate.suspended",
    Step.REINSTATE: "certificate.reinstated",
    Step.REVOKE: "certificate.revoked",
    Step.REPLACE: "certificate.replaced",
}


def suspend(actor: Actor, certificate_id: UUID, *, reason: str, version: int | None) -> Certificate:
    """Let a certificate not stand for the time being.

    Raises NotFound, Forbidden, Refused from a state where that cannot be, and Conflict when somebody else
    changed it meanwhile; so do the verbs below.
    """
    return _change(actor, certificate_id, Step.SUSPEND, reason, version)


def reinstate(
    actor: Actor, certificate_id: UUID, *, reason: str, version: int | None
) -> Certificate:
    """Let a suspended certificate stand again."""
    return _change(actor, certificate_id, Step.REINSTATE, reason, version)


def revoke(actor: Actor, certificate_id: UUID, *, reason: str, version: int | None) -> Certificate:
    """Take a certificate back for good."""
    return _change(actor, certificate_id, Step.REVOKE, reason, version)


def replace(actor: Actor, certificate_id: UUID, *, reason: str, version: int | None) -> Certificate:
    """Issue another certificate in place of one, with what is true today; returns the new one.

    The old one is superseded; one that was revoked stays revoked. Raises Refused also when the participant
    no longer reaches the threshold, or has another certificate that stands.
    """
    held = _held_for_change(actor, certificate_id)
    participant = _participant(held)
    if participant.is_erased:
        raise NotNow(N_("This person was erased: there is no name to issue a certificate to."))
    if not participant.standing.earned:
        raise NotNow(
            N_(
                "Minutes attended: %(attended)s. Needed for a certificate: %(needed)s."
                " Correct the minutes first if they are wrong."
            ),
            attended=participant.standing.attended,
            needed=participant.standing.needed,
        )
    _take(actor, held, Step.REPLACE, reason, version)
    if queries.standing_certificate(held.certificate.participant_id) is not None:
        raise NotNow(
            N_("This participant has another certificate, which stands. Replace that one.")
        )
    [issued] = issue(
        actor, actor.person_id, held.workshop_id, [participant], supersedes=held.certificate.id
    )
    return issued


def follow_correction(workshop_id: UUID, participant_id: UUID) -> None:
    """Revoke the certificate of a participant whose corrected minutes no longer reach the threshold."""
    workshop_to_change(workshop_id)
    found = queries.standing_certificate(participant_id)
    if found is None:
        return
    held = queries.holding(found.id)
    standing = _participant(held).standing
    if not rules.falls(earned=standing.earned, latest=CertificateState(found.state)):
        return
    scope = current_scope()
    officer = actor_by_person(scope.person, clock.now()) if scope and scope.person else None
    reason = _reason(standing, (officer and officer.language) or mail_network().language)
    _move(officer, held, Step.REVOKE, reason, Cause.ATTENDANCE)
    emit(CertificateChanged(found.id))


def _change(
    actor: Actor, certificate_id: UUID, step: Step, reason: str, version: int | None
) -> Certificate:
    held = _held_for_change(actor, certificate_id)
    _take(actor, held, step, reason, version)
    emit(CertificateChanged(certificate_id))
    return held.certificate


def _held_for_change(actor: Actor, certificate_id: UUID) -> Holding:
    """A certificate to change, held until the transaction ends; raises NotFound, Forbidden."""
    access.require_manage(actor)
    workshop_to_change(queries.holding(certificate_id).workshop_id)
    return queries.holding(certificate_id)


def _take(actor: Actor, held: Holding, step: Step, reason: str, version: int | None) -> None:
    """Take a step that somebody decided, on the version she saw."""
    row = held.certificate
    row.expect(version, {"state": row.state, "reason": row.reason or ""})
    _move(actor, held, step, reason, Cause.DECISION)


def _move(actor: Actor | None, held: Holding, step: Step, reason: str, cause: Cause) -> None:
    """Write the step and why. A certificate that stands has no reason; the trail keeps every one."""
    row = held.certificate
    before, was = facts(row), CertificateState(row.state)
    then = rules.after(step, was)
    if then is not was:
        row.state, row.state_since = then, clock.now()
        row.reason = None if then is CertificateState.ISSUED else reason
        row.cause = cause if then is CertificateState.REVOKED else None
        db.session.flush()
    record(
        actor,
        _DONE[step],
        row,
        before=before,
        after=facts(row) | {"reason": reason},
        personal={"reason"},
        about=held.person_id,
        label=rules.grouped(row.code),
    )


def _participant(held: Holding) -> ParticipantStanding:
    """Whose certificate it is, with what her minutes amount to now."""
    return next(
        entry.participant
        for entry in entries_of(held.workshop_id)
        if entry.participant.participant_id == held.certificate.participant_id
    )


def _reason(standing: Standing, language: str) -> str:
    """Why minutes took a certificate back, in the language of whoever corrected them."""
    with force_locale(locale_of(language)):
        return str(
            gettext(
                "Minutes after a correction: %(attended)s of %(scheduled)s. Needed: %(needed)s.",
                attended=standing.attended,
                scheduled=standing.scheduled,
                needed=standing.needed,
            )
        )
