"""Seats of organisations and terms of members."""

from typing import Any
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, see_other
from kernel.web.formats import organisation_name
from kernel.web.menu import Link
from network.groups import queries, service
from network.groups.pages.blueprint import pages, to_group, to_groups
from network.groups.schemas import SeatHolders, SeatInput, TermInput
from network.permissions import NetworkPermission as May


@pages.form("/<uuid:group_id>/seats/new", permission=May.GROUPS_TAKE_PART)
def new_seat(group_id: UUID) -> ResponseReturnValue:
    """Give an organisation a seat."""
    group = service.group_to_change(actor(), group_id)
    free = [
        (str(row.id), organisation_name(row.name))
        for row in queries.organisations_without_seat(group_id)
    ]
    form = Form(SeatInput(), choices={"organisation_id": [("", ""), *free]})
    if form.accepts(lambda data: service.add_seat(actor(), group_id, **data)):
        flash(gettext("The seat was given. Who names its people is told on the home page."))
        return see_other("groups.group", group_id=group_id)
    crumbs = [to_groups(), to_group(group), Link(gettext("Give a seat"), "")]
    return form.render(
        "network/groups/seat.html",
        crumbs=crumbs,
        group=group,
        heading=gettext("Give a seat"),
        about="",
    )


@pages.form("/seats/<uuid:seat_id>", permission=May.GROUPS_TAKE_PART)
def seat(seat_id: UUID) -> ResponseReturnValue:
    """Name who represents an organisation, and who stands in for her."""
    seen = service.seat_to_fill(actor(), seat_id)
    people = [("", ""), *_people_of(seen.seat.organisation_id)]
    form = Form(
        SeatHolders(),
        seen.seat,
        choices={"holder_id": people, "alternate_id": people},
        version=seen.seat.version,
    )

    def save(data: dict[str, Any]) -> object:
        return service.fill_seat(actor(), seat_id, version=form.posted_version, **data)

    if form.accepts(save):
        flash(gettext("The seat is filled as you said; whoever is new is told by mail."))
        return _back(seen.group.id)
    crumbs = [to_groups(), *_known(seen.group.id), Link(gettext("Seat"), "")]
    return form.render(
        "network/groups/seat.html",
        crumbs=crumbs,
        group=seen.group,
        heading=organisation_name(seen.organisation),
        about=seen.group.name,
    )


@pages.action("/seats/<uuid:seat_id>/remove", permission=May.GROUPS_TAKE_PART)
def remove_seat(seat_id: UUID) -> ResponseReturnValue:
    """Take a seat away."""
    group_id = service.remove_seat(actor(), seat_id)
    flash(gettext("The seat was taken away."))
    return see_other("groups.group", group_id=group_id)


@pages.form("/<uuid:group_id>/members/<uuid:person_id>/term", permission=May.GROUPS_TAKE_PART)
def term(group_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Set the last day of a member's term."""
    member = service.member_for(actor(), group_id, person_id)
    group = queries.group_known_to(actor(), group_id)
    form = Form(TermInput(), {"term_ends_on": member.term_ends_on}, version=member.version)

    def save(data: dict[str, Any]) -> object:
        return service.set_term(
            actor(), group_id, person_id=person_id, version=form.posted_version, **data
        )

    if form.accepts(save):
        flash(gettext("The term was changed."))
        return see_other("groups.group", group_id=group_id)
    crumbs = [to_groups(), to_group(group), Link(gettext("Term"), "")]
    return form.render(
        "network/groups/seat.html",
        crumbs=crumbs,
        group=group,
        heading=gettext("Term of %(name)s", name=member.name),
        about=group.name,
    )


def _people_of(organisation_id: UUID) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in queries.people_of(organisation_id)]


def _known(group_id: UUID) -> list[Link]:
    """The way back to the group, for who knows of it."""
    found = queries.known_group(actor(), group_id)
    return [to_group(found)] if found else []


def _back(group_id: UUID) -> ResponseReturnValue:
    """The group, or the list for who names people for a group she does not know of."""
    if _known(group_id):
        return see_other("groups.group", group_id=group_id)
    return see_other("groups.index")
