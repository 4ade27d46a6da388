"""The part of the sidebar that is the visitor's own: her groups."""

from uuid import UUID

from flask import g, request, url_for
from flask_babel import gettext

from kernel.web import actor
from kernel.web.menu import Link, LinkGroup
from network.groups.queries import groups_of


def groups_of_visitor() -> list[tuple[UUID, str]]:
    """The groups the visitor belongs to; asked for once per request."""
    if "groups_of_visitor" not in g:
        g.groups_of_visitor = [(row.id, row.name) for row in groups_of(actor())]
    found: list[tuple[UUID, str]] = g.groups_of_visitor
    return found


def my_groups() -> LinkGroup:
    """Her groups, each leading to its discussions."""
    chosen = request.args.get("group") if request.endpoint == "topics.index" else None
    links = [
        Link(name, url_for("topics.index", group=group_id), str(group_id) == chosen)
        for group_id, name in groups_of_visitor()
    ]
    return LinkGroup(gettext("Your groups") if links else "", links)
