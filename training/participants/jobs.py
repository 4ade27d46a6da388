"""What is done when somebody was erased."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from training.participants.service import erase


@subscriber(PersonErased, "training.erase_participant")
def erase_participant(event: PersonErased) -> None:
    """Take her off the lists of participants, but for her minutes."""
    erase(event.person_id)
