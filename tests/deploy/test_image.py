"""The Dockerfile and the compose file, by doing their own steps in a temporary folder."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import yaml

from kernel.db.embedded import EmbeddedServer
from tests.deploy.steps import HOME, ROOT, do, interpolate, read_dockerfile
from tests.waiting import wait_until

SECRETS = {
    name: f"{name.lower()}-0123456789abcdefghij"
    for name in (
        "COMITIA_KEYS",
        "S3_PASSWORD",
        "POSTGRES_PASSWORD",
        "COMITIA_MIGRATOR_PASSWORD",
        "COMITIA_APP_PASSWORD",
        "COMITIA_WORKER_PASSWORD",
        "COMITIA_BACKUP_PASSWORD",
    )
}
PLAIN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


@pytest.fixture(scope="module")
def stages():
    return read_dockerfile()


@pytest.fixture(scope="module")
def image(stages):
    """The folder that stands for /srv/comitia of the finished image."""
    with tempfile.TemporaryDirectory(prefix="comitia-image-") as name:
        build, final = Path(name) / "build", Path(name) / "final"
        build.mkdir()
        (build / ".venv").symlink_to(sys.prefix)
        do(stages[0], build, {}, PLAIN)
        do(stages[1], final, {"build": build}, PLAIN)
        yield final


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def server():
    with EmbeddedServer.temporary() as server:
        yield server


@pytest.fixture(scope="module")
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment_of(service, compose, server, image):
    """A service's environment with the test's server in place of the compose network's."""
    values = {
        name: interpolate(str(value), SECRETS)
        for name, value in compose["services"][service]["environment"].items()
    }
    for name, value in values.items():
        if name.endswith("DATABASE_URL"):
            address = f"?host={server.socket_dir}&port=5432"
            values[name] = value.replace("@postgres/", "@/") + address
    return PLAIN | values | {"COMITIA_FILES": str(image / "var" / "files")}


def run(service, compose, server, image):
    """Run a service's command to its end in the image."""
    return subprocess.run(
        compose["services"][service]["command"],
        cwd=image,
        env=environment_of(service, compose, server, image),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def migrated(compose, server, image):
    """Roles and migrations, by the commands of the compose file."""
    for service in ("roles", "migrate"):
        result = run(service, compose, server, image)
        assert result.returncode == 0, result.stderr
    return compose


def test_image_holds_the_product_and_its_catalogues_but_no_tests(image):
    assert (image / "wsgi.py").exists()
    assert (image / "bin" / "comitia").stat().st_mode & 0o100
    for catalogue in (image / "translations").glob("*/LC_MESSAGES/messages.po"):
        assert catalogue.with_suffix(".mo").exists()
    assert not (image / "tests").exists()
    assert (image / "var" / "files").is_dir()


def test_image_runs_as_an_ordinary_user_who_was_made_before(stages):
    words = [step.word for step in stages[1].steps]
    assert stages[1].only("USER").rest == "comitia"
    made = [s.rest for s in stages[1].steps if s.word == "RUN" and "useradd" in s.rest]
    assert made
    assert words.index("USER") < words.index("CMD")
    assert stages[1].only("WORKDIR").rest == HOME


def test_image_serves_and_its_health_check_tells_so(stages, image, migrated, server, port):
    check = [word.replace(":8000/", f":{port}/") for word in stages[1].only("HEALTHCHECK").argv()]
    environment = environment_of("web", migrated, server, image)
    environment |= {"COMITIA_BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1"}

    def healthy():
        return subprocess.run(check, cwd=image, env=PLAIN, capture_output=True).returncode == 0

    assert not healthy()
    web = subprocess.Popen(stages[1].only("CMD").argv(), cwd=image, env=environment)
    try:
        wait_until(lambda: healthy() or web.poll() is not None)
        assert web.poll() is None
        request = Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": "any.example.org"})
        assert urlopen(request, timeout=30).status == 200
    finally:
        web.terminate()
        web.wait(timeout=60)


def test_worker_of_the_compose_file_runs_until_it_is_stopped(migrated, server, image):
    worker = subprocess.Popen(
        migrated["services"]["worker"]["command"],
        cwd=image,
        env=environment_of("worker", migrated, server, image),
    )
    try:
        wait_until(lambda: registered(server) or worker.poll() is not None)
        assert worker.poll() is None
    finally:
        worker.terminate()
        assert worker.wait(timeout=60) == 0


def registered(server):
    psql = [str(server.bin_dir / "psql"), "-h", str(server.socket_dir), "-U", "postgres", "-At"]
    count = "select count(*) from jobs.procrastinate_workers"
    return subprocess.run([*psql, "-c", count, "comitia"], capture_output=True).stdout == b"1\n"


def test_compose_asks_for_every_secret_and_holds_none(compose):
    text = (ROOT / "compose.yaml").read_text()
    for name in SECRETS:
        assert f"${{{name}:?" in text
    with pytest.raises(AssertionError, match="COMITIA_KEYS"):
        interpolate(compose["services"]["web"]["environment"]["COMITIA_KEYS"], {})


def test_compose_has_every_part_and_shows_none_to_the_outside(compose):
    services = compose["services"]
    assert {"web", "worker", "postgres", "s3", "mail"} <= set(services)
    for service in services.values():
        for published in service.get("ports", []):
            assert published.startswith("127.0.0.1:")
