"""What the guides say is so: commands and variables for operators, the map of the code, links."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

import wsgi
from kernel.db.roles import LOGINS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "operate.md").read_text(encoding="utf-8")
MAP = (DOCS / "architecture.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
PACKAGES = ("kernel", "network", "missions", "training")
FOR_US = {"COMITIA_DEMO", "COMITIA_DEMO_MAIL_PORT", "COMITIA_VAR"}
"""Set by `make demo` and by tests; nothing an operator sets."""
NOT_FOR_OPERATORS = {"demo", "db psql"}


def commands_in(text):
    """Each `comitia` command of a guide: its words, without what stands before it."""
    joined = re.sub(r"\\\n\s*", " ", text)
    indented = re.findall(r"^ {4,}.*?bin/comitia ([a-z].*)$", joined, re.M)
    inline = re.findall(r"`[^`\n]*?bin/comitia ([a-z][^`\n]*)`", joined)
    return sorted({line.split(" |")[0].strip() for line in [*indented, *inline]})


def refusal_of(words):
    """Why the command cannot be called so; None where it can."""
    command, context = wsgi.cli, click.Context(wsgi.cli, info_name="comitia")
    arguments = shlex.split(words)
    while isinstance(command, click.Group):
        if not arguments:
            return None  # the guide speaks of a whole group
        name = arguments.pop(0)
        command = command.get_command(context, name)
        if command is None:
            return f"there is no {name}"
        context = click.Context(command, info_name=name, parent=context)
    options = {name for param in command.params for name in param.opts} | {"--help"}
    unknown = [word for word in arguments if word.startswith("--") and word not in options]
    return f"it has no {unknown}" if unknown else None


def leaves(command, path=()):
    """Every command that does something, by its words."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from leaves(command.get_command(context, name), (*path, name))
    else:
        yield " ".join(path)


def variables_in(text):
    return set(re.findall(r"\bCOMITIA_[A-Z_]+[A-Z]\b", text))


def packages(top):
    """The features and parts of a module."""
    return {path.parent.name for path in (ROOT / top).glob("*/__init__.py")}


def folders():
    """The folders of the repository, but for those with a dot."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    tops = {line.split("/")[0] for line in listed.splitlines() if "/" in line}
    return {name for name in tops if not name.startswith(".")}


def on_the_map(top):
    """The features and parts the map names below a module."""
    block = re.search(rf"^{top}/ .*\n((?:  .*\n)+)", MAP, re.M)
    return set(re.findall(r"^  ([a-z_]+)/", block[1], re.M)) if block else None


@pytest.mark.parametrize("words", commands_in(GUIDE))
def test_a_command_of_the_guide_can_be_given(words):
    assert refusal_of(words) is None


def test_every_command_stands_in_the_guide():
    told = [" ".join(shlex.split(words)) for words in commands_in(GUIDE)]
    missing = {
        leaf
        for leaf in leaves(wsgi.cli)
        if leaf not in NOT_FOR_OPERATORS and not any(words.startswith(leaf) for words in told)
    }
    assert missing == set()


def test_the_guide_names_every_variable_and_no_other():
    passwords = {f"{login.upper()}_PASSWORD" for login in LOGINS}
    read = set()
    for name in ("kernel/web/config.py", "gunicorn.conf.py", "kernel/db/commands.py"):
        read |= variables_in((ROOT / name).read_text(encoding="utf-8"))
    assert variables_in(GUIDE) == (read - FOR_US) | passwords


def test_the_compose_file_sets_only_what_the_guide_names():
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert variables_in(text) <= variables_in(GUIDE)


@pytest.mark.parametrize("top", PACKAGES)
def test_the_map_names_every_package_and_no_other(top):
    assert on_the_map(top) == packages(top)


def test_the_map_names_every_folder_of_the_house():
    assert set(re.findall(r"^([a-z]+)/ ", MAP, re.M)) == folders()


def test_the_layers_on_the_map_are_those_of_the_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [
        contract["layers"]
        for contract in contracts["tool"]["importlinter"]["contracts"]
        if contract["name"] == "The kernel is layered"
    ]
    told = re.search(r"kernel is layered\s+\(([^)]*)\)", MAP)[1]
    assert [set(layer.split(", ")) for layer in told.split(" > ")] == [
        set(layer.split(" : ")) for layer in layers
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_guide_links_to_what_is_there(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
