"""A version on its way from draft to published: its words, its files, its review."""

from typing import Any
from uuid import UUID, uuid4

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, see_other
from kernel.web.forms import posted_version
from kernel.web.menu import Link
from network.library import access, schemas, service
from network.library.pages.blueprint import (
    form_page,
    item_link,
    library,
    pages,
    version_name,
    words,
)
from network.library.queries import items
from network.library.rules.versions import READABLE, VersionState
from network.library.view import may_do
from network.permissions import NetworkPermission as May


@pages.form("/<uuid:item_id>/versions/new", permission=May.LIBRARY_WRITE)
def new_version(item_id: UUID) -> ResponseReturnValue:
    """Begin the next version of an item."""
    seen = items.item_seen_by(actor(), item_id)
    access.require_keep(actor(), seen.standing)
    form = Form(schemas.VersionInput(), {"title": seen.item.title, "summary": seen.item.summary})
    return _started(
        form,
        seen,
        gettext("New version"),
        lambda data: service.start_version(actor(), item_id, **data),
    )


@pages.form("/versions/<uuid:library_version_id>/translate", permission=May.LIBRARY_WRITE)
def translate(library_version_id: UUID) -> ResponseReturnValue:
    """Begin a translation of a published version."""
    seen = items.version_seen_by(actor(), library_version_id)
    form = Form(
        schemas.VersionTranslation(),
        {"title": seen.version.title, "summary": seen.version.summary},
    )
    heading = gettext("Translate version %(number)s", number=seen.version.number)
    return _started(
        form,
        seen,
        heading,
        lambda data: service.translate(actor(), library_version_id, **data),
    )


@pages.form("/versions/<uuid:library_version_id>", permission=May.LIBRARY_SEE)
def version(library_version_id: UUID) -> ResponseReturnValue:
    """A version with its files; its authors add files here, who reviews decides here."""
    seen = items.version_seen_by(actor(), library_version_id)
    found = seen.version
    form = Form(schemas.RenditionInput(), {"language": found.language})

    def add(data: dict[str, Any]) -> object:
        return service.add_rendition(actor(), library_version_id, **data)

    if form.accepts(add):
        flash(gettext("The file was added."))
        return see_other("library.version", library_version_id=library_version_id)
    closed = found.state == "withdrawn" and not seen.standing.keeps
    files = [] if closed else items.renditions_of([found.id]).get(found.id, [])
    makers = items.makers_of(found)
    pinned = items.pinned(found)
    name = version_name(found.number, pinned.follows if pinned else None, found.language)
    return form.render(
        "network/library/version.html",
        crumbs=[library(), item_link(seen), Link(name, "")],
        seen=seen,
        item=seen.item,
        version=found,
        name=name,
        pinned=pinned,
        files=files,
        author=items.name_of(found.created_by),
        can=may_do(actor(), seen, files=len(files), makers=makers),
        is_maker=actor().person_id in makers,
        reviews=access.can_review(actor(), seen.standing),
        keeps=seen.standing.keeps,
        keys=lambda: str(uuid4()),
        **words(),
    )


@pages.form("/versions/<uuid:library_version_id>/edit", permission=May.LIBRARY_WRITE)
def edit_version(library_version_id: UUID) -> ResponseReturnValue:
    """Change the words of a draft."""
    seen = items.version_seen_by(actor(), library_version_id)
    access.require_edit(actor(), seen.standing, seen.version.created_by)
    if _too_late(seen, VersionState.DRAFT):
        return _back(seen)
    form = Form(schemas.VersionInput(), seen.version, version=seen.version.version)
    return _changed(
        form,
        seen,
        gettext("Change the draft"),
        gettext("Save"),
        lambda data: service.edit_draft(
            actor(), library_version_id, version=form.posted_version, **data
        ),
        gettext("The draft was changed."),
    )


