"""Ending mails: by the link in them, and when somebody is erased."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete

from kernel import audit
from kernel.db import db, new_id
from kernel.errors import NotFound
from kernel.values import clock
from network.subscriptions import queries
from network.subscriptions.models import (
    DigestRun,
    HeldPost,
    MailRhythm,
    Subscription,
    TopicWatch,
    UnsubscribeToken,
)
from network.subscriptions.queries import LinkMeaning
from network.subscriptions.rules import DigestKind, Ends, Level, Rhythm, in_order
from network.subscriptions.service.links import LIFE, digest_of


def meaning_of(secret: str) -> LinkMeaning:
    """What a link in a mail ends. Raises NotFound for one that nobody was sent, or long ago."""
    found = queries.link_meaning(digest_of(secret), clock.now() - LIFE)
    if found is None:
        raise NotFound
    return found


def unsubscribe(secret: str) -> LinkMeaning:
    """End mails by the link in one of them; twice is like once.

    Raises NotFound for a link that nobody was sent, or long ago.
    """
    meaning = meaning_of(secret)
    if meaning.group_id is not None:
        _end_group(meaning.person_id, meaning.group_id)
    elif meaning.ends is Ends.DIGESTS:
        _end_levels(meaning.person_id, [kind.value for kind in DigestKind])
    else:
        _end_levels(meaning.person_id, [level.value for level in Level])
    return meaning


def _end_group(person_id: UUID, group_id: UUID) -> None:
    """No level, and no watched topic: the mail that was ended may have come because of one."""
    kept = queries.subscription_of(person_id, group_id)
    before = kept.level if kept is not None else None
    watched = queries.watched_in(person_id, group_id)
    if before == Level.NOTHING and not watched:
        return
    for watch in watched:
        db.session.delete(watch)
    if kept is None:
        kept = Subscription(id=new_id(), person_id=person_id, group_id=group_id)
        db.session.add(kept)
    kept.level, kept.told_until = Level.NOTHING.value, clock.now()
    audit.record(
        None,
        "subscription.ended_by_link",
        kept,
        before={"level": before},
        after={"level": kept.level},
        about=person_id,
    )


def _end_levels(person_id: UUID, levels: Collection[str]) -> None:
    """Every group that comes in one of these ways, also those that do so because it is the usual one."""
    rhythm = queries.kept_rhythm(person_id) or _usual_rhythm(person_id)
    if rhythm.default_level in levels and rhythm.default_level != Level.NOTHING:
        before, rhythm.default_level = rhythm.default_level, Level.NOTHING.value
        db.session.add(rhythm)
        audit.record(
            None,
            "mail_rhythm.ended_by_link",
            rhythm,
            before={"default_level": before},
            after={"default_level": rhythm.default_level},
            about=person_id,
        )
    for kept in queries.subscriptions_at(person_id, levels):
        _end_group(person_id, kept.group_id)


def _usual_rhythm(person_id: UUID) -> MailRhythm:
    """The rhythm of somebody who never chose one, as a row that is not kept yet."""
    usual = Rhythm()
    return MailRhythm(
        id=new_id(),
        person_id=person_id,
        default_level=usual.default_level.value,
        told_until=clock.now(),
        working_days=[day.value for day in in_order(usual.working_days)],
        digest_hour=usual.digest_hour,
        weekly_on=usual.weekly_on.value,
    )


def forget_person(person_id: UUID) -> None:
    """Delete what somebody wanted by mail, what waits for her, and what her links are known by."""
    for model in (Subscription, TopicWatch, MailRhythm, HeldPost, DigestRun, UnsubscribeToken):
        db.session.execute(delete(model).where(model.person_id == person_id))
