"""Whether the service lives, whether it can work, and how it is doing."""

import hmac
import os
import secrets
import time
from functools import lru_cache

import structlog
from flask import Flask, Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError

from kernel.db import db
from kernel.web.errors import RETRY_SECONDS
from kernel.web.pipeline import WITHOUT_TENANT
from kernel.web.routes import PUBLIC, declare

log = structlog.get_logger(__name__)

REQUESTS = Histogram(
    "comitia_request_seconds",
    "Time from the first step of a request to its answer.",
    ("method", "route", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

# Looking a series up takes a lock and more time than counting.
_series = lru_cache(maxsize=4096)(REQUESTS.labels)


def init_health(app: Flask) -> None:
    """Add the three routes, and note every request. They answer under any host name."""
    for name, view in (("healthz", healthz), ("readyz", readyz), ("metrics", metrics)):
        setattr(view, WITHOUT_TENANT, True)
        app.add_url_rule(f"/{name}", name, declare(view, PUBLIC))
    app.before_request(_begin)
    app.after_request(_note)


def healthz() -> Response:
    """The process answers. Asks nothing of anybody else: a restart would not mend a database."""
    return _plain("alive\n", 200)


def readyz() -> Response:
    """The process can work: its database answers."""
    try:
        db.session.execute(text("select 1"))
    except (OperationalError, InterfaceError):
        answer = _plain("database away\n", 503)
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
        return answer
    return _plain("ready\n", 200)


def metrics() -> Response:
    """Figures for Prometheus, of all processes of this server together; no label names a network.

    Shown to whoever brings the configured token; without one configured the page does not exist.
    """
    token = current_app.config["METRICS_TOKEN"]
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(shown.encode(), token.encode()):
        return _plain("Not found\n", 404)
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _plain(words: str, status: int) -> Response:
    answer = Response(words, status, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _begin() -> None:
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(8))


def _note(answer: Response) -> Response:
    """Measure a request, and log it, by its route: a path may hold what opens a door."""
    route = request.url_rule.rule if request.url_rule else "unknown"
    seconds = time.perf_counter() - g.began
    _series(request.method, route, answer.status_code).observe(seconds)
    network = g.get("network")
    if network is not None or answer.status_code >= 500:  # neither assets nor health checks
        log.info(
            "request",
            method=request.method,
            route=route,
            status=answer.status_code,
            ms=round(seconds * 1000, 1),
            tenant=network.id if network else None,
        )
    return answer
