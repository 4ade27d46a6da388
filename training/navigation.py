"""What stands in the sidebar: the entries of training, and the pages of the workshop at hand."""

from typing import Final
from uuid import UUID

from flask import g, request, url_for
from flask_babel import gettext

from kernel.errors import N_
from kernel.web.menu import Link, LinkGroup, Menu, may_open

SECTION: Final = "training"

ENTRIES: Final = (
    (
        N_("Workshops"),
        "workshops.index",
        N_("Every workshop of the network, its agenda, and who attended."),
    ),
    (
        N_("Placements"),
        "placements.index",
        N_("Find a placement at the secretariat, and see whether you are eligible."),
    ),
    (
        N_("My applications"),
        "applications.index",
        N_("Go on with a draft, and read what was decided about what you sent."),
    ),
    (
        N_("Alumni"),
        "alumni.index",
        N_("Everybody who took part in a workshop, and who may be found."),
    ),
    (
        N_("My record"),
        "my_record.record",
        N_("What you took part in, when you could go, and who may find you."),
    ),
)
"""Label, endpoint and what one finds there, of each entry of the section, in their order."""

TABS: Final = (
    (N_("Overview"), "workshop.overview"),
    (N_("Participants"), "participants.index"),
    (N_("Certificates"), "certificates.index"),
)
"""Label and endpoint of each page of a workshop; every endpoint takes `workshop_id`."""


def fill(menu: Menu) -> None:
    """Add the entries of the module, and those of the workshop at hand."""
    for order, (label, endpoint, about) in enumerate(ENTRIES, start=1):
        menu.add(SECTION, label, endpoint, order=order * 10, about=about)
    menu.add_group(SECTION, workshop_links)


def at_workshop(workshop_id: UUID) -> None:
    """Name the workshop at hand, on a page whose address does not."""
    g.workshop_at_hand = workshop_id


def workshop_links() -> LinkGroup:
    """The pages of the workshop at hand that the visitor may open; nothing outside a workshop."""
    workshop_id = g.get("workshop_at_hand") or (request.view_args or {}).get("workshop_id")
    if workshop_id is None:
        return LinkGroup("", [])
    return LinkGroup(
        gettext("This workshop"),
        [
            Link(
                gettext(label),
                url_for(endpoint, workshop_id=workshop_id),
                current=endpoint.partition(".")[0] == request.blueprint,
            )
            for label, endpoint in TABS
            if may_open(endpoint)
        ],
    )
