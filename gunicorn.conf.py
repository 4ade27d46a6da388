"""How gunicorn serves Comitia; read by it from the folder it is started in."""

import gc
import os
import shutil
import tempfile
from typing import Any

from prometheus_client.multiprocess import mark_process_dead

bind = os.environ.get("COMITIA_BIND", "127.0.0.1:8000")
worker_class = "gthread"
# The application is made once and shared by the workers; it holds no connection when they fork.
preload_app = True
control_socket_disable = True
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 20
keepalive = 5
# A worker is replaced now and then, so that whatever grows does not grow for ever.
max_requests = 10_000
max_requests_jitter = 1_000

# Figures of all worker processes meet in a folder of this server's own.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="comitia-metrics-"))


def when_ready(_server: object) -> None:
    """Leave what is loaded by now out of garbage collection.

    Workers then share its memory, collect less, and end without walking through all of it.
    """
    gc.freeze()


def child_exit(_server: object, worker: Any) -> None:
    """Forget the gauges of a worker that has ended."""
    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: object) -> None:
    """Remove the folder of figures."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
