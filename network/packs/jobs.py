"""Making packs after they were asked for, and forgetting them."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from kernel.jobs import job
from network.packs import service
from network.packs.events import PackAsked


@subscriber(PackAsked, "network.make_pack")
def make_pack(event: PackAsked) -> None:
    """Make a pack and send it, or tell its reader where it is."""
    service.make(event.pack_id)


@subscriber(PersonErased, "network.forget_packs")
def forget_packs(event: PersonErased) -> None:
    """Delete what somebody who was erased had asked for."""
    service.forget_person(event.person_id)


@job("network.expire_packs", every="25 * * * *")
def expire_packs() -> None:
    """Delete packs whose link has ended."""
    service.expire_packs()
