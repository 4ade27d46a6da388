"""Two-step sign-in: setting it up with a picture, recovery codes, turning it off."""

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.accounts.pages.blueprint import pages
from kernel.accounts.schemas import CodeSchema, FirstCodeSchema, PasswordSchema
from kernel.accounts.services import second_factor
from kernel.web import SIGNED_IN, Form, actor, render, see_other


@pages.form("/account/two-step", permission=SIGNED_IN)
def start_second_factor() -> ResponseReturnValue:
    """Ask for the password before a secret is made."""
    form = Form(PasswordSchema())
    if form.accepts(lambda data: second_factor.start(actor(), **data)):
        return see_other("accounts.confirm_second_factor")
    return form.render("accounts/two_step_start.html", required=second_factor.is_required(actor()))


@pages.form("/account/two-step/confirm", permission=SIGNED_IN)
def confirm_second_factor() -> ResponseReturnValue:
    """Show the secret as a picture and in letters, and take the first code."""
    factor = second_factor.pending(actor())
    form = Form(FirstCodeSchema())
    codes = form.outcome_of(lambda data: second_factor.confirm(actor(), **data))
    if codes is not None:
        return _codes_page(codes)
    required = second_factor.is_required(actor())
    return form.render("accounts/two_step_confirm.html", factor=factor, required=required)


@pages.page("/account/two-step/picture.svg", permission=SIGNED_IN)
def second_factor_picture() -> ResponseReturnValue:
    """The picture that an authenticator app reads."""
    answer = Response(
        second_factor.qr_svg(second_factor.pending(actor())), mimetype="image/svg+xml"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.form("/account/two-step/codes", permission=SIGNED_IN)
def renew_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes; the old ones stop working."""
    form = Form(CodeSchema())
    codes = form.outcome_of(lambda data: second_factor.renew_codes(actor(), **data))
    if codes is not None:
        return _codes_page(codes)
    return form.render(
        "accounts/form.html",
        page_title=gettext("New recovery codes"),
        intro=gettext("The codes you have now stop working."),
        submit=gettext("Make new codes"),
    )


@pages.form("/account/two-step/off", permission=SIGNED_IN)
def turn_off_second_factor() -> ResponseReturnValue:
    """Sign in with the password alone again."""
    form = Form(CodeSchema())
    if form.accepts(lambda data: second_factor.turn_off(actor(), **data)):
        flash(gettext("Two-step sign-in is off."), "ok")
        return see_other("accounts.account")
    return form.render(
        "accounts/form.html",
        page_title=gettext("Turn two-step sign-in off"),
        intro=gettext("Your password alone will open your account."),
        submit=gettext("Turn two-step sign-in off"),
    )


def _codes_page(codes: list[str]) -> ResponseReturnValue:
    """Shown in answer to the POST itself: the codes are nowhere to be read again."""
    answer = Response(render("accounts/recovery_codes.html", codes=codes))
    answer.headers["Cache-Control"] = "no-store"
    return answer
