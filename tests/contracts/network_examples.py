"""Some of everything that the network keeps, for the example network."""

import io
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, time, timedelta

from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.models import Affiliation, Person
from kernel.values import clock
from network.announcements import service as announcements
from network.announcements.rules import Audience, Content, Text
from network.applications import service as applications
from network.applications.rules import Kind, Letter
from network.feeds import service as feeds
from network.groups import service as groups
from network.groups.models import Group, GroupSeat
from network.groups.rules import Joining
from network.moderation import service as moderation
from network.moderation.models import Flag
from network.moderation.rules import FlagReason
from network.subscriptions import service as subscriptions
from network.subscriptions.rules import Level, Rhythm
from network.topics import service as topics
from network.topics.models import Post, Topic
from network.topics.rules import ReactionKind
from network.writing import service as writing
from tests.contracts.library_examples import LIBRARY_TABLES, crowd_library, populate_library
from tests.factories.network import make_group, make_topic

NETWORK_TABLES: dict[str, str] = {
    "feed_id": "network.feed",
    "draft_id": "network.draft",
    "announcement_id": "network.announcement",
    "sent_announcement_id": "network.announcement where state = 'sent'",
    "file_id": "kernel.stored_file join network.post_file on file_id = stored_file.id",
    "group_id": 'network."group"',
    "membership_application_id": "network.membership_application",
    "group_invitation_id": "network.group_invitation",
    "guest_invitation_id": "network.guest_invitation",
    "outside_id": "kernel.person where name like 'Outside Fictional%'",
    "post_id": "network.post",
    "reply_id": "network.post where in_reply_to_id is not null",
    "reported_file_id": (
        "kernel.stored_file join network.post_file on file_id = stored_file.id"
        " join network.flag on flag.post_id = post_file.post_id"
    ),
    "reported_post_id": "network.post join network.flag on flag.post_id = post.id",
    "request_id": "network.join_request",
    "seat_id": "network.group_seat",
    "topic_id": "network.topic",
    **LIBRARY_TABLES,
    "into_topic_id": "network.topic",
    "translation_id": "network.post_translation",
}
"""Where the objects of the network lie that a parameter of an address stands for."""

SENT = {"announcement_id": "sent_announcement_id"}
REPORTED = {"post_id": "reported_post_id", "file_id": "reported_file_id"}
OF_ROUTES = {
    "moderation": REPORTED,
    "api_moderation": REPORTED,
    "announcements.announcement": SENT,
    "api_announcements.get_announcement": SENT,
    "api_announcements.get_tally": SENT,
    "api_announcements.list_recipients": SENT,
}
"""Objects for the parameters of a blueprint or a route where the first of their kind would not do: nobody
decides on a post of her own, and a draft has no recipients."""


def populate_network(actor: Actor, colleague: Actor, number: int) -> None:
    """One of everything, through the services."""
    group = make_group(actor, actor, [colleague], name=f"Group {number}", kind="steering_committee")
    _invite_guest(actor, group, f"Gita Fictional {number}")
    _topic(actor, colleague, group)
    _draft(actor, group)
    _mail(actor, group, number)
    _door(actor, colleague, number)
    populate_library(actor, colleague, group, number)
    applications.receive(
        Letter(
            Kind.PARTNER,
            f"Regional body {number} (fictional)",
            None,
            "To learn from each other.",
            "Applicant Fictional",
            f"applicant{number}@example.org",
            "en",
        )
    )
    _announcements(actor, number)


def _announcements(actor: Actor, number: int) -> None:
    """A draft, and one that was sent to everybody and is to be acknowledged."""
    texts, everybody = (Text("en", f"Ink recall {number}", "Send it."),), Audience(everybody=True)
    announcements.draft(actor, Content(texts, everybody))
    due_on = clock.today("UTC") + timedelta(days=7)
    sent = announcements.draft(
        actor, Content(texts, everybody, must_acknowledge=True, due_on=due_on)
    )
    db.session.flush()
    announcements.schedule(actor, sent.id, version=sent.version)
    announcements.send(sent.id)


def crowd_network(actor: Actor, colleague: Actor, members: Sequence[Actor]) -> None:
    """More members of the first group, and more answers in its first topic, each with all that is set on it."""
    topic = db.session.scalars(select(Topic).order_by(Topic.id)).first()
    assert topic is not None
    crowd_library(actor, colleague, len(members))
    tags = ["indelible ink", "sea", "tropics"]
    topics.tag_topic(actor, topic.id, version=topic.version, tags=tags)
    mine = select(Post).where(Post.topic_id == topic.id).order_by(Post.id)
    first, *_ = db.session.scalars(mine)
    for body in ("Does it hold in the rain?", "Does it hold in the heat?"):
        topics.edit_post(actor, first.id, version=first.version, body=body, language="en")
        db.session.flush()
    reported = db.session.scalars(select(Flag.post_id).order_by(Flag.post_id)).first()
    assert reported is not None
    for language in ("ar", "pt"):
        topics.add_translation(colleague, first.id, language=language, body="…")
    for member in members:
        groups.add_member(actor, topic.group_id, person_id=member.person_id)
        db.session.flush()
        _reported(actor, member, topic)
        moderation.flag_post(member, reported, reason=FlagReason.OTHER)
        answer = topics.reply(
            member, topic.id, body="So it is.", language="en", files=[_picture("ink.png")]
        )
        db.session.flush()
        topics.add_translation(colleague, answer.id, language="fr", body="En effet.")
        topics.react(colleague, answer.id, kind=ReactionKind.THANKS)
        topics.set_bookmark(actor, answer.id)


