"""What a moderator's answer to a mail about a post does."""

from uuid import UUID

from kernel.db import db
from kernel.db.scope import become
from kernel.errors import DomainError
from kernel.identity.queries import actor_by_person
from kernel.inbound.addresses import Addresses, Ignored, SentBack, register_addresses
from kernel.inbound.parsing import ParsedMail
from kernel.mail import recipient_of
from kernel.values import clock
from network.moderation import service
from network.moderation.addresses import post_of
from network.replies.queries import person_with_address


def register() -> None:
    """Make the addresses known to the door for mail."""
    register_addresses(Addresses("decision", post_of, take_decision))


def take_decision(post_id: UUID, mail: ParsedMail) -> None:
    """Decide on a post as the mail says.

    The address is told to its moderators only; whether the sender still is one, the service asks.
    Raises Ignored for a stranger, SentBack with what her decision was refused for.
    """
    person_id = person_with_address(mail.sender)
    actor = actor_by_person(person_id, clock.now()) if person_id else None
    recipient = recipient_of(actor.person_id) if actor else None
    if actor is None or recipient is None:
        raise Ignored("stranger")
    become(db.session(), actor.person_id, actor.organisation_ids)
    try:
        service.decide_by_mail(actor, post_id, mail.text)
    except DomainError as error:
        raise SentBack(recipient, error) from error
