from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.db.constraints import refusal
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.questions import Subject
from kernel.questions.plan_facts import plan_facts
from kernel.values import clock
from kernel.values.periods import Period
from missions.missions import queries, service
from missions.missions.models import Waiver
from missions.missions.rules import Ending, Finding, InvitationState, MissionKind, Precision
from tests.missions.conftest import POLLING_DAY

TODAY = clock.today("Pacific/Guadalcanal")
LETTER = {
    "state": InvitationState.RECEIVED,
    "on": TODAY,
    "issued_by": "Chair of the commission",
    "reference": "EC/2027/4",
}
CONCLUDED = {"finding": Finding.FAVOURABLE, "concluded_on": TODAY, "summary": "Worth a mission."}


def advance(actor, mission_id):
    version = queries.mission_of(actor, mission_id).version
    return service.advance(actor, mission_id, version=version)


def version_of(actor, mission_id):
    return queries.mission_of(actor, mission_id).version


def actions(mission_id):
    statement = select(AuditEntry).where(AuditEntry.object_id == str(mission_id))
    return [entry.action for entry in db.session.scalars(statement.order_by(AuditEntry.id))]


def test_mission_begins_proposed_with_phases_and_no_invitation(inside, planner, mission_id):
    with inside():
        seen = service.overview(planner, mission_id)
        assert seen.dossier.mission.state == "proposed"
        assert seen.dossier.invitation.state == "none"
        keys = [phase.key for phase in service.mission_phases(mission_id)]
        assert keys == ["preparation", "advance_team", "deployment", "reporting"]


def test_mission_goes_only_to_a_member_country(propose, factory):
    factory.organisation("Applicant", country="KE", membership="applied")
    for outside in ("KE", "FR"):
        with pytest.raises(Refused) as refused:
            propose(country=outside)
        assert refused.value.field == "country"


def test_only_planners_propose(inside, factory, approver, country):
    for actor in (approver, factory.actor(), factory.actor(roles=["network_administrator"])):
        with inside(), pytest.raises(Forbidden):
            service.create_mission(
                actor,
                kind=MissionKind.OBSERVATION,
                title="Not mine",
                country=country,
                polling_day=POLLING_DAY,
                precision=Precision.DAY,
                time_zone="UTC",
            )


def test_planners_approvers_and_administrators_see_missions_and_others_do_not(
    inside, factory, planner, approver, mission_id
):
    administrator = factory.actor(roles=["network_administrator"])
    with inside():
        for actor in (planner, approver, administrator):
            assert queries.mission_of(actor, mission_id).id == mission_id
        for actor in (factory.actor(), factory.actor(roles=["focal_point"])):
            with pytest.raises(NotFound):
                service.overview(actor, mission_id)
            assert queries.missions(actor, queries.MissionFilter(), 1) == ([], 0)
            assert plan_facts(actor, Subject("mission", mission_id)) is None


def test_approval_waits_for_invitation_and_assessment_and_is_the_approvers(
    inside, planner, approver, mission_id
):
    with inside():
        assert advance(planner, mission_id).state == "assessing"
        assert len(service.overview(planner, mission_id).blockers) == 2
        with pytest.raises(Refused):
            advance(approver, mission_id)
        service.record_invitation(planner, mission_id, version=1, **LETTER)
        with pytest.raises(Refused, match="assessment"):
            advance(approver, mission_id)
        service.record_assessment(planner, mission_id, version=None, **CONCLUDED)
        with pytest.raises(Forbidden):
            advance(planner, mission_id)
        assert advance(approver, mission_id).state == "approved"
    with inside():
        assert actions(mission_id) == [
            "mission.created",
            "mission.assessing",
            "mission.invitation_received",
            "assessment.recorded",
            "mission.approved",
        ]


def test_waiver_with_a_reason_stands_in_for_the_assessment(inside, planner, approver, mission_id):
    with inside():
        advance(planner, mission_id)
        service.record_invitation(planner, mission_id, version=1, **LETTER)
        service.record_waiver(planner, mission_id, version=None, reason="Snap election.")
        assert advance(approver, mission_id).state == "approved"
        with pytest.raises(Refused, match="decided"):
            service.record_waiver(planner, mission_id, version=1, reason="Another reason.")