@pages.form("/versions/<uuid:library_version_id>/return", permission=May.LIBRARY_WRITE)
def return_version(library_version_id: UUID) -> ResponseReturnValue:
    """End a review without publishing, and say why."""
    seen = items.version_seen_by(actor(), library_version_id)
    access.require_return(actor(), seen.standing, seen.version.created_by)
    if _too_late(seen, VersionState.REVIEW):
        return _back(seen)
    form = Form(schemas.VersionReason(), version=seen.version.version)
    return _changed(
        form,
        seen,
        gettext("Return to the author"),
        gettext("Return it"),
        lambda data: service.return_to_author(
            actor(), library_version_id, version=form.posted_version, **data
        ),
        gettext("The version was returned: it is a draft again."),
    )


@pages.form("/versions/<uuid:library_version_id>/withdraw", permission=May.LIBRARY_WRITE)
def withdraw(library_version_id: UUID) -> ResponseReturnValue:
    """Take back a published version, and say why."""
    seen = items.version_seen_by(actor(), library_version_id)
    access.require_keep(actor(), seen.standing)
    if _too_late(seen, *READABLE):
        return _back(seen)
    translated = bool(items.translations_of(library_version_id))
    form = Form(
        schemas.VersionWithdrawal() if translated else schemas.VersionReason(),
        {"translations": True},
        version=seen.version.version,
    )
    return _changed(
        form,
        seen,
        gettext("Withdraw the version"),
        gettext("Withdraw it"),
        lambda data: service.withdraw(
            actor(), library_version_id, version=form.posted_version, **data
        ),
        gettext("The version was withdrawn: its files are closed, and the page says why."),
    )


@pages.action("/versions/<uuid:library_version_id>/submit", permission=May.LIBRARY_WRITE)
def submit(library_version_id: UUID) -> ResponseReturnValue:
    """Hand a draft in for review."""
    service.submit(actor(), library_version_id, version=posted_version())
    flash(gettext("The version was handed in. Who reviews it was told by mail."))
    return see_other("library.version", library_version_id=library_version_id)


@pages.action("/versions/<uuid:library_version_id>/publish", permission=May.LIBRARY_REVIEW)
def publish(library_version_id: UUID) -> ResponseReturnValue:
    """Publish what somebody else made."""
    published = service.publish(actor(), library_version_id, version=posted_version())
    flash(gettext("The version was published. It never changes from now on."))
    return see_other("library.item", item_id=published.item_id)


@pages.action("/versions/<uuid:library_version_id>/discard", permission=May.LIBRARY_WRITE)
def discard(library_version_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    service.discard_draft(actor(), library_version_id, version=posted_version())
    flash(gettext("The draft was discarded."))
    return see_other("library.index")


@pages.action("/renditions/<uuid:rendition_id>/remove", permission=May.LIBRARY_WRITE)
def remove_rendition(rendition_id: UUID) -> ResponseReturnValue:
    """Take a file from a draft."""
    version_id = service.remove_rendition(actor(), rendition_id)
    flash(gettext("The file was removed."))
    return see_other("library.version", library_version_id=version_id)


def _too_late(seen: items.VersionSeen, *states: VersionState) -> bool:
    """Whether a form is opened for a version that has moved on; what is posted the service refuses."""
    return request.method == "GET" and seen.version.state not in states


def _back(seen: items.VersionSeen) -> ResponseReturnValue:
    flash(gettext("The version has moved on meanwhile: this is how it stands now."), "warn")
    return see_other("library.version", library_version_id=seen.version.id)


def _started(
    form: Form, seen: items.ItemSeen | items.VersionSeen, heading: str, start: Any
) -> ResponseReturnValue:
    made = form.outcome_of(start)
    if made is not None:
        flash(gettext("The draft was started. Add its files, then hand it in for review."))
        return see_other("library.version", library_version_id=made.id)
    return form_page(form, heading, gettext("Start the draft"), item_link(seen))


def _changed(
    form: Form, seen: items.VersionSeen, heading: str, submit: str, save: Any, done: str
) -> ResponseReturnValue:
    version_id = seen.version.id
    if form.accepts(save):
        flash(done)
        return see_other("library.version", library_version_id=version_id)
    return form_page(form, heading, submit, item_link(seen))
