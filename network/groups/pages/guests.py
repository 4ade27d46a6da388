"""Guests of a group: inviting one, and changing how long she is one."""

from typing import Any
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, see_other
from kernel.web.menu import Link
from network.groups import service
from network.groups.pages.blueprint import pages, to_group, to_groups
from network.groups.schemas import GuestDays, GuestInput
from network.permissions import NetworkPermission as May


@pages.form("/<uuid:group_id>/guests/new", permission=May.GROUPS_TAKE_PART)
def new_guest(group_id: UUID) -> ResponseReturnValue:
    """Invite somebody from outside as a guest."""
    group = service.group_to_change(actor(), group_id)
    form = Form(GuestInput())
    if form.accepts(lambda data: service.invite_guest(actor(), group_id, **data)):
        flash(gettext("The guest was invited by mail."))
        return see_other("groups.group", group_id=group_id)
    crumbs = [to_groups(), to_group(group), Link(gettext("Invite a guest"), "")]
    return form.render("network/groups/guest.html", crumbs=crumbs, group=group, guest=None)


@pages.form("/<uuid:group_id>/guests/<uuid:person_id>", permission=May.GROUPS_TAKE_PART)
def guest(group_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Change how long somebody is a guest."""
    found = service.guest_for(actor(), group_id, person_id)
    group = service.group_to_change(actor(), group_id)
    form = Form(
        GuestDays(),
        {"last_day": service.last_day_of(found.guest_until)},
        version=found.version,
    )

    def save(data: dict[str, Any]) -> object:
        return service.extend_guest(
            actor(), group_id, person_id=person_id, version=form.posted_version, **data
        )

    if form.accepts(save):
        flash(gettext("The last day of the guest was changed."))
        return see_other("groups.group", group_id=group_id)
    crumbs = [to_groups(), to_group(group), Link(gettext("Change the last day"), "")]
    return form.render("network/groups/guest.html", crumbs=crumbs, group=group, guest=found)


@pages.action("/guests/<uuid:guest_invitation_id>/withdraw", permission=May.GROUPS_TAKE_PART)
def withdraw_guest(guest_invitation_id: UUID) -> ResponseReturnValue:
    """Take the invitation of a guest back."""
    group_id = service.withdraw_guest(actor(), guest_invitation_id)
    flash(gettext("The invitation was taken back."))
    return see_other("groups.group", group_id=group_id)


@pages.action("/<uuid:group_id>/guests/<uuid:person_id>/end", permission=May.GROUPS_TAKE_PART)
def end_guest(group_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """End the time of a guest at once."""
    service.end_guest(actor(), group_id, person_id=person_id)
    flash(gettext("The guest sees nothing of the group any more."))
    return see_other("groups.group", group_id=group_id)
