"""The library of the demo: original texts that electoral staff recognise, in three languages.

One item has a second version and a translation that follows the first; one is overdue for its review;
one waits to be reviewed; four are a collection.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from demo.documents import Text, written
from demo.network import DemoFile
from demo.world import World
from kernel.values import clock
from network.library import service
from network.library.models import LibraryVersion
from network.library.queries import items
from network.library.rules.catalogue import ItemVisibility, Licence, Phase, Subject

REVIEWER: Final = "librarian"


@dataclass(frozen=True)
class DemoItem:
    """An item by the name of its text; `review_in` are the days from today to its review date."""

    text: str
    by: str
    summary: str
    subject: Subject
    phase: Phase
    forms: tuple[str, ...]
    licence: Licence = Licence.CC_BY
    country: str | None = None
    days_ago: int = 90
    review_in: int = 500
    published: bool = True


ITEMS: Final = (
    DemoItem(
        "ink.en",
        "fiji_focal",
        "Ten minutes per batch, with soap, oil and lime juice: which bottles to reject and how to prove it.",
        Subject.VOTING_OPERATIONS,
        Phase.PLANNING,
        ("pdf", "docx"),
        days_ago=400,
    ),
    DemoItem(
        "layout.en",
        "jamaica_member",
        "Shade, water and the way of a voter: a plan for halls, tents and verandas in the tropics.",
        Subject.VOTING_OPERATIONS,
        Phase.VOTING,
        ("pdf", "odt"),
    ),
    DemoItem(
        "count.en",
        "kenya_member",
        "Figures that check themselves, in messages short enough for radio, text message or satellite.",
        Subject.VOTE_COUNTING,
        Phase.RESULTS,
        ("pdf",),
    ),
    DemoItem(
        "register.en",
        "saint_lucia_member",
        "Twelve months of small tasks that keep a register true where two people keep it.",
        Subject.VOTER_REGISTRATION,
        Phase.REGISTRATION,
        ("docx",),
        country="LC",
    ),
    DemoItem(
        "seafarers.en",
        "fiji_focal",
        "How to set the last day for applications from ships, by the slowest leg that really happened.",
        Subject.VOTING_FROM_ABROAD,
        Phase.PLANNING,
        ("odt",),
        Licence.CC_BY_SA,
        days_ago=800,
        review_in=-12,
    ),
    DemoItem(
        "pv.fr",
        "cameroon_member",
        "Modèle à remplir à deux, à voix haute, au départ et au retour du matériel.",
        Subject.VOTING_OPERATIONS,
        Phase.VOTING,
        ("docx", "pdf"),
        country="CM",
    ),
    DemoItem(
        "count.ar",
        "translator",
        "من إغلاق الباب إلى تعليق المحضر: خطوات الفرز بالترتيب.",
        Subject.VOTE_COUNTING,
        Phase.RESULTS,
        ("pdf", "docx"),
    ),
    DemoItem(
        "queues.en",
        "ghana_member",
        "Three numbers that tell how many booths a polling station needs, with an example.",
        Subject.ELECTORAL_MANAGEMENT,
        Phase.PLANNING,
        ("pdf",),
        review_in=20,
    ),
    DemoItem(
        "lessons.en",
        "kenya_member2",
        "Five questions for every team within seven days, and how to write the answers so that they are used.",
        Subject.ELECTORAL_MANAGEMENT,
        Phase.POST_ELECTION,
        ("docx",),
        published=False,
    ),
)
COLLECTION: Final = ("ink.en", "layout.en", "queues.en", "pv.fr")


def load(world: World) -> None:
    """Let people write items, have them published, and a collection made of some."""
    made = {item.text: _add(world, item) for item in ITEMS}
    _translate(world, made["ink.en"], "cameroon_member", "ink.fr", days_ago=300)
    _revise(world, made["ink.en"], "fiji_focal", "ink.v2.en", ("pdf", "docx"), days_ago=30)
    _translate(world, made["queues.en"], "translator", "queues.ar", days_ago=60)
    with world.acting(REVIEWER) as reviewer:
        collection = service.create_collection(
            reviewer,
            title="Ready for polling day (demonstration)",
            language="en",
            summary="What to check, draw, count and sign before the doors open.",
        )
        for name in COLLECTION:
            service.add_to_collection(reviewer, collection.id, item_id=made[name])


def _add(world: World, item: DemoItem) -> UUID:
    text = Text.read(item.text)
    moment = clock.now() - timedelta(days=item.days_ago)
    review_on = world.today + timedelta(days=item.review_in)
    with clock.frozen(moment), world.acting(item.by) as author:
        made, draft = service.create_item(
            author,
            title=text.title,
            language=text.language,
            summary=f"{item.summary} ({text.note})",
            subject=item.subject,
            phase=item.phase,
            country=item.country,
            licence=item.licence,
            visibility=ItemVisibility.NETWORK,
            review_on=review_on,
        )
        made_id, draft_id = made.id, draft.id
    _finish(world, draft_id, item.by, text, item.forms, item.days_ago, publish=item.published)
    return made_id


def _revise(
    world: World, item_id: UUID, by: str, name: str, forms: Sequence[str], *, days_ago: int
) -> None:
    text = Text.read(name)
    with clock.frozen(clock.now() - timedelta(days=days_ago)), world.acting(by) as author:
        summary = items.item_seen_by(author, item_id).item.summary
        draft = service.start_version(
            author,
            item_id,
            title=text.title,
            summary=summary,
            notes="The bottles are tested at the temperature of a polling station.",
        )
        draft_id = draft.id
    _finish(world, draft_id, by, text, forms, days_ago)


def _translate(world: World, item_id: UUID, by: str, name: str, *, days_ago: int) -> None:
    text = Text.read(name)
    with clock.frozen(clock.now() - timedelta(days=days_ago)), world.acting(by) as author:
        source = items.standing_version(item_id, None)
        assert source is not None, "the original was published"
        draft = service.translate(
            author, source.id, language=text.language, title=text.title, summary=text.note
        )
        draft_id = draft.id
    _finish(world, draft_id, by, text, ("pdf",), days_ago)


def _finish(
    world: World,
    draft_id: UUID,
    by: str,
    text: Text,
    forms: Sequence[str],
    days_ago: int,
    *,
    publish: bool = True,
) -> None:
    """Add the files, hand the draft in, and let somebody else publish it."""
    moment = clock.now() - timedelta(days=days_ago)
    with clock.frozen(moment), world.acting(by) as author:
        for form in forms:
            file = DemoFile(f"{text.title[:60]}.{form}", io.BytesIO(written(text, form)))
            service.add_rendition(author, draft_id, language=text.language, file=file)
        service.submit(author, draft_id, version=_now(draft_id).version)
    if publish:
        with clock.frozen(moment + timedelta(days=2)), world.acting(REVIEWER) as reviewer:
            service.publish(reviewer, draft_id, version=_now(draft_id).version)


def _now(draft_id: UUID) -> LibraryVersion:
    found = items.version_of(draft_id)
    assert found is not None
    return found