def crowd_door(actor: Actor, asking: Sequence[Actor], invited: Sequence[Actor]) -> None:
    """More who wait at the door of the first group, and more seats in it."""
    group = db.session.scalars(select(Group).order_by(Group.id)).first()
    assert group is not None
    groups.update_group(actor, group.id, version=group.version, joining=Joining.ON_REQUEST)
    for number, (asker, other) in enumerate(zip(asking, invited, strict=True)):
        groups.ask_to_join(asker, group.id, reason="To compare inks.")
        groups.invite(actor, group.id, person_id=other.person_id)
        groups.add_seat(actor, group.id, organisation_id=other.organisation_ids[0])
        _invite_guest(actor, group, f"Gus Fictional {number}")


def _invite_guest(actor: Actor, group: Group, name: str) -> None:
    address = f"{name.replace(' ', '.').lower()}@example.org"
    last_day = clock.today("UTC") + timedelta(days=30)
    groups.invite_guest(actor, group.id, name=name, address=address, last_day=last_day)


def _door(actor: Actor, colleague: Actor, number: int) -> None:
    """A group into which somebody asks and is invited, one with a seat, and somebody in neither."""
    group = make_group(actor, actor, name=f"Asked {number}", joining="on_request")
    groups.ask_to_join(colleague, group.id, reason="To compare inks.")
    groups.invite(actor, group.id, person_id=colleague.person_id, message="Join us.")
    steering = make_group(actor, actor, name=f"Steering {number}", kind="steering_committee")
    outside = Person(name=f"Outside Fictional {number}", sort_key=f"outside fictional {number}")
    organisation_id = actor.organisation_ids[0]
    db.session.add_all(
        [
            GroupSeat(
                group_id=steering.id, organisation_id=organisation_id, holder_id=actor.person_id
            ),
            outside,
        ]
    )
    db.session.flush()
    db.session.add(
        Affiliation(
            person_id=outside.id, organisation_id=organisation_id, began_on=date(2026, 1, 1)
        )
    )


def _mail(actor: Actor, group: Group, number: int) -> None:
    """What comes by mail, and feeds."""
    subscriptions.set_level(actor, group.id, level=Level.DAILY)
    feeds.create_feed(actor, name=f"Reader {number}", group_id=group.id)
    if number == 0:
        usual = asdict(Rhythm()) | {"quiet_from": time(20), "quiet_to": time(7)}
        subscriptions.save_rhythm(actor, version=0, **usual)
    db.session.flush()


def _draft(actor: Actor, group: Group) -> None:
    """An answer that is being written, in a topic where nothing else is posted."""
    topic = make_topic(actor, group, "Seals", body="Which seals last?")
    writing.save_draft(actor, writing.Place(topic_id=topic.id), body="Those of")


def _topic(actor: Actor, colleague: Actor, group: Group) -> None:
    """A question with a picture, edited once, with all that people set on it, and an answer."""
    topic = make_topic(actor, group, files=[_picture("seal.png")])
    db.session.flush()
    post = db.session.scalars(select(Post).where(Post.topic_id == topic.id)).one()
    topics.edit_post(
        actor, post.id, version=post.version, body="Does it hold at sea?", language="en"
    )
    answer = topics.reply(colleague, topic.id, body="It does.", language="en", in_reply_to=post.id)
    _reported(actor, colleague, topic)
    topics.mark_read(actor, answer.id)
    topics.add_translation(colleague, post.id, language="fr", body="Tient-elle en mer ?")
    topics.react(colleague, post.id, kind=ReactionKind.THANKS)
    topics.set_bookmark(actor, post.id)
    topics.tag_topic(actor, topic.id, version=topic.version, tags=["indelible ink"])


def _reported(actor: Actor, colleague: Actor, topic: Topic) -> None:
    """An answer with a picture, which somebody reported."""
    answer = topics.reply(
        colleague, topic.id, body="Look.", language="en", files=[_picture("stamp.png")]
    )
    db.session.flush()
    moderation.flag_post(actor, answer.id, reason=FlagReason.OTHER)


def _picture(name: str) -> FileStorage:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(picture, "PNG")
    picture.seek(0)
    return FileStorage(picture, name)
