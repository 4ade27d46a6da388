"""Making feeds, ending them, and reading one by its secret address."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete

from kernel import audit
from kernel.db import db, new_id
from kernel.errors import N_, NotFound, NotNow
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.mail.network import mail_network
from kernel.values import clock
from kernel.values.prose import rendered
from network.feeds import queries
from network.feeds.models import Feed
from network.feeds.rules import Channel, Entry
from network.groups import queries as groups
from network.permissions import NetworkPermission
from network.subscriptions import queries as subscriptions
from network.topics import queries as topics
from network.writing import queries as writing

MOST: Final = 50
"""Posts in a feed."""
AT_MOST: Final = 20
"""Feeds of one person."""


@dataclass(frozen=True)
class NewFeed:
    """A feed the moment it is made: the only time its address is known."""

    row: Feed
    address: str


def create_feed(actor: Actor, *, name: str, group_id: UUID | None) -> NewFeed:
    """Make a feed of a group, or of all groups one is in.

    Raises NotFound for a group the actor may not read, Refused for too many.
    """
    if group_id is not None:
        groups.standing_in(actor, group_id)
    if len(queries.feeds_of(actor)) >= AT_MOST:
        raise NotNow(N_("You have as many feeds as one may have. Revoke one first."))
    secret = secrets.token_urlsafe(24)
    row = Feed(
        id=new_id(), person_id=actor.person_id, group_id=group_id, name=name, digest=_digest(secret)
    )
    db.session.add(row)
    audit.record(actor, "feed.created", row, after={"group_id": group_id}, label="")
    return NewFeed(row, mail_network().link("feeds.read", reading=secret))


def revoke_feed(actor: Actor, feed_id: UUID) -> None:
    """End a feed at once. Raises NotFound for one that is not the actor's."""
    row = queries.own_feed(actor.person_id, feed_id)
    if row is None:
        raise NotFound
    db.session.delete(row)
    audit.record(actor, "feed.revoked", row, label="")


def channel_at(secret: str) -> Channel:
    """What a feed reader gets at a secret address, by what its owner may read at this moment.

    Raises NotFound for an address nobody has, for who lost her access, and for a group she may not read.
    """
    feed = queries.feed_at(_digest(secret))
    actor = actor_by_person(feed.person_id, clock.now()) if feed is not None else None
    if feed is None or actor is None or not actor.can(NetworkPermission.TOPICS_SEE):
        raise NotFound
    network = mail_network()
    readable = {row.id: row for row in groups.groups_read_by(actor)}
    if feed.group_id is None:
        chosen, title = [id for id, row in readable.items() if row.mine], network.name
    elif feed.group_id in readable:
        chosen, title = [feed.group_id], f"{readable[feed.group_id].name} · {network.name}"
    else:
        raise NotFound
    quiet = subscriptions.content_free_among(chosen)
    return Channel(
        id=feed.id,
        title=title,
        network=network.name,
        own_address=network.link("feeds.read", reading=secret),
        address=network.link("topics.index", group=feed.group_id),
        created=feed.created_at,
        entries=[_entry(row, quiet) for row in topics.newest_posts_seen(actor, chosen, MOST)],
    )


def forget_feeds(person_id: UUID) -> None:
    """Delete somebody's feeds."""
    db.session.execute(delete(Feed).where(Feed.person_id == person_id))


def _entry(row: Any, quiet: set[UUID]) -> Entry:
    address = mail_network().link("topics.post", post_id=row.id)
    updated = row.edited_at or row.created_at
    if row.group_id in quiet:
        return Entry(row.id, "", address, row.created_at, updated)
    html = str(rendered(writing.in_words(row.body)))
    return Entry(
        row.id, row.title, address, row.created_at, updated, row.language, row.author, html
    )


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
