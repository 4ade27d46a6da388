"""Pages of packs: what is chosen, choosing topics, and one pack on its way."""

from uuid import UUID, uuid4

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.errors import NotFound
from kernel.files import respond
from kernel.web import Form, Pages, actor, render, see_other
from kernel.web.languages import language
from kernel.web.menu import Link
from network.library.queries.lists import items_by_id
from network.packs import queries, rules, schemas, service
from network.permissions import NetworkPermission as May

pages = Pages(
    "packs",
    __name__,
    url_prefix="/network/packs",
    section="network",
    known_to=May.PACKS_MAKE,
)


@pages.form("", permission=May.PACKS_MAKE)
def index() -> ResponseReturnValue:
    """What is chosen for the next pack, asking for it, and the packs asked for before."""
    chosen = queries.chosen(actor())
    form = Form(
        schemas.PackInput(),
        {"delivery": rules.Delivery.LINK, "part_size": rules.PartSize.TWO},
    )
    asked = form.outcome_of(lambda data: service.ask(actor(), language=language(), **data))
    if asked is not None:
        return see_other("packs.pack", pack_id=asked.id)
    items = items_by_id(actor(), chosen.items, language=language())
    topics = queries.topics_named(actor(), chosen.topics)
    return form.render(
        "network/packs/index.html",
        items=items,
        topics=topics,
        not_mailed=queries.not_mailed(items, topics),
        packs=queries.packs_of(actor()),
        keys=lambda: str(uuid4()),
    )


@pages.page("/topics", permission=May.PACKS_MAKE)
def topics() -> ResponseReturnValue:
    """Topics to tick for the next pack."""
    words = request.args.get("words", "").strip()[:200]
    return render(
        "network/packs/topics.html",
        crumbs=[_packs(), Link(gettext("Choose topics"), "")],
        topics=queries.topics_offered(actor(), words),
        chosen=queries.chosen(actor()).topics,
        words=words,
        keys=lambda: str(uuid4()),
    )


@pages.action("/choose", permission=May.PACKS_MAKE)
def choose() -> ResponseReturnValue:
    """Add what was ticked to the next pack."""
    items, topics = _ticked("item"), _ticked("topic")
    if not items and not topics:
        flash(gettext("Tick the items or topics you want first."), "warn")
        return see_other("packs.index")
    count = service.choose(actor(), items=items, topics=topics)
    flash(
        ngettext(
            "Your pack holds %(num)s item or topic now.",
            "Your pack holds %(num)s items and topics now.",
            count,
        )
    )
    return see_other("packs.index")


@pages.action("/drop", permission=May.PACKS_MAKE)
def drop() -> ResponseReturnValue:
    """Take something out of the next pack."""
    service.drop(actor(), items=_ticked("item"), topics=_ticked("topic"))
    return see_other("packs.index")


@pages.page("/<uuid:pack_id>", permission=May.PACKS_MAKE)
def pack(pack_id: UUID) -> ResponseReturnValue:
    """A pack on its way, or ready."""
    found = queries.pack_of(actor(), pack_id)
    running = found.state == rules.PackState.WAITING
    return render(
        "network/packs/pack.html",
        crumbs=[_packs(), Link(gettext("Pack"), "")],
        pack=found,
        running=running,
        seen=None if running else queries.still_seen(actor(), found),
        key=str(uuid4()),
    )


@pages.page("/<uuid:pack_id>/file", permission=May.PACKS_MAKE)
def file(pack_id: UUID) -> ResponseReturnValue:
    """The ZIP archive of one's own pack."""
    return respond(service.file_to_fetch(actor(), pack_id))


def _ticked(name: str) -> list[UUID]:
    """The ids a form posted under a name; what is no id names nothing."""
    try:
        return [UUID(value) for value in request.form.getlist(name)]
    except ValueError:
        raise NotFound from None


def _packs() -> Link:
    return Link(gettext("Your pack"), url_for("packs.index"))
