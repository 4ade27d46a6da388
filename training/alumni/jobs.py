"""What is done when somebody was erased."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from training.alumni.service import erase


@subscriber(PersonErased, "training.erase_alumna")
def erase_alumna(event: PersonErased) -> None:
    """Forget what she stated and allowed."""
    erase(event.person_id)
