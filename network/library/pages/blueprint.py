"""What the pages of the library share: the blueprint, words, breadcrumbs, forms."""

from datetime import date
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from kernel.web import Form, Pages
from kernel.web.formats import language_name
from kernel.web.languages import translated
from kernel.web.menu import Link
from network.library.queries.items import ItemSeen, VersionSeen
from network.library.rules import catalogue, versions
from network.permissions import NetworkPermission as May

pages = Pages(
    "library",
    "network.library",
    url_prefix="/network/library",
    section="network",
    known_to=May.LIBRARY_SEE,
)


def words() -> dict[str, Any]:
    """The words every template of the library uses, in the reader's language."""
    return {
        "subjects": translated(catalogue.SUBJECT_LABELS),
        "phases": translated(catalogue.PHASE_LABELS),
        "licences": translated(catalogue.LICENCE_LABELS),
        "visibilities": translated(catalogue.VISIBILITY_LABELS),
        "formats": translated(catalogue.FORMAT_LABELS),
        "states": translated(versions.STATE_LABELS),
        "language_name": language_name,
    }


def today() -> date:
    """The day it is where the network is."""
    return clock.today(current_tenant().time_zone)


def library() -> Link:
    """The way to the list."""
    return Link(gettext("Library"), url_for("library.index"))


def item_link(seen: ItemSeen | VersionSeen) -> Link:
    """The way to an item."""
    return Link(seen.item.title, url_for("library.item", item_id=seen.item.id))


def form_page(
    form: Form, heading: str, submit: str, *above: Link, draft: str = ""
) -> ResponseReturnValue:
    """A page that is one form, and leads back to the last of those `above` it, else to the list."""
    crumbs = [library(), *above]
    return form.render(
        "network/library/form.html",
        crumbs=[*crumbs, Link(heading, "")],
        heading=heading,
        submit=submit,
        back=crumbs[-1].url,
        draft=draft,
    )


def version_name(number: int, follows: int | None, language: str) -> str:
    """What a version is called: by its number, or as the translation of one."""
    if follows is None:
        return str(gettext("Version %(number)s", number=number))
    return str(
        gettext(
            "Translation into %(language)s of version %(number)s",
            language=language_name(language),
            number=follows,
        )
    )
