"""The embedded PostgreSQL: a server of our own for the demo, for development and for the tests.

It listens on a socket in a private folder only, never on a port, trusts whoever can enter that
folder, and ends with the process that started it, even when that is killed (see
:mod:`kernel.db.guard`).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL

from kernel.db.binaries import (
    CLEAN_ENV,
    ServerAccount,
    ServerUnavailable,
    find_binaries,
    reachable_data_dir,
    runnable,
)
from kernel.db.guard import start_guarded, stop_guarded

SUPERUSER = "postgres"
PORT = 5432
"""Part of the socket's file name; nothing listens on the network."""
START_SECONDS = 60.0
PREDECESSOR_SECONDS = 10.0
LONGEST_TEMP_PATH = 60
"""A socket's whole path must stay under 108 bytes."""

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class EmbeddedServer:
    """One PostgreSQL server on ``data_dir``, which is created when it is missing.

    ``durable=False`` trades safety after a power cut for speed. ``bin_dir`` names the programs to
    use instead of those found by :func:`kernel.db.binaries.find_binaries`.
    """

    def __init__(
        self, data_dir: Path, *, durable: bool = True, bin_dir: Path | None = None
    ) -> None:
        self.data_dir = data_dir
        self.durable = durable
        self.account = ServerAccount.current()
        if bin_dir is None:
            self.bin_dir = find_binaries(self.account)
        else:
            self.bin_dir = runnable(bin_dir, self.account)
        self._socket_dir: Path | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._remove_data = False

    @classmethod
    def temporary(cls, *, bin_dir: Path | None = None) -> Self:
        """A server whose data lives in a temporary folder and goes with it; for tests."""
        folder = Path(tempfile.mkdtemp(prefix="comitia-pg-", dir=_short_temp_dir()))
        server = cls(folder, durable=False, bin_dir=bin_dir)
        server.account.own(folder)
        server._remove_data = True
        return server

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def socket_dir(self) -> Path:
        """The folder of the socket of the running server."""
        if self._socket_dir is None:
            raise ServerUnavailable("The embedded PostgreSQL is not running.")
        return self._socket_dir

    def url(self, role: str, database: str) -> str:
        """A SQLAlchemy address of ``database`` as ``role``."""
        return socket_url(self.socket_dir, role, database)

    def superuser_url(self, database: str = "postgres") -> str:
        """A SQLAlchemy address of ``database`` as the superuser."""
        return self.url(SUPERUSER, database)

    def start(self) -> Self:
        """Start the server and wait until it answers.

        Raises:
            ServerUnavailable: when the data belongs to another version, another server is running
                on it, or the server does not come up; its log is in the text.
        """
        data = reachable_data_dir(self.data_dir, self.account)
        if not (data / "PG_VERSION").exists():
            self._create_cluster(data)
        self._check_version(data)
        _clear_stale_lock(data)
        socket_dir = Path(tempfile.mkdtemp(prefix="comitia-", dir=_short_temp_dir()))
        self.account.own(socket_dir)
        with (data / "server.log").open("ab") as log:
            self._guard = start_guarded(
                [str(self.bin_dir / "postgres"), "-D", str(data), *self._settings(socket_dir)],
                stop_signal=signal.SIGINT,  # PostgreSQL's fast shutdown
                user=self.account.name,
                remove=[socket_dir, *([data] if self._remove_data else [])],
                env=CLEAN_ENV,
                log=log,
            )
        self._wait_until_ready(data, socket_dir)
        self._socket_dir = socket_dir
        return self

    def stop(self) -> None:
        """Stop the server and wait until it has ended; nothing happens when it is not running."""
        if self._guard is not None:
            stop_guarded(self._guard)
        self._guard = None
        self._socket_dir = None

    def is_running(self) -> bool:
        """Whether the server we started is still there."""
        return self._guard is not None and self._guard.poll() is None

    def _create_cluster(self, data: Path) -> None:
        """Create the cluster in a folder inside ``data`` and move it up when it is whole.

        An interrupted creation leaves no half cluster: the version file is moved last.
        """
        scratch = data / "new"
        shutil.rmtree(scratch, ignore_errors=True)
        made = self.account.run(
            [
                str(self.bin_dir / "initdb"),
                f"--pgdata={scratch}",
                f"--username={SUPERUSER}",
                "--auth=trust",
                "--encoding=UTF8",
                "--lc-collate=C",
                "--lc-ctype=C.UTF-8",
                "--no-instructions",
                "--no-sync",
            ]
        )
        if made.returncode != 0:
            raise ServerUnavailable(f"The database cluster could not be created: {made.stderr}")
        for entry in sorted(scratch.iterdir(), key=lambda path: path.name == "PG_VERSION"):
            target = data / entry.name
            if target.is_dir():
                shutil.rmtree(target)
            entry.rename(target)
        scratch.rmdir()

    def _check_version(self, data: Path) -> None:
        theirs = (data / "PG_VERSION").read_text().strip()
        ours = self.account.run([str(self.bin_dir / "postgres"), "--version"]).stdout.split()[2]
        if ours.split(".")[0] != theirs:
            raise ServerUnavailable(
                f"The data in {self.data_dir} was made by PostgreSQL {theirs} and the programs "
                f"found are version {ours}. Move the folder away, or set PG_BIN to programs of "
                f"version {theirs}."
            )

    def _settings(self, socket_dir: Path) -> list[str]:
        settings = SETTINGS | {"unix_socket_directories": str(socket_dir)}
        if not self.durable:
            settings |= THROWAWAY_SETTINGS
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _wait_until_ready(self, data: Path, socket_dir: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.is_running():
            lines = _lock_lines(data)
            if lines[4:5] == [str(socket_dir)] and lines[7:8] == ["ready"]:
                return
            time.sleep(0.02)
        self.stop()
        log = data / "server.log"
        said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise ServerUnavailable(
            f"The embedded PostgreSQL did not start. Its log ends with:\n{said}"
        )


def socket_url(socket_dir: Path, role: str, database: str) -> str:
    """A SQLAlchemy address of ``database`` as ``role`` through the socket in ``socket_dir``."""
    return URL.create(
        "postgresql+psycopg",
        username=role,
        database=database,
        query={"host": str(socket_dir), "port": str(PORT)},
    ).render_as_string(hide_password=False)


def running_socket_dir(data_dir: Path) -> Path | None:
    """The socket folder of the server that runs on ``data_dir``, whoever started it, or None."""
    data = data_dir.resolve()
    lines = _lock_lines(data)
    if len(lines) > 4 and _is_postmaster_of(int(lines[0]), data):
        return Path(lines[4])
    return None


def _short_temp_dir() -> str:
    """The temporary folder, unless its path is too long to hold a socket."""
    folder = tempfile.gettempdir()
    return folder if len(os.fsencode(folder)) <= LONGEST_TEMP_PATH else "/tmp"  # noqa: S108


def _lock_lines(data: Path) -> list[str]:
    """The lines of ``postmaster.pid``: process, data, start, port, socket folder, ..., state."""
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except FileNotFoundError:
        return []


def _is_postmaster_of(pid: int, data: Path) -> bool:
    """Whether process ``pid`` is a server on ``data``: a postmaster works inside its folder."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data
    except OSError:
        return False


def _clear_stale_lock(data: Path) -> None:
    """Remove the lock file of a server that is gone, even if its process id is in use again.

    A server whose parent has just been killed is given time to end.
    """
    deadline = time.monotonic() + PREDECESSOR_SECONDS
    while lines := _lock_lines(data):
        if not _is_postmaster_of(int(lines[0]), data):
            (data / "postmaster.pid").unlink(missing_ok=True)
            return
        if time.monotonic() >= deadline:
            raise ServerUnavailable(
                f"Another PostgreSQL (process {lines[0]}) is running on {data}. Stop it first."
            )
        time.sleep(0.1)
