"""People are let go when their mission will not be, and forgotten when they were erased."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from missions.missions.service import MissionEnded
from missions.roster import service


@subscriber(MissionEnded, "missions.release_team")
def release_team(event: MissionEnded) -> None:
    """Free the days of everybody the mission counted on."""
    service.release(event.mission_id)


@subscriber(PersonErased, "missions.erase_nominee")
def erase_nominee(event: PersonErased) -> None:
    """Withdraw somebody who was erased from every mission."""
    service.erase(event.person_id)
