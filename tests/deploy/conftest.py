import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.programs import PLAIN
from tests.deploy.steps import Stage, do, read_dockerfile


@pytest.fixture(scope="session")
def stages() -> list[Stage]:
    return read_dockerfile()


@pytest.fixture(scope="session")
def image(stages: list[Stage]) -> Iterator[Path]:
    """The folder that stands for /srv/comitia of the finished image."""
    with tempfile.TemporaryDirectory(prefix="comitia-image-") as name:
        build, final = Path(name) / "build", Path(name) / "final"
        build.mkdir()
        (build / ".venv").symlink_to(sys.prefix)
        do(stages[0], build, {}, PLAIN)
        do(stages[1], final, {"build": build}, PLAIN)
        yield final
