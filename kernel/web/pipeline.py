"""What happens to every request, in order: tenant, visitor, permission, view, one commit."""

from collections.abc import Callable
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import CSRFProtect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from kernel.db import db
from kernel.db.scope import Scope, enter, leave
from kernel.web import idempotency
from kernel.web.errors import RETRY_SECONDS, failure
from kernel.web.hosts import network_of_request
from kernel.web.routes import PUBLIC, exists_here, known_to, permission_of
from kernel.web.templating import HouseEnvironment
from kernel.web.visitors import actor_or_none, is_api_request

csrf = CSRFProtect()

WITHOUT_TENANT = "without_tenant"
"""Attribute of views that answer under any host name: health checks and static assets."""

AFTER_OTHERS = 2
"""How often a request starts again because somebody else saved while it ran."""


class Comitia(Flask):
    """Flask, committing once per request, after the view and before anything is sent."""

    jinja_environment = HouseEnvironment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is a coroutine: Flask need not look at each function on each request."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view inside the request's one transaction.

        Of two who save a record at the same moment, the second finds it gone on when it is written: her
        request starts again from what stands now, so that the version she names is compared with that.
        """
        for _ in range(AFTER_OTHERS):
            try:
                return self._dispatch_once()
            except StaleDataError:
                self._forget_what_was_done()
        return self._dispatch_once()

    def _forget_what_was_done(self) -> None:
        db.session.rollback()
        session.pop("_flashes", None)
        for uploads in request.files.listvalues():
            for upload in uploads:
                upload.stream.seek(0)  # read already; the next start shall find all of it

    def _dispatch_once(self) -> ResponseReturnValue:
        repeated = idempotency.earlier_answer()
        if repeated is not None:
            return repeated
        response = self.make_response(super().dispatch_request())
        if response.status_code >= 400:
            db.session.rollback()
            return response
        try:
            idempotency.remember_answer(response)
            db.session.commit()
        except IntegrityError as error:
            if not idempotency.lost_race(error):
                raise
            db.session.rollback()
            return idempotency.earlier_answer() or failure(409)
        return response


def init_pipeline(app: Flask) -> None:
    """Register the steps before the view."""
    csrf.init_app(app)
    app.before_request(_find_tenant)
    app.before_request(_protect_form)
    app.before_request(_check_permission)
    app.teardown_request(_end_scope)


def _find_tenant() -> ResponseReturnValue | None:
    g.network = None
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, WITHOUT_TENANT, False):
        return None
    network = network_of_request()
    if network is None:
        return _neutral_404()
    g.network = network
    g.scope_token = enter(Scope(network.id, modules=network.modules))
    if network.suspended:
        text = gettext(
            "This network is closed at the moment. Its administrators can tell you more."
        )
        return failure(503, text, retry_after=RETRY_SECONDS * 240)
    if not exists_here(request.blueprint):
        return failure(404)
    return None


def _neutral_404() -> Response:
    """Nothing here tells which networks exist."""
    answer = make_response("Not found\n", 404)
    answer.mimetype = "text/plain"
    return answer


def _protect_form() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS") or is_api_request():
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "from_anywhere", False):
        csrf.protect()


def _check_permission() -> ResponseReturnValue | None:
    if request.endpoint is None or g.network is None:
        return None
    permission = permission_of(current_app, request.endpoint)
    if permission == PUBLIC:
        return None
    actor = actor_or_none()
    if actor is None:
        return _ask_to_sign_in()
    if permission is None or not actor.can(permission):
        known = known_to(current_app, request.blueprint)
        return failure(403 if known is None or actor.can(known) else 404)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if is_api_request():
        answer = failure(401)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    sign_in = url_for("accounts.sign_in", next=target)
    if "HX-Request" in request.headers:  # the whole page must go there, not the part htmx asked for
        return make_response("", 204, {"HX-Redirect": sign_in})
    return redirect(sign_in, code=303)


def _end_scope(_error: BaseException | None) -> Any:
    token = g.pop("scope_token", None)
    if token is not None:
        leave(token)
