"""What stands in the sidebar inside one workshop."""

from flask import request, url_for
from flask_babel import gettext

from kernel.errors import N_
from kernel.web.menu import Link, LinkGroup, may_open

TABS = (
    (N_("Overview"), "workshop.overview"),
    (N_("Participants"), "participants.index"),
    (N_("Certificates"), "certificates.index"),
)
"""Label and endpoint of each page of a workshop; every endpoint takes `workshop_id`."""


def workshop_links() -> LinkGroup:
    """The pages of the workshop at hand that the visitor may open; nothing outside a workshop."""
    workshop_id = (request.view_args or {}).get("workshop_id")
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
