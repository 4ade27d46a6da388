"""The list of the library, an item, adding one, filing it, and handing it on."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.files import respond
from kernel.web import Form, actor, render, see_other
from kernel.web.formats import language_name
from kernel.web.languages import language, translated
from kernel.web.menu import Link
from kernel.web.routes import addresses
from network.finding import people_to_choose
from network.groups import queries as groups
from network.library import access, schemas, service
from network.library.pages.blueprint import (
    form_page,
    item_link,
    library,
    pages,
    today,
    version_name,
    words,
)
from network.library.queries import items, lists, uses
from network.library.rules import catalogue
from network.library.rules.versions import review_due
from network.library.view import file_table, versions_shown
from network.permissions import NetworkPermission as May
from network.side import groups_of_visitor

_FILTERS = ("words", "subject", "phase", "country", "written_in", "format", "only")


@pages.page("", permission=May.LIBRARY_SEE)
def index() -> ResponseReturnValue:
    """The items one may see."""
    asked = {name: request.args.get(name, "").strip()[:200] for name in _FILTERS}
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    day = today()
    found = lists.item_page(actor(), _narrowed(asked, day), language=language(), page=page)
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value}

    def turned(number: int) -> str:
        return url_for("library.index", page=number, **kept)

    return render(
        "network/library/index.html",
        items=found.items,
        asked=asked,
        narrowed=bool(kept),
        address=addresses("library.item", "item_id"),
        review_due=lambda review_on: review_due(review_on, day).value,
        page_number=page,
        previous=turned(page - 1) if page > 1 else "",
        next=turned(page + 1) if found.has_more else "",
        countries=_countries(),
        languages=[(code, language_name(code)) for code in schemas.LANGUAGES],
        can_write=access.can_write(actor()),
        can_pack=actor().can(May.PACKS_MAKE),
        key=str(uuid4()),
        **words(),
    )


def _narrowed(asked: dict[str, str], day: date) -> lists.ItemFilter:
    only = asked["only"]
    return lists.ItemFilter(
        mine=only == "mine",
        overdue_on=day if only == "overdue" else None,
        **{name: asked[name] for name in _FILTERS if name != "only"},
    )


@pages.form("/new", permission=May.LIBRARY_WRITE)
def new() -> ResponseReturnValue:
    """Add an item."""
    form = Form(
        schemas.ItemInput(),
        {
            "language": language(),
            "licence": catalogue.Licence.CC_BY,
            "visibility": catalogue.ItemVisibility.NETWORK,
            "review_on": _in_two_years(today()),
        },
        choices=_filing_choices(),
    )
    made = form.outcome_of(lambda data: service.create_item(actor(), **data)[1])
    if made is not None:
        flash(gettext("The item was added as a draft. Add its files, then hand it in for review."))
        return see_other("library.version", library_version_id=made.id)
    return form_page(form, gettext("New item"), gettext("Save as a draft"), draft="library-new")


@pages.page("/<uuid:item_id>", permission=May.LIBRARY_SEE)
def item(item_id: UUID) -> ResponseReturnValue:
    """An item: what stands now, its versions and translations, who uses it."""
    seen = items.item_seen_by(actor(), item_id)
    shown = versions_shown(actor(), seen)
    group_id = seen.item.group_id
    return render(
        "network/library/item.html",
        crumbs=[library(), Link(seen.item.title, "")],
        seen=seen,
        item=seen.item,
        versions=[version for version in shown if version.pinned is None],
        translations=[version for version in shown if version.pinned is not None],
        is_being_made=any(version.is_open and version.pinned is None for version in shown),
        table=file_table(items.published_files(actor(), item_id)),
        version_name=version_name,
        due=review_due(seen.item.review_on, today()).value,
        group=groups.name_of(group_id) if group_id else "",
        uses=uses.uses_of(actor(), item_id),
        collections=lists.collections_of(item_id),
        keeps=access.can_keep(actor(), seen.standing),
        can_pack=actor().can(May.PACKS_MAKE),
        keys=lambda: str(uuid4()),
        **words(),
    )


@pages.form("/<uuid:item_id>/edit", permission=May.LIBRARY_WRITE)
def edit(item_id: UUID) -> ResponseReturnValue:
    """File an item anew."""
    seen = items.item_seen_by(actor(), item_id)
    access.require_keep(actor(), seen.standing)
    form = Form(
        schemas.FilingInput(),
        seen.item,
        version=seen.item.version,
        choices=_filing_choices(seen.item.group_id),
    )

    def save(data: dict[str, Any]) -> object:
        return service.update_item(actor(), item_id, version=form.posted_version, **data)

    if form.accepts(save):
        flash(gettext("The item was changed."))
        return see_other("library.item", item_id=item_id)
    return form_page(
        form, gettext("Subject, licence, review date"), gettext("Save"), item_link(seen)
    )


@pages.form("/<uuid:item_id>/owner", permission=May.LIBRARY_WRITE)
def owner(item_id: UUID) -> ResponseReturnValue:
    """Give an item another owner."""
    seen = items.item_seen_by(actor(), item_id)
    access.require_keep(actor(), seen.standing)
    form = Form(
        schemas.OwnerInput(),
        {"person_id": seen.item.owner_id},
        version=seen.item.version,
        people={"person_id": people_to_choose()},
    )

    def save(data: dict[str, Any]) -> object:
        return service.hand_over(
            actor(), item_id, version=form.posted_version, owner_id=data["person_id"]
        )

    if form.accepts(save):
        flash(gettext("The item has a new owner."))
        return see_other("library.item", item_id=item_id)
    return form_page(form, gettext("Change the owner"), gettext("Save"), item_link(seen))


@pages.page("/renditions/<uuid:rendition_id>", permission=May.LIBRARY_SEE)
def rendition(rendition_id: UUID) -> ResponseReturnValue:
    """A file of a version, as a download."""
    return respond(items.rendition_seen_by(actor(), rendition_id).file)


def _filing_choices(current: UUID | None = None) -> dict[str, list[tuple[str, str]]]:
    """The reader's own groups, and the one an item is shared with already."""
    own = [
        (str(group.id), group.name)
        for group in groups_of_visitor()
        if group.mine or group.id == current
    ]
    # Nothing is chosen beforehand: what an item is filed under is somebody's decision.
    return {
        "group_id": [("", gettext("No group")), *own],
        "subject": [("", ""), *translated(catalogue.SUBJECT_LABELS).items()],
        "phase": [("", ""), *translated(catalogue.PHASE_LABELS).items()],
        "country": [("", ""), *_countries()],
    }


def _countries() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language."""
    return list(schemas.ItemListQuery().fields["country"].form_choices())  # type: ignore[attr-defined]


def _in_two_years(day: date) -> date:
    """The same day two years on; of a 29 February the 28th."""
    try:
        return day.replace(year=day.year + 2)
    except ValueError:
        return day.replace(year=day.year + 2, day=28)
