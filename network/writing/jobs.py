"""What follows for drafts when somebody is forgotten."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from network.writing import service


@subscriber(PersonErased, "network.forget_drafts")
def forget_drafts(event: PersonErased) -> None:
    """Delete what she was writing."""
    service.forget(event.person_id)
