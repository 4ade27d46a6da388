"""Digests: what is new in somebody's groups, in one mail."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete

from kernel.db import db
from kernel.mail import Mail, Recipient, message_id, queue_many
from kernel.mail.network import mail_network
from kernel.values import clock
from kernel.values.prose import plain
from network.groups import queries as groups
from network.subscriptions import queries
from network.subscriptions.models import DigestRun
from network.subscriptions.rules import DigestKind, Ends, excerpt
from network.subscriptions.service.links import LinkFor, one_click_headers, unsubscribe_links
from network.topics import queries as topics
from network.writing import queries as writing

KEPT: Final = timedelta(days=60)
"""How long is known that a digest was made: longer than the next one reaches back."""


@dataclass(frozen=True)
class PostTold:
    """A post as digests tell of it, written out once for everybody."""

    id: UUID
    topic_id: UUID
    group_id: UUID
    title: str
    author: str
    excerpt: str
    mentions: frozenset[UUID]
    """Who was told of it at once, whatever her level: a digest does not repeat it to her."""


@dataclass(frozen=True)
class TopicTold:
    """What is new in a topic: its posts, oldest first."""

    id: UUID
    title: str
    posts: Sequence[PostTold]


@dataclass(frozen=True)
class GroupTold:
    """What is new in a group; of one whose mails carry no content, only how much."""

    id: UUID
    name: str
    count: int
    topics: Sequence[TopicTold]


def send_digests() -> int:
    """Make and queue the digests of everybody whose hour it is; how many there were.

    The number of statements does not depend on the number of people. Asked again in the same hour, it
    finds nobody.
    """
    due = queries.claim_due_digests()
    library = _library({post_id for one in due for post_id in one.post_ids})
    links = _links([one.recipient for one in due], Ends.DIGESTS)
    mails = []
    for one in due:
        parts = ("digest", one.kind, one.period.isoformat(), str(one.recipient.person_id))
        told = library.arranged(one.post_ids, but_mentioning=one.recipient.person_id)
        if told:
            mails.append(_digest(one.recipient, told, links[one.recipient], parts, kind=one.kind))
    queue_many(mails)
    return len(mails)


def left_out(post_ids: Collection[UUID], hidden_at: datetime) -> set[tuple[UUID, UUID]]:
    """Whose digests left out which of the posts because they were hidden from a moment on: person, post."""
    posts = _library(post_ids).posts
    return {
        (person_id, post_id)
        for person_id, post_id in queries.left_out(post_ids, hidden_at)
        if post_id in posts and person_id not in posts[post_id].mentions
    }


def digest_of_held(waiting: Collection[tuple[Recipient, list[UUID]]]) -> list[Mail]:
    """A mail for each of the people with the posts that waited for her."""
    library = _library({post_id for _, post_ids in waiting for post_id in post_ids})
    links = _links([recipient for recipient, _ in waiting], Ends.EVERYTHING)
    mails = []
    for recipient, post_ids in waiting:
        parts = ("held", str(post_ids[-1]), str(recipient.person_id))
        mails.append(_digest(recipient, library.arranged(post_ids), links[recipient], parts))
    return mails


def _links(recipients: Sequence[Recipient], ends: Ends) -> dict[Recipient, str]:
    asked = {one: LinkFor(one.person_id, ends) for one in recipients if one.person_id is not None}
    made = unsubscribe_links(asked.values())
    return {one: made[link] for one, link in asked.items()}


def forget_old_digests() -> None:
    """Delete the notes of digests that no later one asks for."""
    db.session.execute(delete(DigestRun).where(DigestRun.until_at < clock.now() - KEPT))


@dataclass(frozen=True)
class _Library:
    """Everything that the digests of one run tell of."""

    posts: Mapping[UUID, PostTold]
    names: Mapping[UUID, str]
    content_free: Collection[UUID]

    def arranged(
        self, post_ids: Iterable[UUID], *, but_mentioning: UUID | None = None
    ) -> list[GroupTold]:
        """Posts by group, in the order of the groups' names, and by topic, the oldest post first.

        Without those that mention somebody, where one is named.
        """
        found = [self.posts[post_id] for post_id in post_ids if post_id in self.posts]
        posts = [post for post in found if but_mentioning not in post.mentions]
        posts.sort(key=lambda post: (self.names[post.group_id], post.group_id))
        return [
            self._group(group_id, list(of_group))
            for group_id, of_group in groupby(posts, lambda post: post.group_id)
        ]

    def _group(self, group_id: UUID, posts: Sequence[PostTold]) -> GroupTold:
        if group_id in self.content_free:
            return GroupTold(group_id, "", len(posts), ())
        by_topic: dict[UUID, list[PostTold]] = {}
        for post in posts:
            by_topic.setdefault(post.topic_id, []).append(post)
        told = [TopicTold(topic_id, own[0].title, own) for topic_id, own in by_topic.items()]
        return GroupTold(group_id, self.names[group_id], len(posts), told)


def _library(post_ids: Collection[UUID]) -> _Library:
    rows = topics.posts_told(post_ids) if post_ids else ()
    at_first = topics.bodies_at_first([row.id for row in rows if row.edited_at is not None])
    posts = {
        row.id: PostTold(
            row.id,
            row.topic_id,
            row.group_id,
            row.title,
            row.author,
            excerpt(plain(writing.in_words(row.body))),
            frozenset(writing.mentioned_people(at_first.get(row.id, row.body))),
        )
        for row in rows
    }
    group_ids = {post.group_id for post in posts.values()}
    if not group_ids:
        return _Library({}, {}, ())
    return _Library(posts, groups.names_of(group_ids), queries.content_free_among(group_ids))


def _digest(
    to: Recipient,
    told: Sequence[GroupTold],
    link: str,
    parts: Sequence[str],
    *,
    kind: DigestKind | None = None,
) -> Mail:
    """A digest; without a kind, of posts that waited. `parts` make its Message-ID."""
    network = mail_network()
    context: dict[str, Any] = {
        "kind": kind,
        "groups": told,
        "posts": sum(group.count for group in told),
        "unsubscribe": link,
    }
    headers = {
        "List-Id": f"<digest.{network.host}>",
        "List-Archive": f"<{network.link('topics.index')}>",
        "List-Post": "NO",
        **one_click_headers(link),
    }
    return Mail(to, "digest", context, message_id(*parts), headers)
