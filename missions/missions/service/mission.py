"""Proposing a mission, describing it, and taking it from state to state."""

from datetime import date
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, Forbidden, NotNow, Refused
from kernel.events import emit
from kernel.identity.actor import Actor
from kernel.values import clock
from missions.missions import access, queries
from missions.missions.models import Invitation, Mission, MissionPhase
from missions.missions.phases import PHASES, PhaseDays
from missions.missions.rules import (
    Ending,
    MissionKind,
    MissionState,
    Precision,
    advanced,
    ended,
    happened_on,
    is_open,
)
from missions.missions.service.events import MissionEnded
from missions.missions.service.overview import standing_of

Facts = dict[str, object]


def create_mission(
    actor: Actor,
    *,
    kind: MissionKind,
    title: str,
    country: str,
    polling_day: date,
    precision: Precision,
    time_zone: str,
    observers: int = 0,
    staff: int = 0,
    parent_id: UUID | None = None,
) -> Mission:
    """Propose a mission to a member country, with the phases its kind begins with.

    An advance team names the mission it prepares, which lends it country and polling day.
    Raises Forbidden, or Refused for a country that is no member.
    """
    if not access.can_create(actor):
        raise Forbidden
    if country not in queries.member_countries():
        raise Refused(
            N_("Choose a country whose election management body is a member of the network."),
            field="country",
        )
    _require_parent(actor, kind, country, parent_id)
    mission = Mission(
        kind=kind,
        title=title,
        country=country,
        polling_day=polling_day,
        precision=precision,
        time_zone=time_zone,
        observers=observers,
        staff=staff,
        parent_id=parent_id,
        created_by=actor.person_id,
    )
    db.session.add(mission)
    db.session.flush()
    db.session.add(Invitation(mission_id=mission.id))
    db.session.add_all(
        MissionPhase(
            mission_id=mission.id, key=phase.key, first_day=phase.first, last_day=phase.last
        )
        for phase in PHASES[kind]
    )
    record(actor, "mission.created", mission, after=_facts(mission))
    return mission


def edit_mission(
    actor: Actor,
    mission_id: UUID,
    *,
    version: int | None,
    title: str,
    time_zone: str,
    observers: int,
    staff: int,
) -> Mission:
    """Describe a mission anew; its polling day moves by its own verb, in the work plan.

    Raises NotFound, Forbidden, Refused when it has ended, Conflict when it changed meanwhile.
    """
    mission = mission_for_edit(actor, mission_id)
    require_current(mission, version)
    before = _facts(mission)
    mission.title = title
    mission.time_zone = time_zone
    mission.observers = observers
    mission.staff = staff
    record(actor, "mission.edited", mission, before=before, after=_facts(mission))
    return mission


def advance(actor: Actor, mission_id: UUID, *, version: int | None) -> Mission:
    """Take a mission to its next state.

    Raises NotFound, Forbidden, Conflict, and Refused with what stands in the way.
    """
    dossier = queries.dossier_of(actor, mission_id)
    mission, standing = dossier.mission, standing_of(dossier)
    if is_open(standing.state) and not access.can_advance(actor, standing.state):
        raise Forbidden
    mission.expect(version, _facts(mission))
    before = {"state": mission.state}
    mission.state = advanced(standing)
    record(
        actor, f"mission.{mission.state}", mission, before=before, after={"state": mission.state}
    )
    return mission


def end_mission(
    actor: Actor, mission_id: UUID, *, version: int | None, ending: Ending, reason: str
) -> Mission:
    """Cancel a mission, or downsize it: it ends, and a smaller one is proposed in its place.

    Raises NotFound, Forbidden, Conflict, and Refused when it has ended already.
    """
    mission = mission_for_edit(actor, mission_id)
    require_current(mission, version)
    before = {"state": mission.state}
    mission.state = ended(MissionState(mission.state), ending)
    mission.ending_reason = reason
    after = {"state": mission.state, "reason": reason}
    record(actor, f"mission.{mission.state}", mission, before=before, after=after)
    emit(MissionEnded(mission.id))
    return mission


