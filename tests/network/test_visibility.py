"""Who sees what of a secret group, by every way there is: for everybody outside it does not exist.

One table: what there is, by which surface, for whom. Whoever stands in a row sees it; everybody else in
`READERS` must not, and the rows' own people are the control that there was something to see.
"""

import io
import smtplib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from kernel.db import db
from kernel.errors import DomainError, NotFound
from kernel.files.models import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.models import Account
from kernel.values import clock
from network.announcements import service as announcements
from network.announcements.rules import Audience, Content, Text
from network.feeds import service as feeds
from network.library.models import LibraryRendition
from network.library.rules.catalogue import ItemVisibility
from network.packs import service as packs
from network.packs.rules import Delivery
from network.replies import service as replies
from network.subscriptions import service as subscriptions
from network.subscriptions.rules import Level
from network.topics.models import PostFile, Topic
from tests.factories import Factory
from tests.factories.library import make_published
from tests.factories.network import end_affiliations, make_group, make_guest, make_topic
from tests.kernel.inbound.conftest import listening
from tests.network.subscriptions.conftest import mailbox

__all__ = ["listening", "mailbox"]

MONDAY = datetime(2035, 2, 5, 7, 5, tzinfo=UTC)
"""Seven in the morning in London, when digests go out there."""
TITLE, WORD = "Zircon seals", "quokkaseal"
"""What is written in the group, and nowhere else in the network."""

READERS = (
    "stranger",
    "another network's administrator",
    "guest of another group",
    "member of another EMB",
    "former member",
    "secretariat",
    "guest",
    "member",
    "chair",
)
INSIDE = {"member", "chair"}
WITH_GUEST = INSIDE | {"guest"}
KNOWN = WITH_GUEST | {
    "secretariat"
}  # who keeps the groups knows of each, and reads in none of them
TOLD = INSIDE | {"secretariat"}  # who keeps the network sees every announcement

SEEN_BY: dict[tuple[str, str], set[str]] = {
    ("group", "page"): KNOWN,
    ("group", "list"): KNOWN,
    ("group", "API"): KNOWN,
    ("topic", "page"): WITH_GUEST,
    ("topic", "API"): WITH_GUEST,
    ("topic", "list"): WITH_GUEST,
    ("topic", "count"): WITH_GUEST,
    ("topic", "search"): WITH_GUEST,
    ("topic", "suggestion"): WITH_GUEST,
    ("topic", "feed"): WITH_GUEST,
    ("topic", "digest"): WITH_GUEST,
    ("topic", "export"): WITH_GUEST,
    ("topic", "attachment"): WITH_GUEST,
    ("topic", "mail in"): WITH_GUEST,
    ("library item", "page"): WITH_GUEST,
    ("library item", "API"): WITH_GUEST,
    ("library item", "list"): WITH_GUEST,
    ("library item", "search"): WITH_GUEST,
    ("library item", "export"): WITH_GUEST,
    ("library item", "attachment"): WITH_GUEST,
    ("announcement", "page"): TOLD,
    ("announcement", "API"): TOLD,
    ("announcement", "list"): TOLD,
    ("announcement", "search"): INSIDE,
}


@dataclass
class Reader:
    """Somebody with a browser and a token, signed in or not."""

    name: str
    browser: Any
    actor: Actor | None = None
    token: str = ""

    def opens(self, path: str) -> bool:
        """Whether a page is there for her."""
        status: int = self.browser.get(path).status
        return status == 200

    def reads(self, path: str, text: str = TITLE) -> bool:
        """Whether a page is there for her and says something."""
        page = self.browser.get(path)
        return page.status == 200 and text in page.text

    def asks(self, path: str) -> bool:
        """Whether the API answers her."""
        answer = self.browser.client.application.test_client().get(
            f"/api/v1{path}",
            base_url=self.browser.base_url,
            headers={"Authorization": f"Bearer {self.token}"},
        )
        return answer.status_code == 200


