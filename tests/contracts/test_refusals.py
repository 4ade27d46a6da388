"""Every refusal names the field that caused it and says what to enter, or says what to do instead.

`Refused` cannot be raised without a field (the type checker sees to that); `NotNow` has none.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kernel.errors import NotNow, Refused
from kernel.fields import Schema
from tests.contracts.test_words import PACKAGES, ROOT

REFUSALS = {"Refused", "NotNow", "UnreadableRules", "explain"}
OF_NO_SCHEMA = {"body"} | {"slug", "host"}
"""The body of a request or of a mail, and what an operator gives on the command line."""
WHAT_TO_DO = {
    *("Add", "Appoint", "Ask", "Begin", "Choose", "Enter", "Fill", "Give", "Join", "Lock", "Move"),
    *("Name", "Put", "Record", "Reopen", "Say", "Set", "Translate", "Write"),
}
"""The words with which a message begins that is all about what to do."""


@dataclass(frozen=True)
class Refusal:
    """A refusal as it stands in the code: where, with its text and its field, as far as they stand there."""

    place: str
    text: str | None
    field: str | None


def refusals(path: Path) -> Iterator[Refusal]:
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in REFUSALS:
            named = {word.arg: word.value for word in call.keywords}
            yield Refusal(
                f"{path.relative_to(ROOT)}:{call.lineno}",
                next(filter(None, map(text_of, call.args)), None),
                literal(named.get("field")),
            )


def text_of(argument: ast.expr) -> str | None:
    """The English text that is marked there for translation."""
    marked = isinstance(argument, ast.Call) and getattr(argument.func, "id", "") == "N_"
    return literal(argument.args[0]) if marked else None


def literal(value: ast.expr | None) -> str | None:
    return value.value if isinstance(value, ast.Constant) else None


def says_what_to_do(text: str) -> bool:
    """Whether a message goes on after saying how things stand, or begins with what to do."""
    return bool(re.search(r"(?:[.:;,]|\)s) \S", text)) or text.split()[0] in WHAT_TO_DO


def schemas(of: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for schema in of.__subclasses__():
        yield schema
        yield from schemas(schema)


@pytest.fixture(scope="module")
def written() -> list[Refusal]:
    return [
        refusal
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for refusal in refusals(path)
    ]


def test_every_field_a_refusal_names_is_one_of_a_form(app, written):
    known = OF_NO_SCHEMA | {name for schema in schemas() for name in schema._declared_fields}
    named = [refusal for refusal in written if refusal.field is not None]
    assert len(named) > 100
    assert [refusal for refusal in named if refusal.field not in known] == []


def test_every_refusal_says_what_to_enter_or_what_to_do_instead(written):
    worded = [refusal for refusal in written if refusal.text is not None]
    assert len(worded) > 200
    silent = [refusal for refusal in worded if not says_what_to_do(refusal.text or "")]
    assert silent == []


def test_a_refusal_names_a_field_and_a_state_none():
    with pytest.raises(TypeError, match="field"):
        Refused("Enter another day.")
    assert Refused("Enter another day.", field="on").field == "on"
    assert NotNow("It is closed: open it first.").field is None


def test_a_message_that_only_says_no_is_found():
    assert not says_what_to_do("Only a draft can be submitted.")
    assert says_what_to_do("Only a draft can be submitted. Take it back first.")
    assert says_what_to_do("Enter a day that is not over.")