def record_completion(
    actor: Actor,
    mission_id: UUID,
    *,
    version: int | None,
    report_issued_on: date | None,
    accounts_settled_on: date | None,
) -> Mission:
    """Record when the report was issued and the accounts were settled, which closing waits for.

    Raises NotFound, Forbidden, Conflict, and Refused for days to come or before the mission reports.
    """
    mission = mission_for_edit(actor, mission_id)
    require_current(mission, version)
    if mission.state != MissionState.REPORTING:
        raise NotNow(N_("Record these days once the mission is reporting."))
    today = clock.today(mission.time_zone)
    if report_issued_on is not None:
        happened_on(report_issued_on, today=today, field="report_issued_on")
    if accounts_settled_on is not None:
        happened_on(accounts_settled_on, today=today, field="accounts_settled_on")
    before = _facts(mission)
    mission.report_issued_on = report_issued_on
    mission.accounts_settled_on = accounts_settled_on
    record(actor, "mission.completion_recorded", mission, before=before, after=_facts(mission))
    return mission


def mission_for_edit(actor: Actor, mission_id: UUID) -> Mission:
    """A mission for somebody who may change it; raises NotFound, Forbidden, Refused."""
    mission = queries.mission_of(actor, mission_id)
    access.require_edit(actor, MissionState(mission.state))
    return mission


def may_plan(actor: Actor, mission: Mission) -> bool:
    """Whether this person may change the work plan of a mission now."""
    return access.can_plan(actor, MissionState(mission.state))


def require_plan(actor: Actor, mission: Mission) -> None:
    """Raises Refused for a mission that has ended, Forbidden for a person who does not plan."""
    access.require_plan(actor, MissionState(mission.state))


def require_current(mission: Mission, version: int | None) -> None:
    """Raises Conflict when the mission was changed since that version of it was shown."""
    mission.expect(version, _facts(mission))


def set_polling_day(
    actor: Actor, mission: Mission, polling_day: date, precision: Precision
) -> None:
    """Write a new polling day; the work plan calls this and moves what hangs on it."""
    before = {"polling_day": mission.polling_day, "precision": mission.precision}
    mission.polling_day = polling_day
    mission.precision = precision
    after = {"polling_day": polling_day, "precision": precision}
    record(actor, "mission.polling_day_moved", mission, before=before, after=after)


def set_phase_days(
    actor: Actor, phase: MissionPhase, days: PhaseDays, *, version: int | None
) -> None:
    """Write other days of a phase; the work plan calls this and lets the budget follow.

    Raises Conflict when the phase was changed since that version of it was shown.
    """
    before = {"first_day": phase.first_day, "last_day": phase.last_day}
    phase.expect(version, before)
    phase.first_day, phase.last_day = days.first, days.last
    after = {"first_day": days.first, "last_day": days.last}
    record(actor, "mission_phase.changed", phase, before=before, after=after, label=phase.key)


def mission_phases(mission_id: UUID) -> list[PhaseDays]:
    """The phases of a mission in the order they begin."""
    return [
        PhaseDays(phase.key, phase.first_day, phase.last_day)
        for phase in queries.phases_of(mission_id)
    ]


def _require_parent(actor: Actor, kind: MissionKind, country: str, parent_id: UUID | None) -> None:
    """An advance team belongs to another kind of mission in the same country; nothing else does."""
    if (kind is MissionKind.ADVANCE) != (parent_id is not None):
        raise Refused(
            N_("Choose the mission an advance team prepares, and none for other kinds."),
            field="parent_id",
        )
    if parent_id is None:
        return
    parent = queries.mission_of(actor, parent_id)
    if parent.kind == MissionKind.ADVANCE or parent.country != country:
        raise Refused(
            N_("Choose a mission to the same country that is not an advance team itself."),
            field="parent_id",
        )
    access.require_edit(actor, MissionState(parent.state))


def _facts(mission: Mission) -> Facts:
    return {
        "kind": mission.kind,
        "title": mission.title,
        "country": mission.country,
        "polling_day": mission.polling_day,
        "precision": mission.precision,
        "time_zone": mission.time_zone,
        "state": mission.state,
        "observers": mission.observers,
        "staff": mission.staff,
        "report_issued_on": mission.report_issued_on,
        "accounts_settled_on": mission.accounts_settled_on,
    }
