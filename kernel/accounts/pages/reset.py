"""Getting a new password by mail, and confirming a new address."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.accounts.pages.blueprint import pages
from kernel.accounts.pages.browser import let_out
from kernel.accounts.schemas import AddressSchema, NewPasswordSchema
from kernel.accounts.services import addresses, passwords
from kernel.fields import Schema
from kernel.web import PUBLIC, Form, render, see_other
from kernel.web.limits import source


@pages.form("/reset", permission=PUBLIC)
def ask_for_reset() -> ResponseReturnValue:
    """Ask for a link; the answer is the same for every address."""
    form = Form(AddressSchema())
    if form.accepts(lambda data: passwords.ask_for_reset(**data, source=source())):
        return see_other("accounts.reset_asked")
    return form.render("accounts/reset_ask.html")


@pages.page("/reset/asked", permission=PUBLIC)
def reset_asked() -> ResponseReturnValue:
    """What happens now."""
    return render("accounts/reset_asked.html")


@pages.form("/reset/<token>", permission=PUBLIC)
def reset_password(token: str) -> ResponseReturnValue:
    """Choose a new password; only sending the form spends the link."""
    passwords.account_of_reset(token)
    form = Form(NewPasswordSchema())
    if form.accepts(lambda data: passwords.reset_password(token, **data)):
        let_out()
        flash(gettext("Your password is changed. Sign in with the new one."), "ok")
        return see_other("accounts.sign_in")
    return form.render("accounts/reset_set.html")


@pages.form("/confirm-address/<token>", permission=PUBLIC)
def confirm_address(token: str) -> ResponseReturnValue:
    """Make the new address the account's, or confirm the present one; only pressing the button does."""
    account, address = addresses.address_of_link(token)
    again = address == account.address
    form = Form(Schema())
    if form.accepts(lambda _data: addresses.confirm_address(token)):
        if again:
            flash(gettext("Your address is confirmed. Mail is sent to you again."), "ok")
        else:
            flash(gettext("Your new address is confirmed. Use it to sign in from now on."), "ok")
        return see_other("accounts.account")
    return form.render("accounts/address_confirm.html", address=address, again=again)
