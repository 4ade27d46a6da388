"""People are let go when their mission will not be, marked when they withdraw, forgotten when erased."""

from kernel.events import subscriber
from kernel.events.people import ConsentChanged, PersonErased
from kernel.questions.credentials import Purpose
from missions.missions.service import MissionEnded
from missions.roster import notices, service


@subscriber(MissionEnded, "missions.release_team")
def release_team(event: MissionEnded) -> None:
    """Free the days of everybody the mission counted on."""
    service.release(event.mission_id)


@subscriber(ConsentChanged, "missions.follow_consent")
def follow_consent(event: ConsentChanged) -> None:
    """Show and tell planners who is nominated and no longer agrees to be found."""
    if event.purpose != Purpose.MISSIONS:
        return
    service.follow_consent(event.person_id, given=event.given)
    if not event.given:
        notices.tell_planners(event.person_id)


@subscriber(PersonErased, "missions.erase_nominee")
def erase_nominee(event: PersonErased) -> None:
    """Withdraw somebody who was erased from every mission."""
    service.erase(event.person_id)
