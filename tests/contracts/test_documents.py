"""README and the operator's guide tell the truth: their commands exist, and CI runs what README says."""

import re
from pathlib import Path

import click
import pytest

import wsgi

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
GUIDE = (ROOT / "docs" / "operate.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()


def source():
    files = ["gunicorn.conf.py", *ROOT.glob("kernel/**/*.py")]
    return "\n".join((ROOT / file).read_text() for file in files)


def targets():
    return set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))


def test_the_two_commands_of_the_readme_are_targets_and_ci_runs_the_second():
    commands = re.findall(r"^    (make [a-z-]+)$", README, re.M)
    assert commands == ["make demo", "make test"]
    assert {command.split()[1] for command in commands} <= targets()
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "exec make test"


def test_every_make_target_a_page_names_exists():
    named = set(re.findall(r"`make ([a-z-]+)", README + GUIDE))
    assert "lint" in named
    assert named <= targets()


@pytest.mark.parametrize("text", [README, GUIDE], ids=["README", "operate"])
def test_every_comitia_command_a_page_names_exists(text):
    known = {
        "jobs failed", "jobs retry", "db roles", "db upgrade", "audit verify", "worker",
    }  # fmt: skip
    named = re.findall(r"bin/comitia ((?:[a-z-]+ ?)+)", text)
    for words in named:
        assert command_of(words.split()), words
    if text is GUIDE:
        assert known <= {" ".join(words.split()[:2]) for words in named}


def command_of(words):
    """Whether the words name a command, without the arguments after it."""
    found: click.Command = wsgi.cli
    for word in words:
        if not isinstance(found, click.Group):
            break
        context = click.Context(found)
        below = found.get_command(context, word)
        assert below, f"no command {word}; there is {found.list_commands(context)}"
        found = below
    return found


def test_every_variable_the_guide_lists_is_read_by_the_code():
    rows = re.findall(r"^\| (`[A-Z_`, ]+) \|", GUIDE, re.M)
    listed = {name for row in rows for name in re.findall(r"[A-Z][A-Z_]+", row)}
    read = source()
    assert len(listed) > 10
    for name in listed - {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}:  # boto3 reads these
        assert f'"{name}"' in read, name


NOT_FOR_OPERATORS = {
    "COMITIA_DEMO",
    "COMITIA_DEMO_MAIL_PORT",
    "COMITIA_VAR",
    "PG_BIN",
    "PROMETHEUS_MULTIPROC_DIR",
}
"""What the demonstration and gunicorn tell the processes they start."""


def test_every_variable_the_code_reads_is_in_the_guide():
    read = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z][A-Z_]+)"', source()))
    for name in read - NOT_FOR_OPERATORS:
        assert name in GUIDE, name


def test_every_file_a_page_links_to_exists():
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    gone = [(page.name, target) for page in pages for target in links(page) if not target.exists()]
    assert gone == []
    assert links(ROOT / "docs" / "add-a-feature.md")


def links(page):
    """The files of the repository a page links to."""
    found = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    return [page.parent / target for target in found]


def test_decisions_are_numbered_without_gaps_and_say_their_number():
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [decision.name.split("-")[0] for decision in decisions]
    assert numbers == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for decision, number in zip(decisions, numbers, strict=True):
        assert decision.read_text().startswith(f"# {int(number)}. "), decision.name
