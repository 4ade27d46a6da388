"""What a mission stands on: the country's invitation, the assessment, or the waiver of it."""

from datetime import date
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotFound, Refused
from kernel.files import StoredFile, Upload, file_by_id, store
from kernel.identity.actor import Actor
from kernel.values import clock
from missions.missions import access, queries
from missions.missions.models import Assessment, Invitation, Waiver
from missions.missions.queries import Dossier
from missions.missions.rules import (
    Finding,
    InvitationState,
    MissionState,
    happened_on,
    invitation_moved,
    require_undecided,
)

Facts = dict[str, object]


def dossier_for_edit(actor: Actor, mission_id: UUID) -> Dossier:
    """A mission and what it stands on, for somebody who may change it.

    Raises NotFound, Forbidden, and Refused when the mission has ended.
    """
    dossier = queries.dossier_of(actor, mission_id)
    access.require_edit(actor, MissionState(dossier.mission.state))
    return dossier


def record_invitation(
    actor: Actor,
    mission_id: UUID,
    *,
    version: int | None,
    state: InvitationState,
    on: date,
    issued_by: str | None = None,
    reference: str | None = None,
    letter: Upload | None = None,
) -> Invitation:
    """Record the next step of the correspondence: requested, received in writing, or answered.

    Raises NotFound, Forbidden, Conflict, and Refused for a step out of turn, a day in the future or
    before the step it follows, a letter without its sender, or a file that cannot be kept.
    """
    dossier = dossier_for_edit(actor, mission_id)
    invitation = dossier.invitation
    before = _invitation_facts(invitation)
    invitation.expect(version, before)
    moved = invitation_moved(InvitationState(invitation.state), state)
    earlier = invitation.received_on or invitation.requested_on
    happened_on(on, today=clock.today(dossier.mission.time_zone), after=earlier)
    if moved is InvitationState.RECEIVED and not issued_by:
        raise Refused(N_("Enter who signed the invitation or welcome."), field="issued_by")
    invitation.state = moved
    if moved is InvitationState.REQUESTED:
        invitation.requested_on = on
    elif moved is InvitationState.RECEIVED:
        invitation.received_on = on
        invitation.issued_by = issued_by
        invitation.reference = reference
        invitation.letter_id = store(actor, letter, field="letter").id if letter else None
    else:
        invitation.answered_on = on
    after = _invitation_facts(invitation)
    record(actor, f"mission.invitation_{moved}", dossier.mission, before=before, after=after)
    return invitation


def letter_of(actor: Actor, mission_id: UUID) -> StoredFile:
    """The letter of the invitation; raises NotFound when there is none the person may see."""
    letter_id = queries.dossier_of(actor, mission_id).invitation.letter_id
    if letter_id is None:
        raise NotFound
    return file_by_id(letter_id)


def record_assessment(
    actor: Actor,
    mission_id: UUID,
    *,
    version: int | None,
    finding: Finding,
    concluded_on: date,
    summary: str,
) -> Assessment:
    """Record what the assessment concluded, or correct it while the mission is undecided.

    `version` is that of the assessment on record, None for the first.
    Raises NotFound, Forbidden, Conflict, and Refused once the mission has been decided on.
    """
    dossier = _for_decision(actor, mission_id)
    happened_on(concluded_on, today=clock.today(dossier.mission.time_zone), field="concluded_on")
    assessment, before = dossier.assessment, _assessment_facts(dossier.assessment)
    if assessment is None:
        assessment = Assessment(mission_id=mission_id)
        db.session.add(assessment)
    else:
        assessment.expect(version, before)
    assessment.finding = finding
    assessment.concluded_on = concluded_on
    assessment.summary = summary
    assessment.recorded_by = actor.person_id
    assessment.recorded_at = clock.now()
    after = _assessment_facts(assessment)
    record(actor, "assessment.recorded", dossier.mission, before=before, after=after)
    return assessment


def record_waiver(actor: Actor, mission_id: UUID, *, version: int | None, reason: str) -> Waiver:
    """Record why the mission goes ahead without an assessment or against its advice.

    `version` is that of the waiver on record, None for the first.
    Raises NotFound, Forbidden, Conflict, and Refused once the mission has been decided on.
    """
    dossier = _for_decision(actor, mission_id)
    waiver, before = dossier.waiver, _waiver_facts(dossier.waiver)
    if waiver is None:
        waiver = Waiver(mission_id=mission_id)
        db.session.add(waiver)
    else:
        waiver.expect(version, before)
    waiver.reason = reason
    waiver.recorded_by = actor.person_id
    waiver.recorded_at = clock.now()
    record(actor, "waiver.recorded", dossier.mission, before=before, after=_waiver_facts(waiver))
    return waiver


def _for_decision(actor: Actor, mission_id: UUID) -> Dossier:
    dossier = dossier_for_edit(actor, mission_id)
    require_undecided(MissionState(dossier.mission.state))
    return dossier


def _invitation_facts(invitation: Invitation) -> Facts:
    return {
        "state": invitation.state,
        "requested_on": invitation.requested_on,
        "received_on": invitation.received_on,
        "issued_by": invitation.issued_by,
        "reference": invitation.reference,
        "letter_id": invitation.letter_id,
        "answered_on": invitation.answered_on,
    }


def _assessment_facts(assessment: Assessment | None) -> Facts:
    if assessment is None:
        return {}
    return {
        "finding": assessment.finding,
        "concluded_on": assessment.concluded_on,
        "summary": assessment.summary,
    }


def _waiver_facts(waiver: Waiver | None) -> Facts:
    return {} if waiver is None else {"reason": waiver.reason}
