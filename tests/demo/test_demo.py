"""`make demo` as a newcomer runs it: it serves, it remembers, and it never leaves a process behind."""

import os
import re
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import make_msgid
from http.client import HTTPConnection
from pathlib import Path

import pytest

from kernel.identity.permissions import known_roles
from tests.waiting import promised, wait_until

ROOT = Path(__file__).parents[2]
COMITIA = (str(ROOT / "bin" / "comitia"), "demo", "--port", "{port}")
# What make would install first is what the tests run in.
MAKE = ("make", "--assume-old=.venv/.runtime", "demo", "PORT={port}")
SECONDS = 240
"""A start takes a few seconds on an idle machine; here others may be at work beside it."""


@pytest.fixture
def var():
    with tempfile.TemporaryDirectory(prefix="comitia-test-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A demo that was started, and what it printed."""

    def __init__(self, var, port, command=COMITIA):
        self.process = subprocess.Popen(
            [part.format(port=port) for part in command],
            cwd=ROOT,
            env=os.environ | {"COMITIA_VAR": str(var)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def wait_until_ready(self):
        deadline = time.monotonic() + SECONDS
        while "Ctrl-C stops everything" not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended early: {self.said}"
            assert time.monotonic() < deadline, self.said
            self.said += line
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()


def left_behind(var):
    """Processes that name the folder, work in it, or have it in their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        try:
            told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            cwd = str((entry / "cwd").resolve())
        except OSError:
            continue
        if str(var).encode() in told or cwd.startswith(str(var)):
            found.append(entry.name)
    return found


def get(port, path, host="cen.localhost"):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def letter_to_answer(var):
    """A letter the demo sent that can be answered; None while there is none."""
    for file in (var / "mail").glob("*.eml"):
        letter = message_from_bytes(file.read_bytes(), policy=default)
        if letter.get("Reply-To", "").startswith("reply+"):
            return letter
    return None


def answer_by_mail(port, letter, said):
    answer = EmailMessage()
    answer["From"], answer["To"] = letter["To"], letter["Reply-To"]
    answer["Subject"] = f"Re: {letter['Subject']}"
    answer["Message-ID"] = make_msgid(domain="mail.example.org")
    answer["In-Reply-To"] = letter["Message-ID"]
    answer.set_content(said)
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
        server.send_message(answer)


def asked_of_the_database(var, query):
    psql = [ROOT / "bin" / "comitia", "db", "psql"]
    environ = os.environ | {"COMITIA_VAR": str(var)}
    told = subprocess.run(
        psql, env=environ, input=query, capture_output=True, text=True, check=True
    )
    return told.stdout


def kill_while_it_loads(var, port):
    demo = Running(var, port)
    assert "Loading" in demo.process.stdout.readline()
    time.sleep(1)
    demo.kill()
    wait_until(lambda: left_behind(var) == [], seconds=promised(5))


def test_demo_loads_serves_remembers_and_leaves_nothing_behind(var, port, app):
    kill_while_it_loads(var, port)
    demo = Running(var, port).wait_until_ready()
    assert "Loading" in demo.said, "what was begun and interrupted is begun again"
    assert f"http://cen.localhost:{port}" in demo.said
    assert "librarian" in known_roles(), "the modules of `app` have registered theirs"
    for role in known_roles():
        label = role.replace("_", " ")
        assert re.search(rf"{label} +\S+@\S*example\.org", demo.said, re.IGNORECASE), label
    secret = re.search(r"second step; secret for the app:\s+(\w+)", demo.said)[1]
    assert get(port, "/sign-in")[0] == 200
    assert get(port, "/", host="unknown.localhost") == (404, "Not found\n")
    # Nobody sends what loading enqueued but the worker.
    wait_until(lambda: 'lang="fr"' in get(port, "/dev/mail")[1])
    mail_port = int(re.search(r"by SMTP to 127\.0\.0\.1:(\d+)", demo.said)[1])
    wait_until(lambda: letter_to_answer(var) is not None)
    answer_by_mail(mail_port, letter_to_answer(var), "It held at ours too, for nine days.")
    answers = (
        "select count(*) from network.post where body = 'It held at ours too, for nine days.';"
    )
    wait_until(lambda: "1\n" in asked_of_the_database(var, answers))
    demo.kill()
    wait_until(lambda: left_behind(var) == [], seconds=promised(5))

    again = Running(var, port).wait_until_ready()
    assert "Loading" not in again.said
    assert secret in again.said
    assert get(port, "/sign-in")[0] == 200
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(timeout=30) == 0
    assert left_behind(var) == []

    by_make = Running(var, port, MAKE).wait_until_ready()
    by_make.kill()
    wait_until(lambda: left_behind(var) == [], seconds=promised(5))


def test_taken_port_is_named_with_what_to_do(var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        demo = Running(var, port)
        said, _ = demo.process.communicate(timeout=SECONDS)
    assert demo.process.returncode == 1
    assert f"Port {port} is in use" in said
    assert f"make demo PORT={port + 1}" in said
