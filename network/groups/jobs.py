"""What follows in groups by itself: people leave, change office, or are forgotten."""

from kernel.events import subscriber
from kernel.events.people import AffiliationEnded, FunctionChanged, PersonErased
from kernel.jobs import job
from network.groups import service


@subscriber(AffiliationEnded, "network.end_memberships")
def end_memberships(event: AffiliationEnded) -> None:
    """End her memberships for that organisation, and hand on the groups she chaired alone."""
    service.end_memberships(event.person_id, event.organisation_id, event.ended_at)


@subscriber(FunctionChanged, "network.follow_office")
def follow_office(event: FunctionChanged) -> None:
    """Bring the groups of that office up to date."""
    service.follow_office(event.function)


@subscriber(PersonErased, "network.forget_in_groups")
def forget(event: PersonErased) -> None:
    """Forget what she wrote in asking to join."""
    service.forget(event.person_id)


@job("network.keep_groups", every="20 1 * * *")
def keep_groups() -> None:
    """Nightly: groups by office, whatever changed without telling."""
    service.follow_all()


@job("network.end_terms", every="2 * * * *")
def end_terms() -> None:
    """Hourly, for a day is over at another hour in each network: terms and guests that are over."""
    service.end_chair_terms()
    service.end_terms()
    service.end_expired()
