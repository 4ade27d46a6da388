"""Logs: one JSON object a line, on standard error, without personal data.

Addresses, names, texts, query strings, paths and SQL parameters never get in. An exception is logged as
its kind and the places it came through; its message may quote what somebody typed, so it stays out.
"""

import logging
import logging.config
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.types import EventDict, WrappedLogger

QUIET = ("botocore", "boto3", "s3transfer", "urllib3", "alembic", "procrastinate")


def configure_logs(stream: TextIO | None = None) -> None:
    """Send the logs of this process, ours and those of libraries, to standard error as JSON.

    `stream` replaces standard error.
    """
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
    ]
    as_json = structlog.processors.JSONRenderer(sort_keys=True)
    # Our own lines, one for each request, go past the standard library and its records.
    structlog.configure(
        processors=[*shared, as_json],
        logger_factory=lambda name="": _Named(name, stream or sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                as_json,
            ],
            foreign_pre_chain=[queue_by_action, *shared],
        )
    )
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Named(structlog.WriteLogger):
    """Writes lines, and knows whose they are."""

    def __init__(self, name: str, stream: TextIO) -> None:
        super().__init__(stream)
        self.name = name


def without_messages(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind, its causes' kinds and the places it came through."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = _kinds(error)
        event["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event


def queue_by_action(
    _logger: WrappedLogger, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Say of the job queue what it did with which job; its own texts quote the job's arguments."""
    record: logging.LogRecord = event["_record"]
    if record.name.startswith("procrastinate"):
        event["event"] = getattr(record, "action", "queue")
        job = getattr(record, "job", None)
        if isinstance(job, dict):
            event["job"] = job.get("task_name")
    return event


def _kinds(error: BaseException) -> list[str]:
    """The kind of an error and of what caused it, and the server's own code for it."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < 5:
        kinds.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        if sqlstate := getattr(cause, "sqlstate", None):
            kinds.append(f"sqlstate {sqlstate}")
        cause = cause.__cause__ or cause.__context__
    return kinds
