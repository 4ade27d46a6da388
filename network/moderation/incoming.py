"""What a moderator's answer to a mail about a post does."""

from uuid import UUID

from kernel.db import db
from kernel.db.scope import become
from kernel.errors import N_, DomainError, NotNow
from kernel.identity.queries import actor_by_person
from kernel.inbound import authentication
from kernel.inbound.addresses import Addresses, Ignored, SentBack, register_addresses
from kernel.inbound.authentication import Trust
from kernel.inbound.parsing import ParsedMail
from kernel.mail import recipient_of
from kernel.mail.network import mail_network
from kernel.values import clock
from network.moderation import service
from network.moderation.addresses import post_of
from network.replies.queries import person_with_address


def register() -> None:
    """Make the addresses known to the door for mail."""
    register_addresses(Addresses("decision", post_of, take_decision))


def take_decision(post_id: UUID, mail: ParsedMail) -> None:
    """Decide on a post as the mail says.

    The address is told to its moderators only; whether the sender still is one, the service asks. All of
    them get the same, so her mail server has to vouch for her where that can be asked. Raises Ignored for
    a stranger, SentBack with what her decision was refused for.
    """
    person_id = person_with_address(mail.sender)
    actor = actor_by_person(person_id, clock.now()) if person_id else None
    recipient = recipient_of(actor.person_id) if actor else None
    if actor is None or recipient is None:
        raise Ignored("stranger")
    become(db.session(), actor.person_id, actor.organisation_ids)
    try:
        if authentication.of(mail) is not Trust.PROVEN:
            raise NotNow(
                N_("Your mail server does not vouch for your mail. Decide on the web: %(link)s"),
                link=mail_network().link("moderation.decide", post_id=post_id),
            )
        service.decide_by_mail(actor, post_id, mail.text)
    except DomainError as error:
        raise SentBack(recipient, error) from error
