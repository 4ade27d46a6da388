"""Opening a topic."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.web import Form, actor, see_other
from kernel.web.languages import language
from kernel.web.menu import Link
from network.groups import queries as groups
from network.permissions import NetworkPermission as May
from network.subscriptions import queries as subscriptions
from network.topics import service
from network.topics.pages.blueprint import discussions, pages
from network.topics.rules import TopicKind
from network.topics.schemas import TopicForm


@pages.form("/new", permission=May.TOPICS_WRITE)
def new() -> ResponseReturnValue:
    """Open a topic."""
    writable = groups.groups_written_in(actor())
    mailed = subscriptions.count_mailed_in([row.id for row in writable], actor().person_id)
    form = Form(
        TopicForm(),
        {
            "group_id": request.args.get("group", type=UUID),
            "kind": TopicKind.QUESTION,
            "language": language(),
        },
        choices={
            "group_id": [
                (str(row.id), row.name, _audience(row, mailed[row.id])) for row in writable
            ]
        },
    )
    opened = form.outcome_of(lambda data: service.create_topic(actor(), **data))
    if opened is not None:
        return see_other("topics.topic", topic_id=opened.id)
    crumbs = [discussions(), Link(gettext("New topic"), "")]
    return form.render("network/topics/new.html", crumbs=crumbs, writable=writable)


def _audience(group: groups.WritableGroup, mailed: int) -> str:
    """Who reads in a group, and how many are told by mail, as the hint beside its name."""
    seen = (
        gettext("Everybody in the network can see this.")
        if group.is_open
        else gettext("Only members of the group can see this.")
    )
    told = ngettext("%(num)s person will be mailed.", "%(num)s people will be mailed.", mailed)
    return f"{seen} {told}"
