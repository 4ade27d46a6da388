"""A PostgreSQL as others run it: on a port, with passwords, and no socket to come in by."""

import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from kernel.db.binaries import CLEAN_ENV, ServerAccount, runnable
from kernel.db.guard import start_guarded, stop_guarded
from tests.waiting import wait_until

LIKE_THE_EMBEDDED = ("--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8")
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Postgres:
    """A server that is running."""

    bin_dir: Path
    port: int
    password: str

    @property
    def place(self) -> str:
        """What stands for the server in an address."""
        return f"{HOST}:{self.port}"

    def url(self, role: str, password: str, database: str) -> str:
        """An address as the operator's guide writes it."""
        return f"postgresql+psycopg://{role}:{password}@{self.place}/{database}"

    def superuser_url(self, database: str = "postgres") -> str:
        """A database of it under its superuser."""
        return self.url("postgres", self.password, database)

    def lets_in(self, role: str, password: str) -> bool:
        """Whether it opens its door to a role and a password."""
        engine = sa.create_engine(self.url(role, password, "postgres"), poolclass=NullPool)
        try:
            with engine.connect():
                return True
        except sa.exc.OperationalError as error:
            if "password" not in str(error):
                raise
            return False


@contextmanager
def running_postgres(
    bin_dir: Path, password: str, initdb: Sequence[str] = LIKE_THE_EMBEDDED
) -> Iterator[Postgres]:
    """Make a cluster that asks everybody for a password, run it, and remove it in the end."""
    account = ServerAccount.current()
    programs = runnable(bin_dir, account)
    folder = Path(tempfile.mkdtemp(prefix="comitia-real-"))
    account.own(folder)
    try:
        _make_cluster(programs, account, folder, password, initdb)
        server = Postgres(programs, free_port(), password)
        with (folder / "server.log").open("ab") as log:
            guard = start_guarded(
                [str(programs / "postgres"), "-D", str(folder / "data"), *_settings(server.port)],
                stop_signal=signal.SIGINT,
                user=account.name,
                env=CLEAN_ENV,
                log=log,
            )
        try:
            wait_until(lambda: guard.poll() is not None or _listens(server.port))
            assert guard.poll() is None, (folder / "server.log").read_text()
            yield server
        finally:
            stop_guarded(guard)
    finally:
        shutil.rmtree(folder)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _make_cluster(
    programs: Path, account: ServerAccount, folder: Path, password: str, initdb: Sequence[str]
) -> None:
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o644)  # inside a folder only the server's account may enter
    made = account.run(
        [
            str(programs / "initdb"),
            f"--pgdata={folder / 'data'}",
            "--username=postgres",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--no-sync",
            *initdb,
        ]
    )
    assert made.returncode == 0, made.stderr


def _settings(port: int) -> list[str]:
    settings = {
        "listen_addresses": HOST,
        "port": str(port),
        "unix_socket_directories": "",
        "fsync": "off",
        "synchronous_commit": "off",
    }
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
