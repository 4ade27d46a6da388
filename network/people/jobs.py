"""What happened to people elsewhere, for what is kept of them here."""

from kernel.events import subscriber
from kernel.events.people import AffiliationEnded, PersonChanged, PersonErased, RoleChanged
from kernel.jobs import job
from network.people import service


@subscriber(PersonChanged, "network.find_person")
def find_person(event: PersonChanged) -> None:
    """Let her be found by her name and her organisation as they are now."""
    service.make_findable(event.person_id)


@subscriber(AffiliationEnded, "network.find_former_person")
def find_former_person(event: AffiliationEnded) -> None:
    """Let her be found at the organisations that are left to her, or no more."""
    service.make_findable(event.person_id)


@subscriber(AffiliationEnded, "network.end_functions")
def end_functions(event: AffiliationEnded) -> None:
    """End what she held there."""
    service.end_functions(event.person_id, event.organisation_id, event.ended_at)


@subscriber(RoleChanged, "network.follow_focal_points")
def follow_focal_points(event: RoleChanged) -> None:
    """Let the function of the focal point follow the role, where that is given or taken."""
    if event.role == service.FOCAL_POINT:
        service.follow_focal_points(event.organisation_id)


@job("network.keep_people", every="5 1 * * *")
def keep_people() -> None:
    """Nightly, before groups by office: let focal points be so by role and by function alike."""
    service.follow_all_focal_points()


@subscriber(PersonErased, "network.forget_person")
def forget_person(event: PersonErased) -> None:
    """Forget what she had said of herself."""
    service.forget(event.person_id)
