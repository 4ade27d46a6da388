"""Chairs of a group: appointing one, her term, stepping down."""

from typing import Any
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, see_other
from kernel.web.menu import Link
from network.groups import queries, service
from network.groups.pages.blueprint import named, pages, to_group, to_groups
from network.groups.schemas import ChairInput, ChairTerm
from network.permissions import NetworkPermission as May


@pages.form("/<uuid:group_id>/chairs/new", permission=May.GROUPS_TAKE_PART)
def new_chair(group_id: UUID) -> ResponseReturnValue:
    """Appoint a member as a chair, beside whoever chairs already."""
    group = service.group_to_change(actor(), group_id)
    members = [
        (str(row.id), named(row))
        for row in queries.members_of(group_id)
        if row.current and row.guest_until is None and not row.is_chair
    ]
    form = Form(ChairInput(), choices={"person_id": [("", ""), *members]})
    if form.accepts(lambda data: service.appoint_chair(actor(), group_id, **data)):
        flash(gettext("The chair was appointed."))
        return see_other("groups.group", group_id=group_id)
    heading = gettext("Appoint a chair")
    return form.render(
        "network/groups/seat.html",
        crumbs=[to_groups(), to_group(group), Link(heading, "")],
        group=group,
        heading=heading,
        about=group.name,
    )


@pages.form("/<uuid:group_id>/chairs/<uuid:person_id>", permission=May.GROUPS_TAKE_PART)
def chair(group_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Set the last day of a chair's term."""
    group = service.group_to_change(actor(), group_id)
    found = service.chair_for(actor(), group_id, person_id)
    form = Form(ChairTerm(), {"term_ends_on": found.chair_term_ends_on}, version=found.version)

    def save(data: dict[str, Any]) -> object:
        return service.appoint_chair(
            actor(), group_id, person_id=person_id, version=form.posted_version, **data
        )

    if form.accepts(save):
        flash(gettext("The term was changed."))
        return see_other("groups.group", group_id=group_id)
    return form.render(
        "network/groups/seat.html",
        crumbs=[to_groups(), to_group(group), Link(gettext("Term"), "")],
        group=group,
        heading=gettext("Term of %(name)s as chair", name=found.name),
        about=group.name,
    )


@pages.action("/<uuid:group_id>/chairs/<uuid:person_id>/end", permission=May.GROUPS_TAKE_PART)
def end_chair(group_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Let somebody chair the group no more, or step down."""
    service.end_chair(actor(), group_id, person_id=person_id)
    if person_id == actor().person_id:
        flash(gettext("You stepped down as chair. You are still a member."))
    else:
        flash(gettext("The person chairs the group no more, and is still a member."))
    return see_other("groups.group", group_id=group_id)