def test_whole_course_of_a_mission(inside, planner, approver, mission_id):
    with inside():
        advance(planner, mission_id)
        service.record_invitation(planner, mission_id, version=1, **LETTER)
        service.record_waiver(planner, mission_id, version=None, reason="Snap election.")
        advance(approver, mission_id)
        states = [advance(planner, mission_id).state for _ in range(3)]
        assert states == ["recruiting", "deployed", "reporting"]
        with pytest.raises(Refused, match="report"):
            advance(planner, mission_id)
        service.record_completion(
            planner,
            mission_id,
            version=version_of(planner, mission_id),
            report_issued_on=TODAY,
            accounts_settled_on=TODAY,
        )
        assert advance(planner, mission_id).state == "closed"
        with pytest.raises(Refused, match="ended"):
            advance(planner, mission_id)


def test_uncertain_polling_day_keeps_a_mission_from_deploying(inside, planner, approver, propose):
    mission_id = propose(kind=MissionKind.EXPERT_TEAM, precision=Precision.MONTH)
    with inside():
        advance(planner, mission_id)
        advance(approver, mission_id)
        advance(planner, mission_id)
        with pytest.raises(Refused, match="exact polling day"):
            advance(planner, mission_id)


def test_correspondence_is_dated_in_order_and_signed(inside, planner, mission_id):
    def record(version, **step):
        service.record_invitation(planner, mission_id, version=version, **step)

    week_ago = TODAY - timedelta(days=7)
    with inside():
        record(1, state=InvitationState.REQUESTED, on=week_ago)
        with pytest.raises(Refused) as early:
            record(2, **{**LETTER, "on": week_ago - timedelta(days=1)})
        with pytest.raises(Refused) as late:
            record(2, **{**LETTER, "on": TODAY + timedelta(days=1)})
        with pytest.raises(Refused) as unsigned:
            record(2, **{**LETTER, "issued_by": None})
        fields = [refused.value.field for refused in (early, late, unsigned)]
        assert fields == ["on", "on", "issued_by"]
        record(2, **LETTER)
        record(3, state=InvitationState.DECLINED, on=TODAY)
        assert service.overview(planner, mission_id).dossier.invitation.answered_on == TODAY


def test_two_waivers_at_once_leave_one_and_a_message(inside, planner, mission_id):
    with inside():
        service.record_waiver(planner, mission_id, version=None, reason="Snap election.")
    with inside():
        second = Waiver(mission_id=mission_id, reason="Mine.", recorded_by=planner.person_id)
        db.session.add(second)
        with pytest.raises(IntegrityError) as violated:
            db.session.flush()
        db.session.rollback()
    assert "just recorded a waiver" in str(refusal(violated.value))


def test_ended_mission_keeps_its_reason_and_changes_no_more(inside, planner, mission_id):
    with inside():
        service.end_mission(
            planner, mission_id, version=1, ending=Ending.CANCELLED, reason="Postponed for years."
        )
        mission = queries.mission_of(planner, mission_id)
        assert (mission.state, mission.ending_reason) == ("cancelled", "Postponed for years.")
        with pytest.raises(Refused):
            service.record_waiver(planner, mission_id, version=None, reason="Too late.")


def test_second_save_on_an_old_version_is_a_conflict_showing_what_stands(
    inside, planner, mission_id
):
    change = {"title": "First", "time_zone": "UTC", "observers": 20, "staff": 4}
    with inside():
        service.edit_mission(planner, mission_id, version=1, **change)
        with pytest.raises(Conflict) as conflict:
            service.edit_mission(planner, mission_id, version=1, **{**change, "title": "Second"})
        assert conflict.value.current["title"] == "First"
        assert conflict.value.current["version"] == 2


def test_advance_team_belongs_to_a_mission_in_the_same_country(factory, propose, mission_id):
    factory.organisation(country="KE")
    advance_team = {"kind": MissionKind.ADVANCE, "parent_id": mission_id}
    child = propose(**advance_team)
    for wrong in (
        {"kind": MissionKind.ADVANCE},
        {"parent_id": mission_id},
        {**advance_team, "country": "KE"},
        {**advance_team, "parent_id": child},
    ):
        with pytest.raises(Refused) as refused:
            propose(**wrong)
        assert refused.value.field == "parent_id"


def test_plan_facts_name_phases_and_people(inside, planner, mission_id):
    with inside():
        facts = plan_facts(planner, Subject("mission", mission_id))
    assert facts is not None
    deployment = facts.phase("deployment")
    assert deployment is not None
    assert deployment.period == Period(date(2027, 3, 6), date(2027, 3, 20))
    assert [(people.key, people.number) for people in facts.people] == [
        ("observers", 12),
        ("staff", 4),
    ]
