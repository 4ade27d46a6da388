"""What is done about feeds in the background."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from network.feeds import service


@subscriber(PersonErased, "network.forget_feeds")
def forget_feeds(event: PersonErased) -> None:
    """End the feeds of somebody who is erased."""
    service.forget_feeds(event.person_id)
