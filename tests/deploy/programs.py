"""Comitia's programs, run as an operator runs them: by their commands and their environment alone."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.waiting import wait_until

PLAIN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
"""What is in the environment besides what the operator puts there."""


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> str:
    """Run a command to its end; what it said. Fails where it failed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=PLAIN | dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the block ends; it has to stop in order when it is told to."""
    program = subprocess.Popen(command, cwd=folder, env=PLAIN | dict(environment))
    try:
        yield program
        assert program.poll() is None, "it ended by itself"
    finally:
        program.terminate()
        status = program.wait(timeout=60)
    assert status == 0


def wait_until_ready(program: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a web server says that its database answers too."""
    wait_until(lambda: program.poll() is not None or _is_ready(port))
    assert program.poll() is None, "it ended by itself"


def _is_ready(port: int) -> bool:
    request = Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": "any.example.org"})
    try:
        return bool(urlopen(request, timeout=30).status == 200)
    except URLError:
        return False