@dataclass
class Scene:
    """The secret group with one of everything in it, and everybody who looks for it."""

    inside: Callable[[], Any]
    run_jobs: Callable[[], list[str]]
    deliver: Callable[[str, str], None]
    mailed: dict[str, str] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)

    def sees(self, reader: Reader, thing: str, surface: str) -> bool:
        """Whether somebody sees a thing by a surface."""
        look = getattr(self, f"_{thing}_{surface}".replace(" ", "_").lower())
        return bool(look(reader))

    def _group_page(self, reader: Reader) -> bool:
        return reader.opens(f"/network/groups/{self.ids['group']}")

    def _group_list(self, reader: Reader) -> bool:
        return reader.reads("/network/groups", "Zircon circle")

    def _group_api(self, reader: Reader) -> bool:
        return reader.asks(f"/groups/{self.ids['group']}")

    def _topic_page(self, reader: Reader) -> bool:
        return reader.opens(f"/network/discussions/{self.ids['topic']}")

    def _topic_api(self, reader: Reader) -> bool:
        return reader.asks(f"/topics/{self.ids['topic']}")

    def _topic_list(self, reader: Reader) -> bool:
        return reader.reads("/network/discussions")

    def _topic_count(self, reader: Reader) -> bool:
        """A list narrowed to the group would tell that there is nothing in it."""
        return reader.opens(f"/network/discussions?group={self.ids['group']}")

    def _topic_search(self, reader: Reader) -> bool:
        return reader.reads(f"/search?q={WORD}&kind=topic")

    def _topic_suggestion(self, reader: Reader) -> bool:
        """A slip of the pen leads to the word only for who may read it."""
        return reader.reads(f"/search?q={WORD[:-1]}x", WORD)

    def _topic_feed(self, reader: Reader) -> bool:
        return reader.actor is not None and self._made(
            lambda: feeds.create_feed(reader.actor, name="Reader", group_id=self.ids["group"])  # type: ignore[arg-type]
        )

    def _topic_digest(self, reader: Reader) -> bool:
        return TITLE in self.mailed.get(reader.name, "")

    def _topic_export(self, reader: Reader) -> bool:
        return self._packed(reader, topics=[self.ids["topic"]])

    def _topic_attachment(self, reader: Reader) -> bool:
        return reader.opens(f"/network/discussions/files/{self.ids['file']}")

    def _topic_mail_in(self, reader: Reader) -> bool:
        """Whether a mail of hers to the group's address becomes a topic."""
        before = self._topics()
        self.deliver(self._address(reader), self.ids["mailbox"])
        self.run_jobs()
        return self._topics() > before

    def _library_item_page(self, reader: Reader) -> bool:
        return reader.opens(f"/network/library/{self.ids['item']}")

    def _library_item_api(self, reader: Reader) -> bool:
        return reader.asks(f"/library/{self.ids['item']}")

    def _library_item_list(self, reader: Reader) -> bool:
        return reader.reads("/network/library")

    def _library_item_search(self, reader: Reader) -> bool:
        return reader.reads(f"/search?q={WORD}&kind=library")

    def _library_item_export(self, reader: Reader) -> bool:
        return self._packed(reader, items=[self.ids["item"]])

    def _library_item_attachment(self, reader: Reader) -> bool:
        return reader.opens(f"/network/library/renditions/{self.ids['rendition']}")

    def _announcement_page(self, reader: Reader) -> bool:
        return reader.opens(f"/network/announcements/{self.ids['announcement']}")

    def _announcement_api(self, reader: Reader) -> bool:
        return reader.asks(f"/announcements/{self.ids['announcement']}")

    def _announcement_list(self, reader: Reader) -> bool:
        return reader.reads("/network/announcements")

    def _announcement_search(self, reader: Reader) -> bool:
        return reader.reads(f"/search?q={WORD}&kind=announcement")

    def _made(self, work: Callable[[], object]) -> bool:
        try:
            with self.inside():
                work()
        except DomainError:
            return False
        return True

    def _packed(self, reader: Reader, **chosen: Any) -> bool:
        """Whether a pack she asks for holds the thing."""
        actor = reader.actor
        if actor is None or reader.name.startswith("another"):
            return False
        try:
            with self.inside():
                packs.choose(actor, **chosen)
                pack_id = packs.ask(actor, delivery=Delivery.LINK).id
        except DomainError:
            return False
        self.run_jobs()
        answer = reader.browser.get(f"/network/packs/{pack_id}/file")
        if answer.status != 200:
            return False
        with zipfile.ZipFile(io.BytesIO(answer.response.data)) as archive:
            return any(TITLE.encode() in archive.read(name) for name in archive.namelist())

    def _topics(self) -> int:
        with self.inside():
            return db.session.scalar(select(func.count()).select_from(Topic)) or 0

    def _address(self, reader: Reader) -> str:
        if reader.actor is None:
            return "nobody@example.net"
        with self.inside():
            found = select(Account.address).where(Account.id == reader.actor.account_id)
            return db.session.scalar(found) or "elsewhere@example.net"


