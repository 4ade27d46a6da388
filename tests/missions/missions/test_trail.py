"""Whatever is done with a mission is on the trail: who, to what, from and to."""

from kernel.values import clock
from missions.missions import queries, service
from missions.missions.rules import Ending, Finding, InvitationState, MissionKind, Precision
from missions.plan import service as plans
from tests.missions.conftest import POLLING_DAY
from tests.trails import Deed

TODAY = clock.today("Pacific/Guadalcanal")
DAY = TODAY.isoformat()
PROPOSED = {
    "kind": "observation",
    "title": "General election (fictional)",
    "country": "SB",
    "polling_day": "2027-03-14",
    "precision": "day",
    "time_zone": "Pacific/Guadalcanal",
    "state": "proposed",
    "observers": 4,
    "staff": 2,
    "report_issued_on": None,
    "accounts_settled_on": None,
}


def propose(planner, _ids):
    return service.create_mission(
        planner,
        kind=MissionKind.OBSERVATION,
        title=PROPOSED["title"],
        country="SB",
        polling_day=POLLING_DAY,
        precision=Precision.DAY,
        time_zone=PROPOSED["time_zone"],
        observers=4,
        staff=2,
    )


def do(verb, of="mission", **given):
    """A deed on a mission as it stands."""

    def act(who, ids):
        version = queries.mission_of(who, ids[of]).version
        verb(who, ids[of], version=version, **given)

    return act


def edit(who, ids):
    service.edit_mission(
        who,
        ids["mission"],
        version=1,
        title=PROPOSED["title"],
        time_zone=PROPOSED["time_zone"],
        observers=6,
        staff=2,
    )


def correspond(state, of="mission", **given):
    def act(who, ids):
        stands = service.overview(who, ids[of]).dossier.invitation.version
        service.record_invitation(who, ids[of], version=stands, state=state, on=TODAY, **given)

    return act


def assess(who, ids):
    service.record_assessment(
        who,
        ids["mission"],
        version=None,
        finding=Finding.FAVOURABLE,
        concluded_on=TODAY,
        summary="Worth a mission.",
    )


def waive(who, ids):
    service.record_waiver(who, ids["mission"], version=None, reason="Too late for one.")


def change_phase(who, ids):
    [phase] = [one for one in queries.phases_of(ids["mission"]) if one.key == "deployment"]
    plans.change_phase(
        who, ids["mission"], "deployment", version=phase.version, first_day=-9, last_day=6
    )
    return phase


def took(state, before, by="planner", of="mission"):
    """A mission is taken to its next state."""
    return Deed(
        by, do(service.advance, of), f"mission.{state}", of, {"state": before}, {"state": state}
    )


LETTER = {"issued_by": "Chair of the commission", "reference": "EC/2027/4"}
GROUNDS = [
    Deed("planner", propose, "mission.created", "mission", None, PROPOSED),
    Deed("planner", edit, "mission.edited", "mission", {"observers": 4}, {"observers": 6}),
    took("assessing", "proposed"),
    Deed("planner", correspond(InvitationState.REQUESTED), "mission.invitation_requested",
         "mission", {"state": "none", "requested_on": None},
         {"state": "requested", "requested_on": DAY}),
    Deed("planner", correspond(InvitationState.RECEIVED, **LETTER), "mission.invitation_received",
         "mission",
         {"state": "requested", "received_on": None, "issued_by": None, "reference": None},
         {"state": "received", "received_on": DAY, **LETTER}),
    Deed("planner", correspond(InvitationState.ACCEPTED), "mission.invitation_accepted", "mission",
         {"state": "received", "answered_on": None}, {"state": "accepted", "answered_on": DAY}),
    Deed("planner", assess, "assessment.recorded", "mission", {},
         {"finding": "favourable", "concluded_on": DAY, "summary": "Worth a mission."}),
    Deed("planner", waive, "waiver.recorded", "mission", {}, {"reason": "Too late for one."}),
]  # fmt: skip
COURSE = [
    took("approved", "assessing", by="approver"),
    Deed("planner", change_phase, "mission_phase.changed", "mission_phase",
         {"first_day": -8}, {"first_day": -9}),
    took("recruiting", "approved"),
    took("deployed", "recruiting"),
    took("reporting", "deployed"),
    Deed("planner",
         do(service.record_completion, report_issued_on=TODAY, accounts_settled_on=TODAY),
         "mission.completion_recorded", "mission",
         {"report_issued_on": None, "accounts_settled_on": None},
         {"report_issued_on": DAY, "accounts_settled_on": DAY}),
    took("closed", "reporting"),
]  # fmt: skip
SMALLER, OFF = "mission made smaller", "mission called off"
ENDINGS = [
    Deed("planner", propose, "mission.created", SMALLER, None, PROPOSED),
    Deed("planner", correspond(InvitationState.RECEIVED, SMALLER, **LETTER),
         "mission.invitation_received", SMALLER,
         {"state": "none", "received_on": None, "issued_by": None, "reference": None},
         {"state": "received", "received_on": DAY, **LETTER}),
    Deed("planner", correspond(InvitationState.DECLINED, SMALLER), "mission.invitation_declined",
         SMALLER, {"state": "received", "answered_on": None},
         {"state": "declined", "answered_on": DAY}),
    Deed("planner", do(service.end_mission, SMALLER, ending=Ending.DOWNSIZED, reason="Two go."),
         "mission.downsized", SMALLER, {"state": "proposed"},
         {"state": "downsized", "reason": "Two go."}),
    Deed("planner", propose, "mission.created", OFF, None, PROPOSED),
    Deed("planner", do(service.end_mission, OFF, ending=Ending.CANCELLED, reason="Postponed."),
         "mission.cancelled", OFF, {"state": "proposed"},
         {"state": "cancelled", "reason": "Postponed."}),
]  # fmt: skip
DEEDS = [*GROUNDS, *COURSE, *ENDINGS]


def test_whatever_is_done_with_a_mission_is_on_the_trail(untold, planner, approver, country):
    assert untold(DEEDS, planner=planner, approver=approver) == []
