"""Telling people of a new post, at once or when their quiet hours end."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from kernel.db import db
from kernel.events import emit
from kernel.mail import Mail, Recipient, queue_many
from kernel.mail.network import mail_network
from kernel.values import clock
from network.subscriptions import queries
from network.subscriptions.events import MailHeld
from network.subscriptions.models import HeldPost
from network.subscriptions.queries import Listener
from network.subscriptions.rules import ONE_BY_ONE, Told, release_at, told
from network.subscriptions.service.digests import digest_of_held, left_out
from network.subscriptions.service.letters import letters_about
from network.topics import queries as topics
from network.topics.service import note_told
from network.writing import queries as writing


def tell_of_post(post_id: UUID) -> None:
    """Mail a post to everybody who may read it and wants it at once, but its author.

    For who has quiet hours, a day off or a pause it waits. A post that cannot be read, or no longer, is
    told of to nobody; asked again, one that was told of is not told of twice.
    """
    found = topics.post_to_mail(post_id)
    if found is None or not note_told(post_id):
        return
    mentioned = writing.mentioned_people(found.Post.body)
    listeners = [
        listener
        for listener in queries.listeners(found.Topic.group_id, found.Topic.id, mentioned)
        if _way(listener, found.Post.author_id) is Told.AT_ONCE
    ]
    waits = _waits(listeners)
    _hold({(person_id, post_id): moment for person_id, moment in waits.items()})
    at_once = [one.recipient for one in listeners if one.person_id not in waits]
    queue_many(letters_about(found, at_once))


def tell_again(post_ids: Collection[UUID], hidden_at: datetime) -> None:
    """Mail posts that were hidden from a moment on and are shown again to whom they did not reach.

    They waited for the end of her quiet hours, or her digest of meanwhile left them out.
    """
    now = clock.now()
    _hold(dict.fromkeys(left_out(post_ids, hidden_at), now))
    release_held()


def release_held() -> None:
    """Mail what waited for people whose quiet hours have ended, unless they have read it meanwhile.

    A few posts come one by one, more of them as one mail. Who may no longer read a post, or wants no mail
    of it any more, does not get it; who is in quiet hours again waits on, and so does a post that is
    hidden now.
    """
    taken = delete(HeldPost).where(
        HeldPost.release_at <= clock.now(), ~topics.may_be_shown_again(HeldPost.post_id)
    )
    held: dict[UUID, set[UUID]] = defaultdict(set)
    for person_id, post_id in db.session.execute(
        taken.returning(HeldPost.person_id, HeldPost.post_id)
    ):
        held[post_id].add(person_id)
    recipients: dict[UUID, Recipient] = {}
    waiting: dict[UUID, list[UUID]] = defaultdict(list)
    for post_id in sorted(held):
        for listener in _still_listening(post_id, held[post_id]):
            recipients[listener.person_id] = listener.recipient
            waiting[listener.person_id].append(post_id)
    _send_released(recipients, waiting)


def forget_old_held() -> None:
    """Delete what waited for people and was hidden for longer than a digest reaches back."""
    db.session.execute(delete(HeldPost).where(HeldPost.release_at < clock.now() - queries.OLDEST))


def _send_released(
    recipients: Mapping[UUID, Recipient], waiting: Mapping[UUID, list[UUID]]
) -> None:
    single: dict[UUID, list[Recipient]] = defaultdict(list)
    many: dict[UUID, list[UUID]] = {}
    for person_id, post_ids in waiting.items():
        if len(post_ids) > ONE_BY_ONE:
            many[person_id] = post_ids
            continue
        for post_id in post_ids:
            single[post_id].append(recipients[person_id])
    letters: list[Mail] = []
    for post_id in sorted(single):
        found = topics.post_to_mail(post_id)
        letters += letters_about(found, single[post_id]) if found is not None else []
    letters += digest_of_held([(recipients[one], many[one]) for one in many])
    queue_many(letters)


def _still_listening(post_id: UUID, people: set[UUID]) -> list[Listener]:
    """Those of the people who still want a post and may have it now; others wait on."""
    found = topics.post_to_mail(post_id)
    if found is None:
        return []
    mentioned = set(writing.mentioned_people(found.Post.body))
    listeners = [
        listener
        for listener in queries.listeners(
            found.Topic.group_id, found.Topic.id, mentioned, post_id=post_id, only=people
        )
        if _way(listener, found.Post.author_id) is not Told.NOT
    ]
    waits = _waits(listeners)
    _hold({(person_id, post_id): moment for person_id, moment in waits.items()})
    return [one for one in listeners if one.person_id not in waits]


def _way(listener: Listener, author_id: UUID) -> Told:
    return told(
        listener.level,
        listener.watch,
        mentioned=listener.is_mentioned,
        is_author=listener.person_id == author_id,
    )


def _waits(listeners: list[Listener]) -> dict[UUID, datetime]:
    """Until when mail waits, for those for whom it does."""
    now, usual = clock.now(), mail_network().time_zone
    moments = {
        one.person_id: release_at(one.rhythm, ZoneInfo(one.recipient.time_zone or usual), now)
        for one in listeners
    }
    return {person_id: moment for person_id, moment in moments.items() if moment > now}


def _hold(waits: Mapping[tuple[UUID, UUID], datetime]) -> None:
    if not waits:
        return
    rows = [
        {"person_id": person_id, "post_id": post_id, "release_at": moment}
        for (person_id, post_id), moment in waits.items()
    ]
    db.session.execute(insert(HeldPost).on_conflict_do_nothing(), rows)
    for moment in sorted(set(waits.values())):
        emit(MailHeld(release_at=moment))
