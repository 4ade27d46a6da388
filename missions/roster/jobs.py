"""People are let go when their mission will not be."""

from kernel.events import subscriber
from missions.missions.service import MissionEnded
from missions.roster import service


@subscriber(MissionEnded, "missions.release_team")
def release_team(event: MissionEnded) -> None:
    """Free the days of everybody the mission counted on."""
    service.release(event.mission_id)
