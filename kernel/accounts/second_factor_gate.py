"""Whoever must sign in in two steps gets nowhere before setting that up."""

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.accounts.services import second_factor
from kernel.web import see_other
from kernel.web.errors import failure
from kernel.web.routes import PUBLIC, permission_of
from kernel.web.visitors import actor_or_none, is_api_request

_OPEN = frozenset(
    {
        "accounts.start_second_factor",
        "accounts.confirm_second_factor",
        "accounts.second_factor_picture",
        "accounts.sign_out",
        "accounts.preferences",
    }
)


def init_gate(app: Flask) -> None:
    """Check after the permission of the route was checked."""

    def check() -> ResponseReturnValue | None:
        if request.endpoint is None or request.endpoint in _OPEN:
            return None
        if permission_of(app, request.endpoint) == PUBLIC:
            return None
        actor = actor_or_none()
        if actor is None or actor.has_totp or not second_factor.is_required(actor):
            return None
        if is_api_request():
            return failure(403, gettext("Set up two-step sign-in first: your role needs it."))
        return see_other("accounts.start_second_factor")

    app.before_request(check)
