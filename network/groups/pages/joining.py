"""How one comes into a group and out of it: joining, asking, being invited, leaving."""

from typing import Any
from uuid import UUID, uuid4

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, see_other
from kernel.web.languages import translated
from kernel.web.menu import Link
from network.finding import people_to_choose
from network.groups import access, queries, service
from network.groups.pages.blueprint import pages, to_group, to_groups
from network.groups.rules import ANSWER_LABELS
from network.groups.schemas import AnswerInput, Entrance, ReasonInput, TakeInForm
from network.permissions import NetworkPermission as May


@pages.action("/<uuid:group_id>/join", permission=May.GROUPS_TAKE_PART)
def join(group_id: UUID) -> ResponseReturnValue:
    """Become a member of a group that anybody may join."""
    service.join_group(actor(), group_id)
    flash(gettext("You are a member now: what is written here comes to you by mail."))
    return see_other("groups.group", group_id=group_id)


@pages.action("/<uuid:group_id>/leave", permission=May.GROUPS_TAKE_PART)
def leave(group_id: UUID) -> ResponseReturnValue:
    """Leave a group."""
    service.remove_member(actor(), group_id, person_id=actor().person_id)
    flash(gettext("You are no longer a member of the group."))
    return see_other("groups.index")


@pages.action("/<uuid:group_id>/members/<uuid:person_id>/remove", permission=May.GROUPS_TAKE_PART)
def remove(group_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Take somebody out of a group."""
    service.remove_member(actor(), group_id, person_id=person_id)
    flash(gettext("The person is no longer a member of the group."))
    return see_other("groups.group", group_id=group_id)


@pages.form("/<uuid:group_id>/ask", permission=May.GROUPS_TAKE_PART)
def ask(group_id: UUID) -> ResponseReturnValue:
    """Ask the chair to be taken in."""
    door = queries.door_of(actor(), group_id)
    form = Form(ReasonInput())
    if form.accepts(lambda data: service.ask_to_join(actor(), group_id, **data)):
        flash(gettext("The chair has been told. You get a mail with the answer."))
        return see_other("groups.group", group_id=group_id)
    crumbs = [to_groups(), to_group(door.group), Link(gettext("Ask to join"), "")]
    return form.render("network/groups/ask.html", crumbs=crumbs, group=door.group)


@pages.form("/requests/<uuid:request_id>", permission=May.GROUPS_SEE)
def join_request(request_id: UUID) -> ResponseReturnValue:
    """A request to join: who asked and why, for her and for the chair, who declines it here."""
    seen = service.request_for(actor(), request_id)
    form = Form(AnswerInput())
    if form.accepts(lambda data: service.decline_request(actor(), request_id, **data)):
        flash(gettext("Declined. Whoever asked gets your reason by mail."))
        return see_other("groups.group", group_id=seen.group.id)
    crumbs = [to_groups(), to_group(seen.group), Link(gettext("Request to join"), "")]
    return form.render(
        "network/groups/request.html",
        crumbs=crumbs,
        seen=seen,
        state=translated(ANSWER_LABELS)[seen.request.state],
        can_answer=access.can_manage(actor(), chairs=queries.chairs(actor(), seen.group.id)),
        keys=lambda: str(uuid4()),
    )


@pages.action("/requests/<uuid:request_id>/accept", permission=May.GROUPS_TAKE_PART)
def accept_request(request_id: UUID) -> ResponseReturnValue:
    """Take in who asked."""
    answered = service.accept_request(actor(), request_id)
    flash(gettext("Taken in. Whoever asked is told by mail."))
    return see_other("groups.group", group_id=answered.group_id)


@pages.action("/requests/<uuid:request_id>/withdraw", permission=May.GROUPS_TAKE_PART)
def withdraw_request(request_id: UUID) -> ResponseReturnValue:
    """Take one's own request back."""
    withdrawn = service.withdraw_request(actor(), request_id)
    flash(gettext("Your request was taken back."))
    return see_other("groups.group", group_id=withdrawn.group_id)


@pages.form("/<uuid:group_id>/invite", permission=May.GROUPS_TAKE_PART)
def invite(group_id: UUID) -> ResponseReturnValue:
    """Invite somebody of an organisation, or add her at once."""
    group = service.group_to_change(actor(), group_id)
    people = {"person_id": people_to_choose(outside=group_id)}
    form = Form(TakeInForm(), {"how": Entrance.INVITE}, people=people)
    if form.accepts(lambda data: _take_in(group_id, data)):
        return see_other("groups.group", group_id=group_id)
    crumbs = [to_groups(), to_group(group), Link(gettext("Invite somebody"), "")]
    return form.render("network/groups/invite.html", crumbs=crumbs, group=group)


def _take_in(group_id: UUID, data: dict[str, Any]) -> None:
    how, message = data.pop("how"), data.pop("message", None)
    if how is Entrance.ADD:
        service.add_member(actor(), group_id, **data)
        flash(gettext("The person was added."))
    else:
        service.invite(actor(), group_id, message=message, **data)
        flash(gettext("The invitation was sent."))


@pages.action("/invitations/<uuid:group_invitation_id>/accept", permission=May.GROUPS_TAKE_PART)
def accept_invitation(group_invitation_id: UUID) -> ResponseReturnValue:
    """Become a member on an invitation."""
    membership = service.accept_invitation(actor(), group_invitation_id)
    flash(gettext("You are a member now: what is written here comes to you by mail."))
    return see_other("groups.group", group_id=membership.group_id)


@pages.action("/invitations/<uuid:group_invitation_id>/decline", permission=May.GROUPS_TAKE_PART)
def decline_invitation(group_invitation_id: UUID) -> ResponseReturnValue:
    """Say no to an invitation."""
    service.decline_invitation(actor(), group_invitation_id)
    flash(gettext("You declined the invitation."))
    return see_other("groups.index")


@pages.action("/invitations/<uuid:group_invitation_id>/withdraw", permission=May.GROUPS_TAKE_PART)
def withdraw_invitation(group_invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation = service.withdraw_invitation(actor(), group_invitation_id)
    flash(gettext("The invitation was taken back."))
    return see_other("groups.group", group_id=invitation.group_id)
