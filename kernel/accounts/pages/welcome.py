"""Accepting an invitation."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.accounts.pages.blueprint import pages
from kernel.accounts.pages.browser import device, let_in
from kernel.accounts.schemas import WelcomeSchema
from kernel.accounts.services import accepting, sessions
from kernel.fields import Schema
from kernel.identity.permissions import known_roles
from kernel.web import PUBLIC, Form, see_other
from kernel.web.formats import organisation_name


@pages.form("/invitation/<token>", permission=PUBLIC)
def accept_invitation(token: str) -> ResponseReturnValue:
    """Show what is offered; only sending the form accepts it."""
    offer = accepting.offer_of_link(token)
    new = offer.needs_password
    form = Form(WelcomeSchema() if new else Schema(), {"name": offer.person.name})
    accepted = form.outcome_of(lambda data: accepting.accept(token, **data))
    if accepted is not None:
        if new:
            let_in(sessions.begin(accepted, device()))
        name = organisation_name(offer.place)
        if offer.organisation is None:
            flash(gettext("Welcome. You are a guest of “%(place)s” now.", place=name), "ok")
            return see_other("home.index")
        flash(gettext("Welcome. You now belong to %(organisation)s.", organisation=name), "ok")
        return see_other("home.index")
    role = known_roles().get(offer.invitation.role)
    return form.render("accounts/welcome.html", offer=offer, role=role)
