"""Run a program that never outlives the process which started it.

This file is two things. Imported, it gives :func:`start_guarded`. Run as a script, it is the guard:
a small process between us and the program that stops the program when we stop it, when we end, and
when we are killed with a signal nobody can catch.

A death signal alone (``PR_SET_PDEATHSIG``) would not do for the program itself: it fires when the
*thread* that forked ends and is cleared by a change of user. The guard has one thread and asks for
the signal after the change of user, so that its own violent end stops the program as well.
Linux only.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)  # loaded here: nothing may be loaded between fork and exec
POLL_SECONDS = 0.25
ESCALATION = ((signal.SIGQUIT, 2.5), (signal.SIGKILL, 0.7))
"""What a program gets that has not ended in so many seconds after the signal before."""


def start_guarded(
    command: Sequence[str],
    *,
    stop_signal: signal.Signals = signal.SIGTERM,
    user: str | None = None,
    remove: Sequence[Path] = (),
    env: Mapping[str, str] | None = None,
    log: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start ``command`` under a guard and return the guard's process.

    The guard ends with the program's exit status. ``remove`` names folders it deletes after the
    program has ended, however that came about. Output goes to ``log``, or to ours without one.
    """
    arguments = ["--parent", str(os.getpid()), "--signal", stop_signal.name]
    if user is not None:
        arguments += ["--user", user]
    for folder in remove:
        arguments += ["--remove", str(folder)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", "-S", __file__, *arguments, "--", *command],
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        env=env,
        cwd="/" if user is not None else None,
        start_new_session=True,  # Ctrl-C in a terminal reaches us, and we stop the program in order
    )


def stop_guarded(guard: subprocess.Popen[bytes]) -> int:
    """Stop the program behind ``guard``, wait for it, and return its exit status."""
    if guard.stdin is not None:
        guard.stdin.close()
    return guard.wait()


def end_with_parent(stop_signal: signal.Signals) -> None:
    """Ask the kernel for a signal when the thread that started this process ends."""
    _LIBC.prctl(PR_SET_PDEATHSIG, int(stop_signal))


def _start(command: Sequence[str], user: str | None, stop_signal: signal.Signals) -> int:
    """Start the program in a session of its own and return its process id."""
    account = pwd.getpwnam(user) if user is not None else None
    process = subprocess.Popen(  # noqa: S603 - the command our own parent asked for
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=partial(end_with_parent, stop_signal),  # safe: the guard has one thread
    )
    return process.pid


def _exit_status(pid: int, seconds: float) -> int | None:
    """The exit status of child ``pid`` if it ends within ``seconds``, else None."""
    deadline = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.02)


def _watch(pid: int, parent: int) -> int | None:
    """Wait until the program ends (its status) or has to be stopped (None)."""
    while os.getppid() == parent:
        status = _exit_status(pid, 0)
        if status is not None:
            return status
        readable, _, _ = select.select([sys.stdin], [], [], POLL_SECONDS)
        if readable:  # nothing is ever written: readable means that the other end is closed
            return None
    return None


def _stop(pid: int, stop_signal: signal.Signals) -> int:
    """Ask the program to end, then insist; the last signal goes to its whole process group."""
    os.kill(pid, stop_signal)
    for harder, seconds in ESCALATION:
        status = _exit_status(pid, seconds)
        if status is not None:
            return status
        if harder is signal.SIGKILL:
            os.killpg(pid, harder)
        else:
            os.kill(pid, harder)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _end_by_signal(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    """Be the guard of one program; see the top of this file."""
    parser = argparse.ArgumentParser(description="Run a program that never outlives its parent.")
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--signal", required=True)
    parser.add_argument("--user")
    parser.add_argument("--remove", action="append", default=[])
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    stop_signal = signal.Signals[options.signal]
    signal.signal(signal.SIGTERM, _end_by_signal)
    pid = _start(options.command, options.user, stop_signal)
    status: int | None = None
    try:
        status = _watch(pid, options.parent)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if status is None:
            status = _stop(pid, stop_signal)
        for folder in options.remove:
            shutil.rmtree(folder, ignore_errors=True)
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
