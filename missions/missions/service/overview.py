"""A mission as its page shows it."""

from dataclasses import dataclass
from uuid import UUID

from kernel.identity.actor import Actor
from missions.missions import access, queries
from missions.missions.queries import Dossier
from missions.missions.rules import (
    NEXT_STATE,
    Finding,
    InvitationState,
    MissionKind,
    MissionState,
    Precision,
    Standing,
    blockers,
)


@dataclass(frozen=True)
class Overview:
    """What a mission stands on, what blocks its next step, and what the reader may do.

    `blockers` are messages to translate; `next_state` is None for a mission that has ended.
    """

    dossier: Dossier
    blockers: list[str]
    next_state: MissionState | None
    may_edit: bool
    may_advance: bool
    may_plan: bool


def overview(actor: Actor, mission_id: UUID) -> Overview:
    """One mission for its page; raises NotFound."""
    dossier = queries.dossier_of(actor, mission_id)
    standing = standing_of(dossier)
    return Overview(
        dossier=dossier,
        blockers=blockers(standing),
        next_state=NEXT_STATE.get(standing.state),
        may_edit=access.can_edit(actor, standing.state),
        may_advance=access.can_advance(actor, standing.state),
        may_plan=access.can_plan(actor, standing.state),
    )


def standing_of(dossier: Dossier) -> Standing:
    """The facts of a mission as its rules judge them."""
    mission, assessment = dossier.mission, dossier.assessment
    return Standing(
        kind=MissionKind(mission.kind),
        state=MissionState(mission.state),
        invitation=InvitationState(dossier.invitation.state),
        finding=Finding(assessment.finding) if assessment else None,
        waived=dossier.waiver is not None,
        precision=Precision(mission.precision),
        report_issued=mission.report_issued_on is not None,
        accounts_settled=mission.accounts_settled_on is not None,
    )
