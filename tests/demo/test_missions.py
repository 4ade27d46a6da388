"""The missions of the demo are told from the day of loading, through the services people use."""

from datetime import timedelta

import pytest

from demo import missions as story
from demo.world import World
from kernel.values import clock
from missions.missions import queries
from missions.missions import service as missions
from missions.plan import service as plans


@pytest.fixture
def world(app, tenant, factory) -> World:
    """A network with a planner, an approver and the countries of the story."""
    for country in ("SB", "MW", "LC"):
        factory.organisation(country=country)
    people = {role: factory.actor(roles=[role]).person_id for role in ("planner", "approver")}
    return World(app, tenant.id, people)


def test_the_observation_is_recruiting_with_its_plan_under_way(world):
    story.load(world)
    with world.acting("approver") as approver:
        mission_id = story.observation_of(approver)
        dossier = missions.overview(approver, mission_id).dossier
        assert dossier.mission.state == "recruiting"
        its_today = clock.today(dossier.mission.time_zone)
        assert dossier.mission.polling_day == its_today + timedelta(days=56)
        assert dossier.invitation.state == "accepted"
        assert "fictional" in dossier.waiver.reason
        states = [task.state for task in plans.plan(approver, mission_id).tasks]
        assert states[:4] == ["done", "done", "doing", "todo"]


def test_every_mission_says_that_it_is_fictional(world):
    story.load(world)
    with world.acting("planner") as planner:
        found, total = queries.missions(planner, queries.MissionFilter(), 1)
        assert total == 3
        assert all("demonstration, fictional" in mission.title for mission in found)
