"""Signing in and out."""

from flask import redirect, request, session
from flask.typing import ResponseReturnValue

from kernel.accounts.pages.blueprint import pages
from kernel.accounts.pages.browser import device, let_in, let_out
from kernel.accounts.rules import safe_target
from kernel.accounts.schemas import CodeSchema, SignInSchema
from kernel.accounts.services import sessions
from kernel.accounts.services import sign_in as signing_in
from kernel.accounts.services.sign_in import CodeNeeded, SignedIn
from kernel.web import PUBLIC, SIGNED_IN, Form, actor, see_other
from kernel.web.limits import source
from kernel.web.menu import menu
from kernel.web.visitors import actor_or_none

_TICKET = "second_step"


@pages.form("/sign-in", permission=PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Address and password."""
    target = safe_target(request.args.get("next"))
    if actor_or_none() is not None:
        return redirect(target or "/", 303)
    form = Form(SignInSchema())
    outcome = form.outcome_of(
        lambda data: signing_in.sign_in(**data, source=source(), device=device())
    )
    if outcome is not None:
        return _next_step(outcome, target)
    return form.render("accounts/sign_in.html", target=target, doors=menu().doors())


@pages.form("/sign-in/code", permission=PUBLIC)
def second_step() -> ResponseReturnValue:
    """The code of the second factor, after the password was right."""
    target = safe_target(request.args.get("next"))
    ticket = session.get(_TICKET, "")
    if signing_in.account_of_ticket(ticket) is None:
        session.pop(_TICKET, None)
        return see_other("accounts.sign_in", next=target)
    form = Form(CodeSchema())
    outcome = form.outcome_of(lambda data: signing_in.second_step(ticket, **data, device=device()))
    if outcome is not None:
        return _next_step(outcome, target)
    return form.render("accounts/second_step.html", target=target)


def _next_step(outcome: SignedIn | CodeNeeded, target: str | None) -> ResponseReturnValue:
    if isinstance(outcome, CodeNeeded):
        session[_TICKET] = outcome.ticket
        return see_other("accounts.second_step", next=target)
    let_in(outcome.token)
    return redirect(target or "/", 303)


@pages.action("/sign-out", permission=SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session; copies of its cookie end with it."""
    sessions.end(actor())
    let_out()
    return see_other("accounts.sign_in")
