"""The application factory. Modules are handed in by the composition root: the kernel knows none."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import structlog
from flask import Flask, Response, jsonify
from flask_smorest import Api as Smorest
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from kernel.db import db
from kernel.db.safety import guard_connections
from kernel.errors import N_
from kernel.files import init_files
from kernel.inbound import jobs as _inbound_jobs  # noqa: F401 - its job must be known
from kernel.inbound import reports
from kernel.mail import init_mail
from kernel.web import (
    home,
    home_api,
    housekeeping,  # noqa: F401 - declares its job
    mail_in,
    search,
    search_api,
)
from kernel.web.assets import init_assets
from kernel.web.brand import init_brand
from kernel.web.config import DEFAULTS, from_environment
from kernel.web.errors import init_errors
from kernel.web.formats import init_formats
from kernel.web.headers import init_headers
from kernel.web.health import init_health
from kernel.web.hosts import HostCache
from kernel.web.languages import init_languages
from kernel.web.limits import init_limits
from kernel.web.logs import configure_logs
from kernel.web.mailbox import init_mailbox
from kernel.web.menu import init_menu
from kernel.web.pipeline import WITHOUT_TENANT, Comitia, init_pipeline
from kernel.web.refusals import init_refusals
from kernel.web.render import init_render
from kernel.web.routes import PUBLIC, declare, register
from kernel.web.styleguide import init_styleguide
from kernel.web.templating import init_templating
from kernel.web.visitors import init_visitors

log = structlog.get_logger(__name__)

ROOT = Path(__file__).resolve().parents[2]


class OpenApi(Smorest):  # type: ignore[misc]
    """flask-smorest for routing and the OpenAPI document; failures are worded by `kernel.web.errors`."""

    def _register_error_handlers(self) -> None:
        pass


def create_app(
    modules: Sequence[ModuleType] = (), config: Mapping[str, Any] | None = None
) -> Flask:
    """Build the application from the kernel and the given modules.

    `config` replaces the environment's configuration, for tests. Each module offers `init_module(app)`.
    """
    app = Comitia(
        "comitia", root_path=str(ROOT), template_folder="kernel/web/templates", static_folder=None
    )
    app.config.from_mapping(DEFAULTS)
    app.config.from_mapping(from_environment() if config is None else config)
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    if not app.testing:
        configure_logs()
    db.init_app(app)
    _open_database(app)
    init_files(app)
    init_mail(app)
    reports.register()
    app.extensions["comitia_hosts"] = HostCache(app.config["TENANT_CACHE_SECONDS"])
    menu = init_menu(app)
    menu.section("network", N_("Network"), 10)
    menu.section("missions", N_("Missions"), 20)
    menu.section("training", N_("Training"), 30)
    menu.section("admin", N_("Administration"), 40)
    init_health(app)
    init_languages(app)
    init_visitors(app)
    init_pipeline(app)
    init_limits(app)
    init_refusals(app)
    init_templating(app)
    init_render(app)
    init_assets(app)
    init_brand(app)
    init_formats(app)
    init_errors(app)
    init_headers(app)
    app.extensions["comitia_api"] = OpenApi(app)
    _open_api_document(app)
    register(app, home.pages, home_api.api, mail_in.api, search.pages, search_api.api)
    if app.config["DEMO"] or app.testing:
        init_styleguide(app)
        init_mailbox(app)
    for module in modules:
        module.init_module(app)
    return app


def _open_database(app: Flask) -> None:
    """Refuse to start under a role that row security does not hold for.

    A database that is away may come back; every connection is checked when it is opened.
    """
    with app.app_context():
        guard_connections(db.engine)
        try:
            db.engine.connect().close()
        except OperationalError:
            log.warning("database_away")
        db.engine.dispose()  # the server may fork now, and connections do not survive that


def _open_api_document(app: Flask) -> None:
    """Serve the OpenAPI document. It is public: it describes the product, not a network."""

    def open_api() -> Response:
        api: OpenApi = app.extensions["comitia_api"]
        return jsonify(api.spec.to_dict())

    setattr(open_api, WITHOUT_TENANT, True)
    app.add_url_rule("/api/v1/openapi.json", view_func=declare(open_api, PUBLIC))
