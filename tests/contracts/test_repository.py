"""What lies in the repository: its licence, and nothing of the place it was made at."""

import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AGPL_3 = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"
"""SHA-256 of the text of the GNU Affero General Public License, version 3, as published."""

# Written in two halves, so that this file does not name them either.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb" + ".debian.org",
]
PLACES = ["/" + "work/", "/" + "root/", "/home" + "/runner"]


def texts():
    """Every tracked text file and what it holds; binary files are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in listed.split("\0"):
        path = ROOT / name
        if name and path.is_file():
            try:
                yield name, path.read_text()
            except UnicodeDecodeError:
                continue


@pytest.mark.parametrize("part", HOSTS + PLACES)
def test_no_file_names_a_package_host_or_a_folder_of_one_machine(part):
    assert [name for name, text in texts() if part in text] == []


def test_the_licence_is_the_unmodified_agpl_and_the_project_says_so():
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == AGPL_3
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["license"] == "AGPL-3.0-or-later"


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "requirements-bootstrap.lock"]
)
def test_every_locked_package_has_its_hashes(lock):
    text = (ROOT / lock).read_text()
    packages = re.findall(r"^[a-z0-9][^\n]*==[^\n]*(?:\n[ \t]+[^\n]*)*", text, re.M)
    assert packages
    for package in packages:
        assert "--hash=sha256:" in package, package.splitlines()[0]


def test_no_file_is_too_long_to_be_read():
    long = {
        name: text.count("\n")
        for name, text in texts()
        if name.endswith(".py") and "migrations" not in name and text.count("\n") > 500
    }
    assert long == {}
