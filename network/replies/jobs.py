"""Forgetting reply addresses: those that expired long ago, and those of people who were erased."""

from kernel.events import subscriber
from kernel.events.people import PersonErased
from kernel.jobs import job
from network.replies import service


@job("network.forget_reply_tokens", every="35 3 * * *")
def forget_expired() -> None:
    """Forget tokens that expired long ago; their addresses are unknown from then on."""
    service.forget_expired()


@subscriber(PersonErased, "network.forget_her_reply_tokens")
def forget_hers(event: PersonErased) -> None:
    """Nobody writes in her name any more."""
    service.forget_of(event.person_id)