@pytest.fixture
def scene(app, factory, make_tenant, inside, browser_for, api_token, run_jobs, listening, mailbox):
    """One of everything in a secret group, and a reader of each kind."""

    def deliver(sender: str, to: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, f"Seals of {sender}"
        message["Message-ID"] = f"<{sender}>"
        message.set_content("Which seals last?")
        with listening() as port, smtplib.SMTP("127.0.0.1", port) as server:
            server.send_message(message, to_addrs=[to])

    made = Scene(inside, run_jobs, deliver)
    ghana, kenya = factory.organisation(country="GH"), factory.organisation(country="KE")
    office = factory.organisation(kind="secretariat")
    cast = {
        "chair": factory.actor("chair", organisation=ghana, roles=["member"]),
        "member": factory.actor("member", organisation=ghana, roles=["member"]),
        "former member": factory.actor("former member", organisation=ghana, roles=["member"]),
        "member of another EMB": factory.actor(
            "member of another EMB", organisation=kenya, roles=["member"]
        ),
        "secretariat": factory.actor(
            "secretariat", organisation=office, roles=["network_administrator", "member"]
        ),
    }
    librarian = factory.actor("Lea Librarian", organisation=ghana, roles=["librarian", "member"])
    with inside():
        guests = _fill(made, cast, librarian)
    people = {name: actor.person_id for name, actor in cast.items()} | guests
    cast = {name: factory.reload(person_id) for name, person_id in people.items()}
    run_jobs()
    _mail_digests(made, cast, mailbox)
    for name, actor in cast.items():
        made.readers[name] = Reader(name, browser_for(actor), actor, api_token(actor))
    made.readers["stranger"] = Reader("stranger", browser_for())
    elsewhere = Factory(app, make_tenant())
    administrator = elsewhere.actor("Adi Elsewhere", roles=["network_administrator", "member"])
    made.readers["another network's administrator"] = Reader(
        "another network's administrator",
        browser_for(administrator, host=elsewhere.tenant.host),
        administrator,
    )
    return made


def _fill(scene: Scene, cast: dict[str, Actor], librarian: Actor) -> dict[str, Any]:
    """Write one of everything; the guests' ids by their names."""
    chair = cast["chair"]
    members = [cast["member"], cast["former member"], librarian]
    group = make_group(
        cast["secretariat"], chair, members, name="Zircon circle", visibility="secret"
    )
    other = make_group(cast["secretariat"], chair, name="Another circle")
    guests = {
        "guest": make_guest(chair, group, "guest"),
        "guest of another group": make_guest(chair, other, "guest of another group"),
    }
    plan = FileStorage(io.BytesIO(b"%PDF-1.4 plan"), filename="plan.pdf")
    with clock.frozen(MONDAY - timedelta(hours=10)):
        topic = make_topic(librarian, group, TITLE, body=f"Is {WORD} any good?", files=[plan])
    item, version = make_published(
        chair,
        librarian,
        title=TITLE,
        content=f"{WORD} (fictional)".encode(),
        visibility=ItemVisibility.GROUP,
        group_id=group.id,
    )
    told = announcements.draft(
        chair,
        Content((Text("en", TITLE, f"The {WORD} has come."),), Audience(group_ids=(group.id,))),
    )
    announcements.schedule(chair, told.id, version=told.version)
    end_affiliations(cast["former member"])
    db.session.flush()
    scene.ids |= {"group": group.id, "topic": topic.id, "item": item.id, "announcement": told.id}
    scene.ids["mailbox"] = replies.group_address(group.id)
    scene.ids["file"] = db.session.scalars(
        select(StoredFile.id).join(PostFile, PostFile.file_id == StoredFile.id)
    ).one()
    scene.ids["rendition"] = db.session.scalars(
        select(LibraryRendition.id).where(LibraryRendition.version_id == version.id)
    ).one()
    return guests


def _mail_digests(scene: Scene, cast: dict[str, Actor], mailbox: Any) -> None:
    """Everybody who can wants them daily; what each was mailed, in one text."""
    for actor in cast.values():
        try:
            with scene.inside(), clock.frozen(MONDAY - timedelta(days=40)):
                subscriptions.set_level(actor, scene.ids["group"], level=Level.DAILY)
        except NotFound:
            continue
    with scene.inside(), clock.frozen(MONDAY):
        subscriptions.send_digests()
    for name, mail in mailbox():
        if "digest" in str(mail["List-Id"]):
            scene.mailed[name] = scene.mailed.get(name, "") + mail.get_content()


def test_a_secret_group_is_seen_by_its_own_people_and_by_nobody_else(scene):
    wrong = [
        f"{reader} {'sees' if sees else 'does not see'} {thing} by {surface}"
        for reader in READERS
        for (thing, surface), readers in SEEN_BY.items()
        if (sees := scene.sees(scene.readers[reader], thing, surface)) != (reader in readers)
    ]
    assert not wrong, "\n".join(wrong)
