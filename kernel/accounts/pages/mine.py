"""One's own account: overview, details, password, address, sessions."""

from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.accounts import queries
from kernel.accounts.pages.blueprint import pages
from kernel.accounts.pages.browser import device, let_in
from kernel.accounts.schemas import ChangeAddressSchema, ChangePasswordSchema, ProfileSchema
from kernel.accounts.services import addresses, passwords, profile, second_factor, sessions
from kernel.fields import TimeZone
from kernel.identity.permissions import permission_label
from kernel.mail import bounces
from kernel.values import clock
from kernel.web import SIGNED_IN, Form, actor, menu, render, see_other
from kernel.web.languages import NAMES, offered


@pages.page("/account", permission=SIGNED_IN)
def account() -> ResponseReturnValue:
    """Everything about one's own account, and where to change it."""
    me = actor()
    person, row = profile.profile_of(me)
    return render(
        "accounts/account.html",
        person=person,
        account=row,
        language=NAMES.get(person.language or ""),
        required=second_factor.is_required(me),
        codes_left=queries.recovery_codes_left(me.account_id),
        sessions_open=queries.sessions_of(me.account_id, clock.now()),
        tokens=queries.tokens_of(me.account_id),
        permission_label=permission_label,
        own=menu().own(),
        now=clock.now(),
        stopped=bounces.suspended_since(me.account_id),
    )


@pages.form("/account/profile", permission=SIGNED_IN)
def edit_profile() -> ResponseReturnValue:
    """Name, language, time zone, theme."""
    person, row = profile.profile_of(actor())
    as_network = ("", gettext("As the network has it"))
    form = Form(
        ProfileSchema(),
        {
            "name": person.name,
            "language": person.language,
            "time_zone": person.time_zone,
            "theme": row.theme,
        },
        choices={
            "language": [as_network, *((code, NAMES[code]) for code in offered())],
            "time_zone": [as_network, *TimeZone().form_choices()],
        },
        version=person.version,
    )
    if form.accepts(
        lambda data: profile.change_profile(actor(), **data, version=form.posted_version)
    ):
        flash(gettext("Your details are saved."), "ok")
        return see_other("accounts.account")
    return form.render("accounts/form.html", page_title=gettext("Your details"))


@pages.form("/account/password", permission=SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change the password; other sessions end."""
    form = Form(ChangePasswordSchema())
    token = form.outcome_of(
        lambda data: passwords.change_password(actor(), **data, device=device())
    )
    if token is not None:
        let_in(token)
        flash(gettext("Your password is changed. Your other sessions have ended."), "ok")
        return see_other("accounts.account")
    return form.render(
        "accounts/form.html",
        page_title=gettext("Change your password"),
        intro=gettext("Afterwards you stay signed in here; everywhere else you sign in again."),
    )


@pages.action("/account/address/confirm", permission=SIGNED_IN)
def ask_to_confirm_address() -> ResponseReturnValue:
    """Mail a link to the present address, to prove that mail arrives there."""
    addresses.ask_to_confirm(actor())
    flash(gettext("Follow the link we sent to your address within 2 hours."), "ok")
    return see_other("accounts.account")


@pages.form("/account/address", permission=SIGNED_IN)
def change_address() -> ResponseReturnValue:
    """Ask for a new mail address, which takes effect when a link sent to it is followed."""
    form = Form(ChangeAddressSchema())
    if form.accepts(
        lambda data: addresses.ask_for_address(actor(), data["password"], data["address"])
    ):
        flash(gettext("Follow the link we sent to the new address within 2 hours."), "ok")
        return see_other("accounts.account")
    return form.render(
        "accounts/form.html",
        page_title=gettext("Change your mail address"),
        intro=gettext("We send a link to the new address. Until you follow it nothing changes."),
    )


@pages.action("/account/sessions/<uuid:sign_in_session_id>/end", permission=SIGNED_IN)
def end_session(sign_in_session_id: UUID) -> ResponseReturnValue:
    """End one of one's own sessions."""
    sessions.revoke(actor(), sign_in_session_id)
    flash(gettext("The session has ended."), "ok")
    return see_other("accounts.account", _anchor="sessions")


@pages.action("/account/sessions/end-others", permission=SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""
    sessions.revoke_others(actor())
    flash(gettext("Your other sessions have ended."), "ok")
    return see_other("accounts.account", _anchor="sessions")
