"""Groups and what is written in them; to be called inside a block of a network."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import update

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import Account, Affiliation, Person, RoleGrant
from kernel.values import clock
from kernel.values.sorting import sort_key
from network.groups import service
from network.groups.models import Group, GroupMembership
from network.groups.rules import GroupKind, GroupVisibility, Joining
from network.topics import queries as topic_queries
from network.topics import service as topics
from network.topics.models import Topic
from network.topics.rules import TopicKind

_numbers = count(1)


def end_affiliations(actor: Actor) -> None:
    """Let somebody leave every organisation she is with."""
    db.session.execute(
        update(Affiliation)
        .where(Affiliation.person_id == actor.person_id)
        .values(ended_at=clock.now())
    )


def make_group(
    administrator: Actor,
    chair: Actor,
    members: Sequence[Actor] = (),
    *,
    name: str = "",
    visibility: str = "private",
    joining: str = "invitation",
    kind: str = "working_group",
) -> Group:
    """A group with its chair and members. The chair is told nothing: tests count the mails that follow."""
    with patch("network.groups.service.groups.tell"):
        group = service.create_group(
            administrator,
            name=name or f"Group {next(_numbers)}",
            purpose="To try things out.",
            kind=GroupKind(kind),
            joining=Joining(joining),
            visibility=GroupVisibility(visibility),
            chair_id=chair.person_id,
        )
    db.session.flush()
    for member in members:
        service.add_member(chair, group.id, person_id=member.person_id)
    return group


def make_topic(author: Actor, group: Group, title: str = "Indelible ink", **given: Any) -> Topic:
    """A topic with its first post."""
    values = {
        "kind": TopicKind.QUESTION,
        "body": "Does it hold in the **tropics**?",
        "language": "en",
        **given,
    }
    return topics.create_topic(author, group_id=group.id, title=title, **values)


def make_guest(chair: Actor, group: Group, name: str = "Gus Guest") -> UUID:
    """Somebody of no organisation who is a guest of the group for a month: her person's id."""
    number = next(_numbers)
    person = Person(name=name, sort_key=sort_key(name))
    db.session.add(person)
    db.session.flush()
    address = f"guest{number}@example.org"
    db.session.add_all(
        [
            Account(person_id=person.id, address=address, confirmed_at=clock.now()),
            RoleGrant(person_id=person.id, role="guest", organisation_id=None),
            GroupMembership(
                group_id=group.id,
                person_id=person.id,
                added_by=chair.person_id,
                guest_until=clock.now() + timedelta(days=30),
            ),
        ]
    )
    db.session.flush()
    return person.id


def posts_of(reader: Actor, topic: Topic) -> Sequence[Any]:
    """The first page of a topic's posts as somebody sees them."""
    db.session.flush()
    return topic_queries.posts_shown_to(reader, topic.id, 1, "en")
