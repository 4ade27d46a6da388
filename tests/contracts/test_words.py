"""What people read of permissions and of the audit trail has words, in their language: never a bare code."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from sqlalchemy import select

from kernel.audit.models import AuditEntry
from kernel.audit.words import declared_actions, declared_objects
from kernel.db import db
from kernel.identity.permissions import known_permissions, permission_label
from missions import trail as missions
from network import trail as network
from tests.trails import told_actions

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kernel", "network", "missions", "training")
WRITERS = {"record", "record_each", "record_refusal", "trail", "_record"}
"""The functions that write to the trail; the action is among their arguments."""
CODE = re.compile(r"[a-z_*]+\.[a-z_*]+")


def recorded_actions(source: str) -> Iterator[str]:
    """The actions that a file writes to the trail; `*` stands for what is only known when it runs."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and _name(call.func) in WRITERS:
            for argument in call.args:
                action = _pattern(argument)
                if CODE.fullmatch(action):
                    yield action


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _pattern(argument: ast.expr) -> str:
    match argument:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_pattern(part) for part in parts)
        case _:
            return "*"


def undeclared(actions):
    known = declared_actions()
    return sorted(
        action for action in actions if not any(fnmatchcase(each, action) for each in known)
    )


def test_every_action_written_in_the_code_is_declared_with_its_words(app):
    actions = {
        action
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for action in recorded_actions(path.read_text())
    }
    assert len(actions) > 50
    missing = undeclared(actions)
    assert not missing, f"give these actions words in the trail.py of their module: {missing}"


def test_every_entry_of_a_network_with_one_of_everything_is_in_words(app, example):
    with example.inside():
        kept = db.session.execute(select(AuditEntry.action, AuditEntry.object_kind)).all()
    assert kept
    assert {action for action, _ in kept} <= declared_actions().keys()
    assert {kind for _, kind in kept} <= declared_objects().keys()


def unseen(actions, sources):
    """Those of the actions that none of the tests names."""
    return sorted(
        action for action in actions if not any(f'"{action}"' in each for each in sources)
    )


def test_every_action_is_told_in_a_story_or_asserted_by_a_test(app):
    """Who did what to which object, from and to: of network and missions in the tables of `tests/trails.py`."""
    rosters = {action for action in missions.ACTIONS if action.startswith("nomination.")}
    in_stories = network.ACTIONS.keys() | missions.ACTIONS.keys() - rosters
    assert sorted(in_stories - set(told_actions())) == []
    tests = [path.read_text() for path in (ROOT / "tests").rglob("test_*.py")]
    assert unseen(declared_actions().keys() - in_stories, tests) == []
    assert unseen(["application.lost"], ['"application.found", None']) == ["application.lost"]


def test_every_permission_has_words_of_its_own(app):
    words = {permission: permission_label(permission) for permission in known_permissions()}
    assert all(label and label != permission for permission, label in words.items())
    assert len(set(words.values())) == len(words)


def hidden_from_extraction(source: str) -> list[str]:
    """Messages inside f-strings, which the tools that collect messages do not look into."""
    return [
        ast.unparse(call)
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and _name(call.func) in {"gettext", "ngettext", "N_"}
    ]


def test_no_message_hides_in_an_f_string():
    found = {
        path.relative_to(ROOT).as_posix(): hidden
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (hidden := hidden_from_extraction(path.read_text()))
    }
    assert found == {}
    assert hidden_from_extraction("name = f'{gettext(\"members\")}.csv'") == ["gettext('members')"]


def test_the_walk_sees_an_action_without_words(app):
    source = """
record(actor, "role.granted", person)
audit.record(actor, f"mission.{state}", mission)
trail(actor, "ballot.lost", budget, version)
record(actor, f"ballot.{state}", mission)
url_for("missions.index")
"""
    assert undeclared(recorded_actions(source)) == ["ballot.*", "ballot.lost"]
