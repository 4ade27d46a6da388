"""Fills a network with one of everything, for the table of who sees what."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from kernel.db import db
from kernel.files.models import StoredFile
from kernel.identity.actor import Actor
from kernel.values import clock
from network.announcements import service as announcements
from network.announcements.rules import Audience, Content, Text
from network.groups import service as groups
from network.groups.models import Group
from network.library import service as library
from network.library.models import LibraryRendition
from network.library.rules.catalogue import ItemVisibility
from network.members import service as members
from network.moderation import service as moderation
from network.packs import service as packs
from network.packs.rules import Delivery
from network.people import service as people
from network.replies import service as replies
from network.subscriptions import service as subscriptions
from network.subscriptions.rules import Level
from network.topics import queries as topic_queries
from network.topics import service as topics
from network.topics.models import PostFile, Topic
from network.writing import service as writing
from network.writing.queries import Place
from tests.factories.library import make_published
from tests.factories.network import end_affiliations, make_group, make_guest, make_topic
from tests.kernel.files.test_pictures import photo
from tests.network.visibility.table import TITLE, WORD

MONDAY = datetime(2035, 2, 5, 7, 5, tzinfo=UTC)
"""Seven in the morning in London, when digests go out there."""


class World:
    """Writes as the chair, the member and a librarian; `ids` names what it made."""

    def __init__(self, cast: dict[str, Actor], librarian: Actor) -> None:
        self.cast, self.librarian = cast, librarian
        self.chair, self.member = cast["chair"], cast["member"]
        self.ids: dict[str, Any] = {
            "person": self.chair.person_id,
            "organisation": self.chair.organisation_ids[0],
        }

    def fill(self) -> dict[str, UUID]:
        """Write one of everything; the guests' ids by their names."""
        self._list()
        group = self._group()
        guests = {"guest": make_guest(self.chair, group, "guest")}
        with clock.frozen(MONDAY - timedelta(hours=10)):
            self._write(self._topic(group))
        self._publish(group)
        self.ids["announcement"] = self._announce(group)
        self._keep_own()
        other = self._private_group()
        guests["guest of another group"] = make_guest(self.chair, other, "guest of another group")
        groups.remove_member(self.chair, group.id, person_id=self.cast["taken out"].person_id)
        end_affiliations(self.cast["former member"])
        return guests

    def _list(self) -> None:
        """Her organisation and the chair in the directory, findable as whoever took them in left them."""
        home = self.ids["organisation"]
        members.change_member(self.cast["secretariat"], home, 1, {"region": "Africa"})
        people.make_findable(self.chair.person_id)

    def _group(self) -> Group:
        members = [self.cast[name] for name in ("member", "former member", "taken out")]
        keeper = self.cast["secretariat"]
        named = {"name": "Zircon circle", "visibility": "secret"}
        group = make_group(keeper, self.chair, [*members, self.librarian], **named)
        with clock.frozen(MONDAY - timedelta(days=40)):
            for actor in (self.chair, *members):
                subscriptions.set_level(actor, group.id, level=Level.DAILY)
        self.ids |= {"group": group.id, "mailbox": replies.group_address(group.id)}
        return group

    def _topic(self, group: Group) -> Topic:
        files = [
            FileStorage(io.BytesIO(b"%PDF-1.4 plan"), "plan.pdf"),
            FileStorage(photo(), "a.jpg"),
        ]
        topic = make_topic(self.librarian, group, TITLE, body="Said first.", files=files)
        db.session.flush()
        stored = db.session.execute(
            select(StoredFile.name, PostFile.file_id).join(
                PostFile, PostFile.file_id == StoredFile.id
            )
        )
        by_name = {row.name: row.file_id for row in stored}
        self.ids |= {"topic": topic.id, "file": by_name["plan.pdf"], "picture": by_name["a.jpg"]}
        self.ids["post"] = topic_queries.first_post_id(topic.id)
        return topic

    def _write(self, topic: Topic) -> None:
        """What becomes of posts: changed, translated, hidden, taken back, waiting."""
        first, said = self.ids["post"], {"language": "en"}
        body = f"Is {WORD} any good?"
        topics.edit_post(self.librarian, first, version=1, body=body, **said)
        topics.add_translation(self.chair, first, language="fr", body="Dit en français.")
        hidden = topics.reply(self.librarian, topic.id, body="It was hidden by the chair.", **said)
        moderation.hide_post(self.chair, hidden.id, reason="Not here, please.")
        gone = topics.reply(self.librarian, topic.id, body="It was taken back.", **said)
        topics.remove_post(self.librarian, gone.id)
        keeper = self.cast["secretariat"]
        held = moderation.set_policy(keeper, version=0, first_posts_held=1)
        db.session.flush()
        topics.reply(self.member, topic.id, body="It waits for a moderator.", **said)
        moderation.set_policy(keeper, version=held.version, first_posts_held=0)

    def _publish(self, group: Group) -> None:
        shared = {"visibility": ItemVisibility.GROUP, "group_id": group.id}
        content = f"{WORD} (fictional)".encode()
        item, version = make_published(
            self.chair, self.librarian, title=TITLE, content=content, **shared
        )
        own, _ = make_published(
            self.chair,
            self.librarian,
            title="Wombat rota",
            visibility=ItemVisibility.ORGANISATION,
        )
        db.session.flush()
        collection = library.create_collection(self.librarian, title="Sealing", language="en")
        files = select(LibraryRendition.id).where(LibraryRendition.version_id == version.id)
        self.ids |= {"item": item.id, "own": own.id, "collection": collection.id}
        self.ids["rendition"] = db.session.scalars(files).one()

    def _announce(self, group: Group, title: str = TITLE, body: str = WORD) -> UUID:
        text = Text("en", title, f"The {body} has come.")
        told = announcements.draft(self.chair, Content((text,), Audience(group_ids=(group.id,))))
        announcements.schedule(self.chair, told.id, version=told.version)
        return told.id

    def _keep_own(self) -> None:
        """What the member keeps to herself: a draft, a bookmark, a pack."""
        topic_id = self.ids["topic"]
        writing.save_draft(self.member, Place(topic_id=topic_id), body="Half a thought.")
        topics.set_bookmark(self.member, self.ids["post"])
        packs.choose(self.member, topics=[topic_id])
        self.ids["pack"] = packs.ask(self.member, delivery=Delivery.LINK).id

    def _private_group(self) -> Group:
        """A group everybody knows of, somebody who asks to join and somebody who is invited."""
        named = {"name": "Numbat circle", "joining": "on_request"}
        group = make_group(self.cast["secretariat"], self.chair, [self.member], **named)
        topic = make_topic(self.chair, group, "Numbat question", body="Does numbatink hold?")
        asked = groups.ask_to_join(
            self.cast["member of another EMB"], group.id, reason="We count too."
        )
        guest_group = make_group(self.cast["secretariat"], self.chair, name="Another circle")
        groups.invite(self.chair, group.id, person_id=self.cast["taken out"].person_id)
        self.ids |= {"private": group.id, "private_topic": topic.id, "request": asked.id}
        self.ids["to_private"] = self._announce(group, "Numbat news", "numbat")
        open_group = make_group(
            self.cast["secretariat"], self.chair, [self.member], name="Quolls", visibility="open"
        )
        self.ids["to_open"] = self._announce(open_group, "Quoll news", "quoll")
        return guest_group
