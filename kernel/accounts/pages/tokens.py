"""Personal API tokens."""

from uuid import UUID

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.accounts.pages.blueprint import pages
from kernel.accounts.schemas import TokenSchema
from kernel.accounts.services import tokens
from kernel.identity.permissions import permission_label
from kernel.values.sorting import sort_key
from kernel.web import SIGNED_IN, Form, actor, render, see_other


@pages.form("/account/tokens/new", permission=SIGNED_IN)
def new_token() -> ResponseReturnValue:
    """Make a token and show it this once."""
    form = Form(TokenSchema(), {"days": 90}, choices={"scopes": _scopes()})
    made = form.outcome_of(lambda data: tokens.create(actor(), **data))
    if made is not None:
        answer = Response(render("accounts/token_made.html", made=made))
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return form.render(
        "accounts/form.html",
        page_title=gettext("New API token"),
        intro=gettext(
            "A program that shows the token acts in your name, as far as you allow here."
        ),
    )


def _scopes() -> list[tuple[str, str, str]]:
    """What the actor may do, in words, with the code programs know it by."""
    labelled = [(one, gettext(permission_label(one)), one) for one in actor().permissions]
    return sorted(labelled, key=lambda choice: sort_key(choice[1]))


@pages.action("/account/tokens/<uuid:token_id>/revoke", permission=SIGNED_IN)
def revoke_token(token_id: UUID) -> ResponseReturnValue:
    """End a token at once."""
    tokens.revoke(actor(), token_id)
    flash(gettext("The token is revoked."), "ok")
    return see_other("accounts.account", _anchor="tokens")
