"""Addresses by which topics are answered and opened. All are None where no mail comes in."""

import secrets
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db
from kernel.mail.network import mail_network
from kernel.mail.sealing import derived_keys
from kernel.values import clock
from network.groups import queries as groups
from network.replies import queries, rules
from network.replies.models import GroupMailbox, ReplyToken

_PURPOSE = "reply token"


def reply_address(person_id: UUID, topic_id: UUID) -> str | None:
    """The address at which a person answers in a topic; None where mail in is not configured.

    Good for at least 90 days from now. Nobody but her may know it.
    """
    return reply_addresses(topic_id, [person_id]).get(person_id)


def reply_addresses(topic_id: UUID, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Addresses of several people for one topic, by person, at the cost of two statements."""
    made = addresses_for([(person_id, topic_id) for person_id in person_ids])
    return {person_id: address for (person_id, _), address in made.items()}


def addresses_for(pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], str]:
    """Addresses of people for topics, by `(person_id, topic_id)`, at the cost of two statements.

    Empty where mail in is not configured. Pairs that have no token yet, or one that expires soon, get
    a new one; the old one stays good until it expires.
    """
    domain = mail_network().mail_domain
    if domain is None or not pairs:
        return {}
    tokens = _known(pairs)
    missing = [pair for pair in dict.fromkeys(pairs) if pair not in tokens]
    tokens |= _made(missing)
    return {pair: f"{rules.reply_local_part(tokens[pair])}@{domain}" for pair in pairs}


def group_address(group_id: UUID) -> str | None:
    """The address at which members open topics in a group; None where mail in is not configured."""
    domain = mail_network().mail_domain
    local_part = queries.mailbox_of(group_id) if domain is not None else None
    return f"{local_part}@{domain}" if local_part is not None else None


def open_mailbox(group_id: UUID) -> None:
    """Give a group the local part of its address, which it keeps for good.

    Also where no mail comes in yet: it may one day. Raises NotFound for no group.
    """
    group = groups.facts_of(group_id)
    for taken in (False, True):
        name = rules.mailbox_name(
            group.name, secret=_secret(), guessable=group.is_open, taken=taken
        )
        db.session.execute(
            insert(GroupMailbox).values(group_id=group_id, local_part=name).on_conflict_do_nothing()
        )
        if queries.mailbox_of(group_id) is not None:
            return
    raise RuntimeError("two random group addresses in a row were taken")


def forget_expired() -> None:
    """Delete the tokens that expired so long ago that nobody has to be told so any more."""
    before = clock.now() - rules.KEPT
    db.session.execute(delete(ReplyToken).where(ReplyToken.expires_at < before))


def forget_of(person_id: UUID) -> None:
    """Delete the tokens of a person."""
    db.session.execute(delete(ReplyToken).where(ReplyToken.person_id == person_id))


def _known(pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], str]:
    """Tokens that can still be given out. One made under a key that is gone cannot be told any more."""
    keys, now = derived_keys(_PURPOSE), clock.now()
    found = {}
    for row in queries.tokens_of(pairs):
        candidates = (rules.token_of(key, row.seed) for key in keys)
        token = next((each for each in candidates if rules.digest_of(each) == row.digest), None)
        if token is not None and rules.is_fresh(row.expires_at, now):
            found[row.person_id, row.topic_id] = token
    return found


def _made(pairs: Iterable[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], str]:
    key, now = derived_keys(_PURPOSE)[0], clock.now()
    made, rows = {}, []
    for person_id, topic_id in pairs:
        seed = secrets.token_bytes(16)
        token = made[person_id, topic_id] = rules.token_of(key, seed)
        rows.append(
            {
                "person_id": person_id,
                "topic_id": topic_id,
                "seed": seed,
                "digest": rules.digest_of(token),
                "expires_at": now + rules.TOKEN_LIFE,
            }
        )
    if rows:
        db.session.execute(insert(ReplyToken), rows)
    return made


def _secret() -> str:
    """Eight letters and digits nobody guesses within the patience of a mail server."""
    return "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(8))
