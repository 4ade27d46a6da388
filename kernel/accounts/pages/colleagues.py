"""The people of an organisation: who is in, who is invited; inviting, resending, ending."""

from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.accounts import queries
from kernel.accounts.pages.blueprint import colleagues_pages as pages
from kernel.accounts.schemas import InvitationSchema, JobTitleSchema
from kernel.accounts.services import colleagues, invitations
from kernel.errors import NotFound
from kernel.identity.permissions import KernelPermission, known_roles
from kernel.identity.queries import MEMBER
from kernel.web import Form, actor, render, see_other


@pages.page("/colleagues", permission=KernelPermission.PEOPLE_ADMIT)
def own() -> ResponseReturnValue:
    """The people of one's own organisation."""
    organisation_id = colleagues.own_organisation(actor())
    if organisation_id is None:
        raise NotFound
    return see_other("colleagues.people", organisation_id=organisation_id)


@pages.page(
    "/organisations/<uuid:organisation_id>/people", permission=KernelPermission.PEOPLE_ADMIT
)
def people(organisation_id: UUID) -> ResponseReturnValue:
    """The people of an organisation with the state of each invitation."""
    organisation, listed = colleagues.colleagues_of(actor(), organisation_id)
    return render(
        "accounts/people.html",
        organisation=organisation,
        colleagues=listed,
        labels={name: gettext(role.label) for name, role in known_roles().items()},
    )


@pages.form(
    "/organisations/<uuid:organisation_id>/people/invite", permission=KernelPermission.PEOPLE_ADMIT
)
def invite(organisation_id: UUID) -> ResponseReturnValue:
    """Invite somebody into an organisation."""
    organisation = invitations.organisation_for(actor(), organisation_id)
    roles = known_roles()
    offered = invitations.roles_to_give(actor(), organisation_id)
    form = Form(
        InvitationSchema(),
        {"role": MEMBER},
        choices={"role": [(name, gettext(roles[name].label)) for name in offered]},
    )
    if form.accepts(lambda data: invitations.invite(actor(), organisation_id, **_given(data))):
        flash(gettext("The invitation is on its way. It can be accepted for 2 days."), "ok")
        return see_other("colleagues.people", organisation_id=organisation_id)
    return form.render("accounts/invite.html", organisation=organisation)


@pages.action("/invitations/<uuid:invitation_id>/resend", permission=KernelPermission.PEOPLE_ADMIT)
def resend(invitation_id: UUID) -> ResponseReturnValue:
    """Send an invitation again with a new link."""
    sent = invitations.resend(actor(), invitation_id)
    flash(gettext("The invitation is sent again. Earlier links no longer work."), "ok")
    return see_other("colleagues.people", organisation_id=sent.organisation_id)


@pages.action("/invitations/<uuid:invitation_id>/revoke", permission=KernelPermission.PEOPLE_ADMIT)
def revoke(invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    organisation_id = invitations.revoke(actor(), invitation_id)
    flash(gettext("The invitation is taken back."), "ok")
    return see_other("colleagues.people", organisation_id=organisation_id)


@pages.form("/affiliations/<uuid:affiliation_id>", permission=KernelPermission.PEOPLE_ADMIT)
def affiliation(affiliation_id: UUID) -> ResponseReturnValue:
    """Say what somebody does at an organisation."""
    found = colleagues.affiliation_for_change(actor(), affiliation_id)
    organisation = invitations.organisation_for(actor(), found.organisation_id)
    form = Form(JobTitleSchema(), {"job_title": found.role}, version=found.version)
    if form.accepts(
        lambda data: colleagues.change_job_title(
            actor(), affiliation_id, version=form.posted_version, **data
        )
    ):
        flash(gettext("The job title was saved."), "ok")
        return see_other("colleagues.people", organisation_id=organisation.id)
    return form.render(
        "accounts/job_title.html",
        organisation=organisation,
        name=queries.person_by_id(found.person_id).name,
    )


@pages.action("/affiliations/<uuid:affiliation_id>/end", permission=KernelPermission.PEOPLE_ADMIT)
def end(affiliation_id: UUID) -> ResponseReturnValue:
    """End somebody's place in an organisation, and with it her access."""
    organisation_id = colleagues.end_affiliation(actor(), affiliation_id)
    flash(gettext("Access to the organisation has ended."), "ok")
    return see_other("colleagues.people", organisation_id=organisation_id)


def _given(data: dict[str, str | None]) -> dict[str, str]:
    return {name: value or "" for name, value in data.items()}
