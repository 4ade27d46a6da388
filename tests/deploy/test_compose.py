"""The compose file: its services, by their own lines, do together what the operator's guide says."""

import re
import smtplib
import subprocess
from urllib.error import HTTPError

import pytest

from tests.deploy.composed import SECRETS, environment_in, others_running, read_compose
from tests.deploy.programs import PLAIN, running, wait_until_ready
from tests.deploy.steps import ROOT
from tests.deploy.visitor import Visitor
from tests.waiting import wait_until

HOST = "cen.example.org"
ADA = "ada@example.org"
PASSWORD = "long enough for anybody"
KEEP_A_FILE = """
import io, os
from kernel.files.backends import storage_from
from kernel.files.storage import new_key
files, key = storage_from(os.environ["COMITIA_FILES"]), new_key(1)
files.put(key, io.BytesIO(b"kept"))
print(type(files).__name__, b"".join(files.get(key)).decode())
"""


@pytest.fixture(scope="module")
def compose():
    return read_compose()


def web_server(stages, composed):
    """The image's own command and environment, at a port of this machine."""
    image = dict(word.split("=", 1) for word in stages[1].only("ENV").rest.split())
    assert image["COMITIA_BIND"] == "0.0.0.0:8000"
    environment = image | composed.environment("web") | {"WEB_CONCURRENCY": "1"}
    return stages[1].only("CMD").argv(), environment | {"COMITIA_BIND": composed.web}


def is_healthy(stages, composed):
    """What the image's health check says."""
    check = stages[1].only("HEALTHCHECK").argv()
    asked = [word.replace("127.0.0.1:8000/", f"{composed.web}/") for word in check]
    done = subprocess.run(asked, cwd=composed.folder, env=PLAIN, capture_output=True)
    return done.returncode == 0


def make_network(composed):
    create = "--slug cen --name Fictional --host cen.example.org --administrator-name Ada"
    made = ["bin/comitia", "tenant", "create", *create.split(), "--administrator-address", ADA]
    composed.run("migrate", *made)
    composed.run("web", "bin/comitia", "tenant", "invite", "cen", ADA)


def answers_to(composed, recipient):
    """What the door for mail says to a recipient, and then to the mail itself."""
    host, port = composed.mail_in.split(":")
    with smtplib.LMTP(host, int(port), local_hostname="mx.example.org") as door:
        door.ehlo()
        door.mail("")
        answers = [door.rcpt(recipient)[0]]
        if answers == [250]:
            answers.append(door.data("Subject: It came back\r\n\r\nOver quota.")[0])
        return answers


def sign_in(visitor, password):
    return visitor.send("/sign-in", address=ADA, password=password)


def test_the_services_of_the_compose_file_work_together(stages, image):
    """By TCP and with passwords, on PostgreSQL 15 where it is installed."""
    with others_running(image) as composed:
        assert composed.postgres_is_healthy()
        for password in ("", "wrong"):
            assert not composed.postgres.lets_in("postgres", password)
        said = composed.run("roles")
        assert "comitia_app: new password" in said
        assert "comitia_report: password unchanged" in said
        assert not composed.postgres.lets_in("comitia_app", "wrong")
        composed.run("migrate")
        for _ in range(2):  # each `up` asks for it again
            wait_until(composed.bucket_is_made)
        keep = (".venv/bin/python", "-c", KEEP_A_FILE)
        wait_until(lambda: composed.says("web", *keep) == "S3Storage kept\n")
        make_network(composed)
        assert not is_healthy(stages, composed)
        command, environment = web_server(stages, composed)
        worker = running(composed.command("worker"), composed.environment("worker"), image)
        mail_in = running(composed.command("mail-in"), composed.environment("mail-in"), image)
        port = int(composed.web.split(":")[1])
        with worker, mail_in, running(command, environment, image) as web:
            wait_until_ready(web, port)
            assert is_healthy(stages, composed)
            wait_until(lambda: composed.catcher.messages)
            (letter,), (sender,) = composed.catcher.messages, composed.catcher.senders
            assert letter["From"].addresses[0].addr_spec == "comitia@example.org"
            link = re.search(rf"https://{HOST}(/invitation/\S+)", letter.get_content())[1]
            assert "two-step" in Visitor(port, HOST).send(link, name="Ada", password=PASSWORD)
            with pytest.raises(HTTPError, match="422"):
                sign_in(Visitor(port, HOST), "not hers at all")
            assert "two-step" in sign_in(Visitor(port, HOST), PASSWORD)
            assert answers_to(composed, sender) == [250, 250]
            assert answers_to(composed, f"nobody@reply.{HOST}") == [550]


def test_compose_asks_for_every_secret_and_holds_none(compose):
    text = (ROOT / "compose.yaml").read_text()
    for name in SECRETS:
        assert f"${{{name}:?" in text
    with pytest.raises(AssertionError, match="COMITIA_KEYS"):
        environment_in(compose["services"]["web"], {})


def test_compose_has_every_part_and_shows_none_to_the_outside(compose):
    services = compose["services"]
    assert {"web", "worker", "postgres", "s3", "mail"} <= set(services)
    for service in services.values():
        for published in service.get("ports", []):
            assert published.startswith("127.0.0.1:")


def test_every_address_in_the_compose_file_is_that_of_a_service(compose):
    text = (ROOT / "compose.yaml").read_text()
    named = set(re.findall(r"(?:@|://|-master=)([a-z0-9-]+)(?=[:/])", text)) - {"comitia"}
    assert named == {"postgres", "s3", "mail"}
    assert named <= set(compose["services"])


def test_what_is_published_is_where_the_program_listens(compose, stages):
    (web,), (door,) = (compose["services"][name]["ports"] for name in ("web", "mail-in"))
    bind = re.search(r"COMITIA_BIND=\S+:(\d+)", stages[1].only("ENV").rest)[1]
    assert web.rpartition(":")[2] == stages[1].only("EXPOSE").rest == bind
    assert compose["services"]["mail-in"]["command"][-1].endswith(f":{door.rpartition(':')[2]}")
