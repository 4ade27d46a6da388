"""What logs say and what they never say."""

import io
import json
import logging

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kernel.db import db
from kernel.web.logs import configure_logs


@pytest.fixture
def lines():
    """Log as a running process does; `lines()` are the objects that were written."""
    root = logging.root
    before = (root.handlers, root.level, structlog.get_config())
    written = io.StringIO()
    configure_logs(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers, root.level = before[0], before[1]
    structlog.configure(**before[2])


def test_a_request_is_one_line_with_its_route_and_without_its_path(lines, browser_for, tenant):
    browser_for().get("/no/such/page?address=someone@example.org")
    (line,) = [line for line in lines() if line["event"] == "request"]
    assert line["route"] == "unknown"
    assert line["status"] == 404
    assert line["tenant"] == tenant.id
    assert line["ms"] > 0
    assert "someone" not in json.dumps(line)


def test_an_exception_is_logged_by_kind_and_place_and_never_by_what_it_quotes(lines, inside):
    log = structlog.get_logger("test")
    with inside():
        insert = (
            "insert into kernel.person (tenant_id, id, name, sort_key, version)"
            " values (0, gen_random_uuid(), :name, 'x', 1)"
        )
        try:
            db.session.execute(text(insert), {"name": "Amina Secret"})
        except Exception as error:
            log.error("unexpected", exc_info=error)
        db.session.rollback()
    (line,) = lines()
    assert "Amina" not in json.dumps(line)
    assert any(kind.startswith("sqlstate") for kind in line["error"])
    assert any("test_logs.py" in place for place in line["at"])


def test_foreign_logs_come_as_json_too(lines):
    try:
        raise IntegrityError("insert", {"name": "Amina Secret"}, Exception("Amina Secret"))
    except IntegrityError:
        logging.getLogger("some.library").exception("failed")
    (line,) = lines()
    assert (line["event"], line["logger"], line["level"]) == ("failed", "some.library", "error")
    assert "Amina" not in json.dumps(line)


def test_the_queue_is_logged_by_what_it_did_and_not_by_its_texts(lines):
    logging.getLogger("procrastinate.worker").error(
        "Starting job x(name='Amina Secret')",
        extra={"action": "start_job", "job": {"task_name": "x", "task_kwargs": "Amina Secret"}},
    )
    (line,) = lines()
    assert (line["event"], line["job"]) == ("start_job", "x")
    assert "Amina" not in json.dumps(line)
