"""What is done in groups once somebody has left an organisation."""

from kernel.events import subscriber
from kernel.events.people import AffiliationEnded
from network.groups import service


@subscriber(AffiliationEnded, "network.end_memberships")
def end_memberships(event: AffiliationEnded) -> None:
    """End her memberships for that organisation, and hand on the groups she chaired."""
    service.end_memberships(event.person_id, event.organisation_id, event.ended_at)
