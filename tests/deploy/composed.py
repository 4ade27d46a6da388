"""The services of the compose file, run in a folder that stands for the image and on ports of this machine."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kernel.db.binaries import ServerAccount, find_binaries
from tests.deploy.postgres import Postgres, free_port, running_postgres
from tests.deploy.programs import PLAIN, run
from tests.deploy.steps import ROOT, interpolate
from tests.kernel.files.seaweed import WEED, running_weed
from tests.kernel.mail.server import Received, running_server

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
SETTINGS = SECRETS | {"COMITIA_MAIL_IN_DOMAIN": "reply.{host}", "COMITIA_INSECURE_COOKIES": "1"}
"""What the operator writes into .env."""


def read_compose() -> dict[str, Any]:
    """The compose file."""
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text()))


def environment_in(service: Mapping[str, Any], settings: Mapping[str, str]) -> dict[str, str]:
    """A service's environment; a variable without a value is passed on, where there is one."""
    given = service.get("environment", {})
    passed_on = {name: settings[name] for name in given if given[name] is None and name in settings}
    written = {
        name: interpolate(str(value), settings)
        for name, value in given.items()
        if value is not None
    }
    return written | passed_on


@dataclass(frozen=True)
class Composed:
    """The services that are not ours, running, and how to run ours."""

    folder: Path
    postgres: Postgres
    catcher: Received
    weed: Mapping[str, int]
    web: str
    mail_in: str

    def environment(self, name: str) -> dict[str, str]:
        """The environment of one of our services, with addresses of this machine."""
        found = environment_in(service(name), SETTINGS)
        return {key: self.here(value) for key, value in found.items()}

    def command(self, name: str) -> list[str]:
        """The command of one of our services."""
        return [self.here(word) for word in service(name)["command"]]

    def run(self, name: str, *command: str) -> str:
        """`docker compose run` of a service: its own command to its end, or another one."""
        return run(command or self.command(name), self.environment(name), self.folder)

    def says(self, name: str, *command: str) -> str:
        """What a command says in a service, whether it succeeds or not."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=PLAIN | self.environment(name),
            capture_output=True,
            text=True,
        )
        return done.stdout

    def here(self, text: str) -> str:
        """Addresses of the compose network as they are on this machine."""
        for theirs, ours in {
            "@postgres/": f"@{self.postgres.place}/",
            "http://s3:8333": f"http://127.0.0.1:{self.weed['s3.port']}",
            "s3:9333": f"127.0.0.1:{self.weed['master.port']}.{self.weed['master.port.grpc']}",
            "smtp://mail:1025": f"smtp://127.0.0.1:{self.catcher.port}",
            "0.0.0.0:2424": self.mail_in,
        }.items():
            text = text.replace(theirs, ours)
        return text

    def bucket_is_made(self) -> bool:
        """Do what the service `bucket` does, which is started again where it fails."""
        done = subprocess.run(
            [self.here(word) for word in service("bucket")["entrypoint"]],
            env={"PATH": f"{WEED.parent}:{PLAIN['PATH']}"},
            capture_output=True,
        )
        return done.returncode == 0

    def postgres_is_healthy(self) -> bool:
        """What the health check of `postgres` says, asked where it would run."""
        kind, program, *words = service("postgres")["healthcheck"]["test"]
        assert kind == "CMD"
        assert "--host=127.0.0.1" in words, "a server that is only being set up would do"
        place = {"PGPORT": str(self.postgres.port)}
        asked = [str(self.postgres.bin_dir / program), *words]
        return subprocess.run(asked, env=place, capture_output=True).returncode == 0


def service(name: str) -> Mapping[str, Any]:
    """What the file says of a service."""
    found: Mapping[str, Any] = read_compose()["services"][name]
    return found


def programs_of_postgres() -> Path:
    """Those of the oldest version there may be, where it is installed, else the embedded ones."""
    oldest = Path("/usr/lib/postgresql/15/bin")
    return oldest if oldest.exists() else find_binaries(ServerAccount.current())


@contextmanager
def others_running(folder: Path) -> Iterator[Composed]:
    """Run database, object storage and mail catcher by the lines of the file."""
    database = environment_in(service("postgres"), SETTINGS)
    storage = service("s3")
    with ExitStack() as stack:
        postgres = running_postgres(
            programs_of_postgres(),
            database["POSTGRES_PASSWORD"],
            database["POSTGRES_INITDB_ARGS"].split(),
        )
        weed = running_weed(storage["command"], environment_in(storage, SETTINGS))
        yield Composed(
            folder,
            stack.enter_context(postgres),
            stack.enter_context(running_server()),
            stack.enter_context(weed)[0],
            web=f"127.0.0.1:{free_port()}",
            mail_in=f"127.0.0.1:{free_port()}",
        )
