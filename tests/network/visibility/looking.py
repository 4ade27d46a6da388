"""How a reader looks for a thing: one address for most, a method for the rest."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from kernel.db import db
from kernel.errors import DomainError
from kernel.identity.actor import Actor
from kernel.identity.models import Account
from network.feeds import service as feeds
from network.packs import service as packs
from network.packs.rules import Delivery
from network.topics.models import Topic
from tests.network.visibility.table import TITLE, WORD

PAGES: dict[tuple[str, str], tuple[str, str]] = {
    ("group", "page"): ("/network/groups/{group}", ""),
    ("group", "list"): ("/network/groups", "Zircon circle"),
    ("group", "search"): (f"/search?q={WORD}", "Zircon circle"),
    ("topic", "page"): ("/network/discussions/{topic}", ""),
    ("topic", "list"): ("/network/discussions", TITLE),
    ("topic", "list of its group"): ("/network/discussions?group={group}", TITLE),
    ("topic", "search"): (f"/search?q={WORD}&kind=topic", TITLE),
    ("topic", "search in its group"): (f"/search?q={WORD}&group={{group}}", TITLE),
    # A slip of the pen leads to the word only for who may read it.
    ("topic", "suggestion"): (f"/search?q={WORD[:-1]}x", WORD),
    ("topic", "attachment"): ("/network/discussions/files/{file}", ""),
    ("topic", "inline picture"): ("/network/discussions/files/{picture}/picture", ""),
    ("library item", "page"): ("/network/library/{item}", ""),
    ("library item", "list"): ("/network/library", TITLE),
    ("library item", "search"): (f"/search?q={WORD}&kind=library", TITLE),
    ("library item", "attachment"): ("/network/library/renditions/{rendition}", ""),
    ("announcement", "page"): ("/network/announcements/{announcement}", ""),
    ("announcement", "list"): ("/network/announcements", TITLE),
    ("announcement", "search"): (f"/search?q={WORD}&kind=announcement", TITLE),
    ("pending reply", "page"): ("/network/discussions/{topic}", "It waits for a moderator."),
    ("hidden reply", "page"): ("/network/discussions/{topic}", "It was hidden by the chair."),
    ("deleted reply", "page"): ("/network/discussions/{topic}", "It was taken back."),
    ("earlier version", "page"): ("/network/discussions/posts/{post}/versions", "Said first."),
    ("translation", "page"): ("/network/discussions/posts/{post}/translations", "Dit en français."),
    ("draft", "page"): ("/network/writing/drafts", "Half a thought."),
    ("bookmark", "page"): ("/network/discussions/bookmarks", TITLE),
    ("pack", "page"): ("/network/packs/{pack}", ""),
    ("person", "page"): ("/network/people/{person}", ""),
    ("person", "list"): ("/network/people?q=chair", "chair"),
    ("person", "search"): ("/search?q=chair&kind=person", "People · 1"),
    ("person", "export"): ("/network/people/export.csv?q=chair", "chair"),
    ("organisation", "page"): ("/network/members/{organisation}", ""),
    ("organisation", "list"): ("/network/members?q=ghana", "Ghana"),
    ("organisation", "search"): ("/search?q=ghana&kind=member", "Members · 1"),
    ("organisation", "export"): ("/network/members/export.csv?q=ghana", "Ghana"),
    ("collection", "page"): ("/network/library/collections/{collection}", ""),
    ("item of the EMB", "page"): ("/network/library/{own}", ""),
    ("item of the EMB", "list"): ("/network/library", "Wombat rota"),
    ("item of the EMB", "search"): ("/search?q=wombat", "Wombat rota"),
    ("private group", "page"): ("/network/groups/{private}", ""),
    ("private group", "list"): ("/network/groups", "Numbat circle"),
    ("topic of the private group", "page"): ("/network/discussions/{private_topic}", ""),
    ("topic of the private group", "search"): ("/search?q=numbatink", "Numbat question"),
    ("announcement to the private group", "page"): ("/network/announcements/{to_private}", ""),
    ("announcement to the private group", "list"): ("/network/announcements", "Numbat news"),
    ("announcement to an open group", "page"): ("/network/announcements/{to_open}", ""),
    ("announcement to an open group", "list"): ("/network/announcements", "Quoll news"),
    ("announcement to an open group", "trail"): ("/admin/audit", "Quoll news"),
    ("what is written in the group", "trail"): ("/admin/audit", TITLE),
    ("join request", "page"): ("/network/groups/requests/{request}", ""),
    ("invitation", "page"): ("/network/groups/{private}", "You are invited into this group."),
}
API = {
    ("group", "API"): "/groups/{group}",
    ("topic", "API"): "/topics/{topic}",
    ("library item", "API"): "/library/{item}",
    ("announcement", "API"): "/announcements/{announcement}",
    ("person", "API"): "/directory/people/{person}",
    ("organisation", "API"): "/members/{organisation}",
}
COUNTED = {
    ("topic", "count"): ("topic", WORD),
    ("library item", "count"): ("library", WORD),
    ("announcement", "count"): ("announcement", WORD),
    ("person", "count"): ("person", "chair"),
    ("organisation", "count"): ("member", "ghana"),
}


@dataclass
class Reader:
    """Somebody with a browser and a token at her own network; a stranger has neither person nor token."""

    name: str
    browser: Any
    actor: Actor | None = None
    token: str = ""

    def reads(self, path: str, text: str) -> bool:
        """Whether a page is there for her and says something."""
        page = self.browser.get(path)
        is_page = page.response.mimetype == "text/html"
        return page.status == 200 and (not text or text in (page.text if is_page else page.html))

    def asks(self, path: str) -> Any:
        """What the API answers her; None where it does not."""
        answer = self.browser.client.application.test_client().get(
            f"/api/v1{path}",
            base_url=self.browser.base_url,
            headers={"Authorization": f"Bearer {self.token}"},
        )
        return answer.get_json() if answer.status_code == 200 else None


@dataclass
class Scene:
    """One of everything, and everybody who looks for it. `within(actor)` is a block of her network."""

    within: Callable[[Actor], Any]
    run_jobs: Callable[[], object]
    deliver: Callable[[str, str], None]
    author: Actor
    mailed: dict[str, str] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)

    def sees(self, reader: Reader, cell: tuple[str, str]) -> bool:
        """Whether somebody sees a thing by a surface."""
        if cell in PAGES:
            path, text = PAGES[cell]
            return reader.reads(path.format(**self.ids), text)
        if cell in API:
            return reader.asks(API[cell].format(**self.ids)) is not None
        if cell in COUNTED:
            kind, word = COUNTED[cell]
            return {"kind": kind, "count": 1} in (reader.asks(f"/search/counts?q={word}") or [])
        if reader.actor is None:
            return cell == ("topic", "mail in") and self._mails_in("nobody@example.net")
        look = getattr(self, "_" + "_".join(cell).replace(" ", "_"))
        return bool(look(reader, reader.actor))

    def _topic_digest(self, reader: Reader, _actor: Actor) -> bool:
        return TITLE in self.mailed[reader.name]

    def _topic_feed(self, reader: Reader, actor: Actor) -> bool:
        """By a feed of the group, or where she gets none, by one of all her groups."""
        with self.within(actor):
            try:
                feed = feeds.create_feed(actor, name="One", group_id=self.ids["group"])
            except DomainError:
                if reader.name == "former member":
                    return False
                feed = feeds.create_feed(actor, name="All", group_id=None)
        answer = reader.browser.get(urlsplit(feed.address).path).response
        assert answer.status_code == 200
        return TITLE in answer.get_data(as_text=True)

    def _topic_export(self, reader: Reader, actor: Actor) -> bool:
        return self._packed(reader, actor, topics=[self.ids["topic"]])

    def _library_item_export(self, reader: Reader, actor: Actor) -> bool:
        return self._packed(reader, actor, items=[self.ids["item"]])

    def _topic_mail_in(self, _reader: Reader, actor: Actor) -> bool:
        with self.within(actor):
            found = select(Account.address).where(Account.id == actor.account_id)
            address = db.session.scalars(found).one()
        return self._mails_in(address)

    def _mails_in(self, address: str) -> bool:
        """Whether a mail to the group's address becomes a topic."""
        before = self._topics()
        self.deliver(address, self.ids["mailbox"])
        self.run_jobs()
        return self._topics() > before

    def _packed(self, reader: Reader, actor: Actor, **chosen: Any) -> bool:
        """Whether a pack she asks for holds the thing."""
        try:
            with self.within(actor):
                packs.choose(actor, **chosen)
                pack_id = packs.ask(actor, delivery=Delivery.LINK).id
        except DomainError:
            return False
        self.run_jobs()
        answer = reader.browser.get(f"/network/packs/{pack_id}/file").response
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            return any(TITLE.encode() in archive.read(name) for name in archive.namelist())

    def _topics(self) -> int:
        with self.within(self.author):
            return db.session.scalar(select(func.count()).select_from(Topic)) or 0
