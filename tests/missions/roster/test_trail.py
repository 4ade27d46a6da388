"""What is decided on a nomination is on the trail: who, whose, from and to."""

import pytest

from missions.missions import service as missions
from missions.missions.queries import mission_of
from missions.missions.rules import Ending

DAYS = {"starts_on": "2027-03-06", "ends_on": "2027-03-20"}
NO_DAYS = dict.fromkeys(DAYS)


@pytest.mark.parametrize(
    ("steps", "action", "before", "after"),
    [
        (["shortlisted"], "nomination.shortlisted", {"state": "nominated"}, {}),
        (["shortlisted", "rejected"], "nomination.rejected", {"state": "shortlisted"}, {}),
        (["shortlisted", "reserve"], "nomination.reserve", {"state": "shortlisted"}, {}),
        (
            ["shortlisted", "selected"],
            "nomination.selected",
            {"state": "shortlisted", **NO_DAYS},
            DAYS,
        ),
        (
            ["shortlisted", "selected", "withdrawn"],
            "nomination.withdrawn",
            {"state": "selected", **DAYS},
            NO_DAYS,
        ),
    ],
)
def test_every_decision_is_on_the_trail_about_the_nominee(
    trained, nominate, step, planner, trail, steps, action, before, after
):
    person_id = trained()
    nomination_id = nominate(person_id)
    step(nomination_id, *steps)
    [entry] = trail(action)
    assert (entry.actor_id, entry.about_id) == (planner.person_id, person_id)
    assert (entry.object_kind, entry.object_id) == ("nomination", str(nomination_id))
    assert entry.before == before
    assert entry.after == {"state": steps[-1], **after}


def test_whom_a_cancelled_mission_lets_go_is_on_the_trail(
    trained, nominate, step, planner, mission_id, inside, run_jobs, trail
):
    person_id = trained()
    nomination_id = nominate(person_id)
    step(nomination_id, "shortlisted", "selected")
    with inside():
        missions.end_mission(
            planner,
            mission_id,
            version=mission_of(planner, mission_id).version,
            ending=Ending.CANCELLED,
            reason="Postponed",
        )
    run_jobs()
    [entry] = trail("nomination.released")
    assert (entry.actor_id, entry.about_id) == (None, person_id)  # the mission's end does it
    assert entry.object_id == str(nomination_id)
    assert entry.before == {"state": "selected", **DAYS}
    assert entry.after == {"state": "withdrawn", **NO_DAYS}
