"""Reads a Dockerfile and does its steps in a folder, and reads a compose file's values."""

import json
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = "/srv/comitia"
NOT_HERE = ("useradd", "chown", " -m venv", " -m pip install", "uv pip sync")
"""Steps that make users or install packages; the environment of the tests stands in for them."""


@dataclass(frozen=True)
class Step:
    """One instruction of a Dockerfile."""

    word: str
    rest: str

    def argv(self):
        """The command of an instruction in JSON form, wherever it begins."""
        return json.loads(self.rest[self.rest.index("[") :])


@dataclass
class Stage:
    """What comes after one FROM."""

    name: str
    steps: list[Step] = field(default_factory=list)

    def only(self, word):
        """The one instruction of a kind."""
        (step,) = [step for step in self.steps if step.word == word]
        return step


def read_dockerfile(path=ROOT / "Dockerfile"):
    """The stages of a Dockerfile without comments and line continuations."""
    text = re.sub(r"\\\n", " ", path.read_text())
    stages = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append(Stage(rest.partition(" AS ")[2]))
        stages[-1].steps.append(Step(word, rest))
    return stages


def do(stage, folder, built, environment):
    """Do a stage's COPY and RUN steps in `folder`, which stands for the image's /srv/comitia."""
    for step in stage.steps:
        if step.word == "COPY":
            _copy(step.rest, folder, built)
        elif step.word == "RUN" and not any(part in step.rest for part in NOT_HERE):
            here = step.rest.replace(HOME, str(folder))
            subprocess.run(here, shell=True, cwd=folder, env=environment, check=True)


def _copy(rest, folder, built):
    words = shlex.split(rest)
    if words[0].startswith("--from="):
        assert words[1:] == [HOME, HOME]
        shutil.copytree(built[words[0].removeprefix("--from=")], folder, symlinks=True)
    elif words == [".", "."]:
        for name in _tracked():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    else:
        for name in words[:-1]:
            shutil.copy2(ROOT / name, folder)


def _tracked():
    """What a clone holds; a build from a clone copies just that."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def interpolate(value, variables):
    """A compose value with `${NAME:?…}` and `${NAME:-default}` replaced, as compose does."""

    def replace(match):
        name, kind, text = match["name"], match["kind"], match["text"]
        if name in variables:
            return variables[name]
        assert kind != ":?", f"{name}: {text}"
        return text if kind == ":-" else ""

    return re.sub(r"\$\{(?P<name>\w+)(?:(?P<kind>:[?-])(?P<text>[^}]*))?\}", replace, value)
