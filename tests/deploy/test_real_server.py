"""A real PostgreSQL at `DATABASE_URL`, by TCP and with passwords, as the operator's guide sets it up."""

import re
import sys
import tempfile
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.error import HTTPError

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tests.deploy.postgres import free_port, running_postgres
from tests.deploy.programs import run, running, wait_until_ready
from tests.deploy.steps import ROOT
from tests.deploy.visitor import Visitor
from tests.waiting import wait_until

POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")
HOST = "cen.example.org"
ADA = "ada@example.org"
PASSWORD = "long enough for anybody"
COMITIA = "bin/comitia"
WEB = [sys.executable, "-m", "gunicorn", "wsgi:make_app()"]

pytestmark = pytest.mark.skipif(
    not POSTGRES_15.exists(), reason="PostgreSQL 15 is not installed: its test by TCP is skipped"
)


@pytest.fixture(scope="module")
def server():
    with running_postgres(POSTGRES_15, "of-the-superuser") as server:
        yield server


@pytest.fixture
def var():
    with tempfile.TemporaryDirectory(prefix="comitia-real-") as name:
        yield Path(name)


def password_of(role):
    return f"the-password-of-{role}"


def set_up(server):
    """Roles and migrations; the address of each role."""
    url = {
        role: server.url(f"comitia_{role}", password_of(role), "comitia")
        for role in ("migrator", "app", "worker", "backup")
    }
    passwords = {f"COMITIA_{role.upper()}_PASSWORD": password_of(role) for role in url}
    superuser = {"SUPERUSER_DATABASE_URL": server.superuser_url()}
    said = run([COMITIA, "db", "roles"], superuser | passwords, ROOT)
    assert "comitia_app: new password" in said
    assert "comitia_report: password unchanged" in said
    run([COMITIA, "db", "upgrade"], {"MIGRATION_DATABASE_URL": url["migrator"]}, ROOT)
    return url


def create_network(migrator):
    command = [COMITIA, "tenant", "create", "--slug", "cen", "--name", "Fictional Network"]
    command += ["--host", HOST, "--administrator-name", "Ada", "--administrator-address", ADA]
    run(command, {"MIGRATION_DATABASE_URL": migrator}, ROOT)


def invitation(var):
    """The path of the link in the one mail that was sent; None before it is."""
    for file in (var / "mail").glob("*.eml"):
        letter = message_from_bytes(file.read_bytes(), policy=default)
        text = letter.get_body(("plain",)).get_content()
        return re.search(rf"https://{re.escape(HOST)}(/invitation/\S+)", text)[1]
    return None


def test_the_first_administrator_of_a_network_on_postgresql_15_signs_in(server, var):
    assert server.version() == 15
    url = set_up(server)
    create_network(url["migrator"])
    port = free_port()
    environment = {
        "COMITIA_KEYS": "a-secret-of-thirty-two-characters",
        "COMITIA_FILES": str(var / "files"),
        "COMITIA_MAIL": f"folder:{var / 'mail'}",
        "COMITIA_BIND": f"127.0.0.1:{port}",
        "COMITIA_INSECURE_COOKIES": "1",
        "WEB_CONCURRENCY": "1",
    }
    app = environment | {"DATABASE_URL": url["app"]}
    worker = environment | {"DATABASE_URL": url["worker"]}
    run([COMITIA, "tenant", "invite", "cen", ADA], app, ROOT)
    with running([COMITIA, "worker"], worker, ROOT), running(WEB, app, ROOT) as web:
        wait_until_ready(web, port)
        wait_until(lambda: invitation(var))
        accepted = Visitor(port, HOST).send(invitation(var), name="Ada", password=PASSWORD)
        assert "two-step" in accepted
        with pytest.raises(HTTPError, match="422"):
            Visitor(port, HOST).send("/sign-in", address=ADA, password="not hers at all")
        signed_in = Visitor(port, HOST).send("/sign-in", address=ADA, password=PASSWORD)
        assert "two-step" in signed_in


@pytest.mark.parametrize("password", ["", "wrong"])
def test_nobody_comes_in_without_the_password(server, password):
    engine = sa.create_engine(server.url("postgres", password, "postgres"), poolclass=NullPool)
    with pytest.raises(sa.exc.OperationalError, match="password"), engine.connect():
        pass
