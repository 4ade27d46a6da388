"""The part of the sidebar that is the visitor's own: her groups."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask_babel import gettext
from sqlalchemy import Row

from kernel.tenancy.modules import is_on
from kernel.web import actor
from kernel.web.menu import Link, LinkGroup
from network.groups.queries import groups_read_by


def groups_of_visitor() -> Sequence[Row[Any]]:
    """The groups the visitor may read in, those marked `mine` she belongs to; asked for once per request."""
    if "groups_of_visitor" not in g:
        g.groups_of_visitor = groups_read_by(actor())
    found: Sequence[Row[Any]] = g.groups_of_visitor
    return found


def groups_to_search() -> list[tuple[UUID, str]]:
    """The groups the visitor may read in, for the filters of a search."""
    if not is_on("network"):
        return []
    return [(group.id, group.name) for group in groups_of_visitor()]


def my_groups() -> LinkGroup:
    """Her groups, each leading to its discussions."""
    chosen = request.args.get("group") if request.endpoint == "topics.index" else None
    links = [
        Link(group.name, url_for("topics.index", group=group.id), str(group.id) == chosen)
        for group in groups_of_visitor()
        if group.mine
    ]
    return LinkGroup(gettext("Your groups") if links else "", links)
