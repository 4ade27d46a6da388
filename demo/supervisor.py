"""Runs the whole product on this machine: embedded database, worker, web server and the door for mail.

Every process is started under a guard (see `kernel.db.guard`): Ctrl-C ends them in order, and they end
by themselves when this process is killed.
"""

import gc
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

import click
import sqlalchemy as sa
from alembic import command
from sqlalchemy.pool import NullPool

from demo import HOST
from kernel.db.commands import DATABASE
from kernel.db.embedded import EmbeddedServer
from kernel.db.guard import end_with_parent, start_guarded, stop_guarded
from kernel.db.migrations import migration_config
from kernel.db.roles import ensure_database, ensure_roles

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60.0
MAIL_PORT_ABOVE = 25
"""The port for mail is so far above that of the pages."""
LOADED = "The demo network is loaded."
"""Comment on the database once loading has come to its end."""

Load = Callable[[Mapping[str, str], str], None]
"""Loads the network: takes the environment of the application and the migrator's database address."""


class DemoError(RuntimeError):
    """The demo cannot run; the text says what to do."""


@dataclass(frozen=True)
class Demo:
    """The demo in a folder of its own, at a port of this machine."""

    var: Path
    port: int
    load: Load

    def run(self, ready: Callable[[], None]) -> None:
        """Start everything, call `ready` when pages are served, and stop it all at the end.

        Raises DemoError when the port is taken or a process ends by itself.
        """
        for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores SIGINT
            signal.signal(number, signal.default_int_handler)
        end_with_parent(signal.SIGKILL)  # make killed is like us killed: the guards do the rest
        self._check_ports()
        for folder in ("files", "mail", "logs"):
            (self.var / folder).mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack, suppress(KeyboardInterrupt):
            server = stack.enter_context(EmbeddedServer(self.var / "pg"))
            self._prepare(server)
            processes = self._start(server, stack)
            self._wait_until_served(processes)
            gc.freeze()  # nothing more is made here: let the process end without a last collection
            ready()
            _watch(processes)

    def environment(self, server: EmbeddedServer, role: str) -> dict[str, str]:
        """The environment of one of our processes."""
        return {
            **os.environ,
            "DATABASE_URL": server.url(role, DATABASE),
            "COMITIA_DEMO": "1",
            "COMITIA_INSECURE_COOKIES": "1",
            "COMITIA_REQUIRE_TOTP": "0",
            "COMITIA_KEYS": self._key(),
            "COMITIA_FILES": str(self.var / "files"),
            "COMITIA_MAIL": f"folder:{self.var / 'mail'}",
            "COMITIA_MAIL_FROM": f"comitia@{HOST}",
            "COMITIA_BIND": f"127.0.0.1:{self.port}",
            "COMITIA_PUBLIC_URL": f"http://{{host}}:{self.port}",
            "COMITIA_MAIL_IN_DOMAIN": "{host}",
            "COMITIA_DEMO_MAIL_PORT": str(self.mail_port),
        }

    @property
    def mail_port(self) -> int:
        """Where mail is taken in, by SMTP."""
        return self.port + MAIL_PORT_ABOVE

    def _check_ports(self) -> None:
        for port in (self.port, self.mail_port):
            self._check_port(port)

    def _check_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise DemoError(
                    f"Port {port} is in use. Stop the program that uses it, or choose another "
                    f"port: make demo PORT={self.port + 1}"
                ) from None

    def _key(self) -> str:
        """The secret of this demo, made at its first start."""
        path = self.var / "key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32))
        return path.read_text()

    def _prepare(self, server: EmbeddedServer) -> None:
        """Roles, database, migrations, and the network unless it is there already."""
        engine = sa.create_engine(
            server.superuser_url(), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        migrator = server.url("comitia_migrator", DATABASE)
        with engine.connect() as connection:
            ensure_roles(connection)
            loaded = _is_loaded(connection)
            if not loaded:  # nothing there, or a loading that was interrupted
                connection.execute(sa.text(f"DROP DATABASE IF EXISTS {DATABASE}"))
                _empty(self.var / "files")
                _empty(self.var / "mail")
            ensure_database(server.superuser_url(), DATABASE)
            command.upgrade(migration_config(migrator), "head")
            if not loaded:
                click.echo("Loading the demo network …")
                self.load(self.environment(server, "comitia_app"), migrator)
                connection.execute(sa.text(f"COMMENT ON DATABASE {DATABASE} IS '{LOADED}'"))

    def _start(
        self, server: EmbeddedServer, stack: ExitStack
    ) -> dict[str, subprocess.Popen[bytes]]:
        programs = {
            "worker": ("comitia_worker", ["-m", "wsgi", "worker"]),
            "web": ("comitia_app", ["-m", "gunicorn", "wsgi:make_app()"]),
            "mail-in": ("comitia_app", ["-m", "wsgi", "mail-in", "--listen", self._smtp()]),
        }
        processes = {}
        for name, (role, arguments) in programs.items():
            log: IO[bytes] = stack.enter_context((self.var / "logs" / f"{name}.log").open("ab"))
            processes[name] = start_guarded(
                [sys.executable, *arguments],
                stop_signal=signal.SIGQUIT if name == "web" else signal.SIGTERM,
                env=self.environment(server, role),
                log=log,
            )
        stack.callback(_stop, list(processes.values()))
        return processes

    def _smtp(self) -> str:
        return f"smtp://127.0.0.1:{self.mail_port}"

    def _wait_until_served(self, processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._is_served():
            _refuse_ended(processes)
            if time.monotonic() > deadline:
                raise DemoError(f"No page was served. Read {self.var / 'logs' / 'web.log'}.")
            time.sleep(0.1)

    def _is_served(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/readyz", headers={"Host": HOST})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def _is_loaded(connection: sa.Connection) -> bool:
    query = "select shobj_description(oid, 'pg_database') from pg_database where datname = :name"
    said: str | None = connection.scalar(sa.text(query), {"name": DATABASE})
    return said == LOADED


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _watch(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Wait for Ctrl-C, for SIGTERM, or for a process to end by itself."""
    while True:
        _refuse_ended(processes)
        time.sleep(0.5)


def _refuse_ended(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise DemoError(f"The {name} ended by itself. Read the end of its log in var/logs.")


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Stop all at once and wait for each."""
    for process in processes:
        if process.stdin is not None:
            process.stdin.close()
    for process in processes:
        stop_guarded(process)
