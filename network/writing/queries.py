"""Every SELECT about what is being written, and whom a text mentions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from kernel import search
from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.values.sorting import sort_key
from network.groups import queries as groups
from network.people import queries as people
from network.topics import queries as topics
from network.writing.models import Draft
from network.writing.rules import in_words as in_words
from network.writing.rules import mentioned_people as mentioned_people

OFFERED = 8
"""People offered at once."""
SIMILAR = 5
"""Topics offered at once."""
LOOKED_THROUGH = 50
"""Posts that the topics offered are taken from, the likeliest."""
MOST_WORDS = 12
"""Words of a title that are looked for."""


@dataclass(frozen=True)
class Place:
    """Where something is written: in a post that is changed, else in a topic, else as a new one.

    A new topic is in a group or in none yet; a group beside a topic is that topic's.
    """

    topic_id: UUID | None = None
    group_id: UUID | None = None
    post_id: UUID | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Place":
        """The place that was sent."""
        return cls(data.get("topic_id"), data.get("group_id"), data.get("post_id"))

    @property
    def is_new_topic(self) -> bool:
        """Whether a topic is begun there."""
        return self.topic_id is None and self.post_id is None

    @property
    def kept_at(self) -> dict[str, UUID | None]:
        """The columns of a draft of this place."""
        return {
            "topic_id": None if self.post_id else self.topic_id,
            "group_id": self.group_id if self.is_new_topic else None,
            "post_id": self.post_id,
        }


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be mentioned; a guest has no organisation."""

    id: UUID
    name: str
    organisation: str | None
    country: str | None


def draft_at(actor: Actor, place: Place) -> Draft | None:
    """What the actor was writing there; of new topics the last one where no group is named."""
    columns = place.kept_at
    if place.is_new_topic and place.group_id is None:
        del columns["group_id"]
    statement = select(Draft).where(Draft.person_id == actor.person_id, is_at(columns))
    return db.session.scalars(statement.order_by(Draft.saved_at.desc()).limit(1)).one_or_none()


def is_at(columns: Mapping[str, UUID | None]) -> Any:
    """Whether a draft is kept at these columns of a place."""
    return and_(
        *(getattr(Draft, name).is_not_distinct_from(value) for name, value in columns.items())
    )


def own_draft(actor: Actor, draft_id: UUID) -> Draft:
    """A draft of the actor's. Raises NotFound for any other."""
    statement = select(Draft).where(Draft.id == draft_id, Draft.person_id == actor.person_id)
    draft = db.session.scalars(statement).one_or_none()
    if draft is None:
        raise NotFound
    return draft


def drafts_of(actor: Actor) -> Sequence[Row[Any]]:
    """What the actor is writing, the last saved first: `Draft`, `topic` and `group` by name.

    Both names are empty where she may not read any more; her own text stays hers. The topic of a change
    is that of the post while the post can be changed.
    """
    readable = groups.readable_groups().subquery("readable")
    topic = topics.titles_seen().subquery("seen")
    changed = topics.mailable_posts().subquery("changed")
    statement = (
        select(Draft, topic.c.title.label("topic"), readable.c.name.label("group"))
        .outerjoin(changed, changed.c.id == Draft.post_id)
        .outerjoin(topic, topic.c.id == func.coalesce(Draft.topic_id, changed.c.topic_id))
        .outerjoin(readable, readable.c.id == Draft.group_id)
        .where(Draft.person_id == actor.person_id)
        .order_by(Draft.saved_at.desc())
    )
    return db.session.execute(statement, topics.seeing(actor)).all()


def people_called(actor: Actor, place: Place, wanted: str) -> list[Colleague]:
    """Other members of the group of a place, by name, eight at most; none while there is no group.

    Their name or organisation has words that begin as the wanted ones do. Raises NotFound for a place the actor
    may not read.
    """
    group_id = group_of(actor, place)
    if group_id is None:
        return []
    words = sort_key(wanted).split()
    found = (
        Colleague(row.id, row.name, row.organisation, row.country)
        for row in groups.members_of(group_id)
        if row.current
        and row.id != actor.person_id
        and _has(words, row.name, row.organisation or "")
    )
    return [colleague for colleague, _ in zip(found, range(OFFERED), strict=False)]


def _has(words: Sequence[str], *texts: str) -> bool:
    named = f" {sort_key(*texts)}"
    return all(f" {word}" in named for word in words)


def mentioned_outside(actor: Actor, place: Place, body: str) -> list[str]:
    """The names of those a text mentions who are not in the group, whom no mail of it reaches.

    Only of people the actor may know of: an id in a text is easily made up.
    """
    group_id = group_of(actor, place)
    mentioned = set(mentioned_people(body))
    if group_id is None or not mentioned:
        return []
    outside = mentioned - {row.id for row in groups.members_of(group_id) if row.current}
    return people.names_known(actor, outside)


def group_of(actor: Actor, place: Place) -> UUID | None:
    """The group something is written in. Raises NotFound for a place the actor may not read.

    So does a post of somebody else's: only its author changes it.
    """
    if place.post_id is not None:
        seen = topics.post_seen_by(actor, place.post_id)
        if seen.post.author_id != actor.person_id:
            raise NotFound
        return seen.topic.group_id
    group_id = groups.standing_in(actor, place.group_id).group_id if place.group_id else None
    if place.topic_id is not None:
        return topics.topic_seen_by(actor, place.topic_id).topic.group_id
    return group_id


@dataclass(frozen=True)
class SimilarTopic:
    """A topic whose words are like a title that is being typed."""

    id: UUID
    title: str
    language: str


def similar_topics(actor: Actor, title: str) -> list[SimilarTopic]:
    """Topics the actor may see that have words of a title, the likeliest first, five at most."""
    words = [word for word in sort_key(title).split() if len(word) > 2]
    wanted = " ".join(words[:MOST_WORDS])
    hits = search.search_some(actor, wanted, kinds=["topic"], limit=LOOKED_THROUGH)
    found = {hit.target_id: SimilarTopic(hit.target_id, hit.title, hit.language) for hit in hits}
    return list(found.values())[:SIMILAR]
