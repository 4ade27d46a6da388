"""A real S3 server for tests: SeaweedFS on loopback, gone when the tests are."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from kernel.files.s3 import S3Settings

_PORTS = (
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "s3.port",
    "s3.port.grpc",
)
_ACCESS, _SECRET = "tests", "tests-only"
WEED = Path(sys.executable).parent / "weed"


@contextmanager
def running_bucket() -> Iterator[S3Settings]:
    """Start a server with one bucket; stop it and remove what it wrote at the end."""
    keys = {"AWS_ACCESS_KEY_ID": _ACCESS, "AWS_SECRET_ACCESS_KEY": _SECRET}
    with running_weed(["server", "-s3"], keys) as (ports, server):
        settings = S3Settings(
            bucket="files",
            endpoint=f"http://127.0.0.1:{ports['s3.port']}",
            access_key=_ACCESS,
            secret_key=_SECRET,
        )
        _make_bucket(settings, server)
        yield settings


@contextmanager
def running_weed(
    command: Sequence[str], keys: Mapping[str, str]
) -> Iterator[tuple[dict[str, int], subprocess.Popen[bytes]]]:
    """Start SeaweedFS by a command, but on ports, sockets and a folder of its own: its ports by name."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="weed-")))
        ports = _free_ports(len(_PORTS))
        server = subprocess.Popen(
            [str(WEED), f"-logdir={folder}", *command, *_confined(folder, ports)],
            env=os.environ | keys,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_die_with_parent,
        )
        stack.callback(_stop, server, ports)
        yield ports, server


def _confined(folder: Path, ports: dict[str, int]) -> list[str]:
    """Every port and socket is ours; the two extra catalogues and the telemetry stay off."""
    return [
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-dir={folder}",
        f"-filer.localSocket={folder}/filer.sock",
        f"-s3.localSocket={folder}/s3.sock",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=64",
        "-volume.max=50",
        *(f"-{name}={port}" for name, port in ports.items()),
    ]


def _free_ports(count: int) -> dict[str, int]:
    """Ports nobody listens on, held together while they are chosen so that none comes twice."""
    with ExitStack() as stack:
        chosen = []
        for _ in range(count):
            probe = stack.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            chosen.append(probe.getsockname()[1])
    return dict(zip(_PORTS, chosen, strict=True))


def _make_bucket(settings: S3Settings, server: subprocess.Popen[bytes]) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=settings.endpoint,
        region_name=settings.region,
        aws_access_key_id=_ACCESS,
        aws_secret_access_key=_SECRET,
        config=Config(
            connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 1, "mode": "standard"}
        ),
    )
    deadline = time.monotonic() + 60
    while True:
        try:
            client.create_bucket(Bucket=settings.bucket)
            client.put_object(Bucket=settings.bucket, Key="ready", Body=b"ready")
        except (BotoCoreError, ClientError):
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _stop(server: subprocess.Popen[bytes], ports: dict[str, int]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    for port in ports.values():
        for left in Path("/tmp").glob(f"seaweedfs-*-grpc-{port}.sock"):
            left.unlink(missing_ok=True)


def _die_with_parent() -> None:
    """Ask the Linux kernel to end the server when the test process ends, however it ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
