"""What is told where the tests miss a program and nobody may install it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "system-packages"
NOBODY = 65534


def run(path):
    """Run the script as somebody who is not root, with these programs alone."""
    return subprocess.run(
        [shutil.which("bash"), "-s"],
        input=SCRIPT.read_bytes(),
        env={"PATH": str(path)},
        user=NOBODY if os.geteuid() == 0 else None,
        cwd="/",
        capture_output=True,
        check=False,
    )


@pytest.fixture
def only_id():
    """A folder of programs with nothing in it but `id`."""
    folder = Path(shutil.which("id")).parent
    bare = Path("/tmp") / f"comitia-bare-{os.getpid()}"
    bare.mkdir(mode=0o755)
    (bare / "id").symlink_to(folder / "id")
    yield bare
    shutil.rmtree(bare)


def test_without_root_it_names_what_is_missing_and_what_becomes_of_the_tests(only_id):
    done = run(only_id)
    said = done.stderr.decode()
    assert done.returncode == 0
    assert "needs root" in said
    assert "nodejs: without it, checks of accessibility are skipped" in said
    assert "poppler-utils: without it, tests that read PDF pages are skipped" in said


def test_it_says_nothing_of_what_is_there(only_id):
    for name in ("node", "npm", "pdftoppm"):
        (only_id / name).symlink_to(shutil.which("id"))
    said = run(only_id).stderr.decode()
    assert "nodejs" not in said
    assert "poppler" not in said
