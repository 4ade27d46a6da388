"""What happened to people elsewhere, for what is kept of them here."""

from kernel.events import subscriber
from kernel.events.people import AffiliationEnded, PersonChanged, PersonErased
from network.people import service


@subscriber(PersonChanged, "network.find_person")
def find_person(event: PersonChanged) -> None:
    """Let her be found by her name and her organisation as they are now."""
    service.make_findable(event.person_id)


@subscriber(AffiliationEnded, "network.find_former_person")
def find_former_person(event: AffiliationEnded) -> None:
    """Let her be found at the organisations that are left to her, or no more."""
    service.make_findable(event.person_id)


@subscriber(PersonErased, "network.forget_person")
def forget_person(event: PersonErased) -> None:
    """Forget what she had said of herself."""
    service.forget(event.person_id)
