"""The list of topics."""

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import actor, render, see_other
from kernel.web.languages import translated
from kernel.web.routes import addresses
from network.groups import queries as groups
from network.permissions import NetworkPermission as May
from network.side import groups_of_visitor
from network.topics import service
from network.topics.lists import topic_page
from network.topics.pages.blueprint import pages
from network.topics.rules import FILTER_LABELS, Position, TopicFilter, needs_answer, tag_of


@pages.page("", permission=May.TOPICS_SEE)
def index() -> ResponseReturnValue:
    """The topics one may see, newest posts first."""
    group_id = request.args.get("group", type=UUID)
    narrowed = request.args.get("status", type=TopicFilter)
    older_than = Position.parse(request.args.get("older", ""))
    if group_id is not None:
        groups.standing_in(actor(), group_id)
    tag = tag_of(request.args.get("tag", ""))
    found = topic_page(
        actor(), group_id=group_id, narrowed=narrowed, tag=tag or None, older_than=older_than
    )
    kept: dict[str, Any] = {"group": group_id, "status": narrowed, "tag": tag or None}
    return render(
        "network/topics/index.html",
        topics=found.topics,
        address=addresses("topics.topic", "topic_id"),
        needs_answer=needs_answer,
        groups=[(str(group.id), group.name) for group in groups_of_visitor()],
        filters=list(translated(FILTER_LABELS).items()),
        chosen_group=group_id or "",
        chosen_status=narrowed or "",
        chosen_tag=tag,
        tagged=lambda tag: url_for("topics.index", **{**kept, "tag": tag}),
        newest=url_for("topics.index", **kept) if older_than else "",
        older=url_for("topics.index", older=str(found.older), **kept) if found.older else "",
    )


@pages.action("/groups/<uuid:group_id>/read", permission=May.TOPICS_SEE)
def mark_group_read(group_id: UUID) -> ResponseReturnValue:
    """Mark all that was written in a group as read."""
    service.mark_group_read(actor(), group_id)
    flash(gettext("All that was written in the group so far is marked as read."))
    return see_other("topics.index", group=group_id)
