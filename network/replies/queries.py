"""Every SELECT about reply tokens and group addresses."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, tuple_

from kernel.db import db
from kernel.identity.models import Account
from network.replies.models import GroupMailbox, ReplyToken
from network.replies.rules import digest_of


def tokens_of(pairs: Collection[tuple[UUID, UUID]]) -> list[ReplyToken]:
    """The tokens of people and topics, `(person_id, topic_id)`, oldest first."""
    statement = (
        select(ReplyToken)
        .where(tuple_(ReplyToken.person_id, ReplyToken.topic_id).in_(list(pairs)))
        .order_by(ReplyToken.id)
    )
    return list(db.session.scalars(statement))


def token_by_text(token: str) -> ReplyToken | None:
    """The row of a token as it stands in an address, expired or not."""
    statement = select(ReplyToken).where(ReplyToken.digest == digest_of(token))
    return db.session.scalars(statement).one_or_none()


def token_by_id(token_id: UUID) -> ReplyToken | None:
    """The row of a token."""
    return db.session.scalars(select(ReplyToken).where(ReplyToken.id == token_id)).one_or_none()


def person_with_address(address: str) -> UUID | None:
    """Who has a confirmed account with a mail address."""
    return db.session.scalar(
        select(Account.person_id).where(
            Account.address == address,
            Account.confirmed_at.is_not(None),
            Account.disabled_at.is_(None),
        )
    )


def mailbox_of(group_id: UUID) -> str | None:
    """The local part of a group's address, where it has one."""
    return db.session.scalar(
        select(GroupMailbox.local_part).where(GroupMailbox.group_id == group_id)
    )


def mailbox_named(local_part: str) -> GroupMailbox | None:
    """The mailbox of a local part."""
    statement = select(GroupMailbox).where(GroupMailbox.local_part == local_part.lower())
    return db.session.scalars(statement).one_or_none()
