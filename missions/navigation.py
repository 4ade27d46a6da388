"""What stands in the sidebar inside one mission."""

from flask import request, url_for
from flask_babel import gettext

from kernel.errors import N_
from kernel.web.menu import Link, LinkGroup, may_open

TABS = (
    (N_("Overview"), "mission.overview"),
    (N_("Plan"), "plan.index"),
    (N_("Team"), "team.index"),
    (N_("Budget"), "budgets.show"),
)
"""Label and endpoint of each page of a mission; every endpoint takes `mission_id`."""


def mission_links() -> LinkGroup:
    """The pages of the mission at hand that the visitor may open; nothing outside a mission."""
    mission_id = (request.view_args or {}).get("mission_id")
    if mission_id is None:
        return LinkGroup("", [])
    return LinkGroup(
        gettext("This mission"),
        [
            Link(
                gettext(label),
                url_for(endpoint, mission_id=mission_id),
                current=endpoint.partition(".")[0] == request.blueprint,
            )
            for label, endpoint in TABS
            if may_open(endpoint)
        ],
    )
