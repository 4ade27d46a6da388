"""Choosing a person in a form: words are typed, a button finds, one of those found is chosen.

It is the same form that is sent, so that it works without scripts and keeps whatever else was typed.
"""

from collections.abc import Callable, Sequence

from flask import request

FIND = "find"
"""The name of the button beside the words."""

Finder = Callable[[str, str], Sequence[Sequence[str]]]
"""Those to choose from, as (id, name, hint), for the words typed and the id of who is chosen, or ""."""


def words_for(field: str) -> str:
    """What was typed to find somebody for a field."""
    return request.form.get(f"{field}_words", "").strip()


def is_looking(field: str) -> bool:
    """Whether the form was sent to find: by the button, or with words nobody was looked for by yet."""
    return FIND in request.form or words_for(field) != request.form.get(f"{field}_found", "")


def found_for(field: str, find: Finder, stored: object) -> Sequence[Sequence[str]]:
    """Those to choose from for a field, with who is chosen in the form or stored before it."""
    chosen = request.form.get(field, "") if request.method == "POST" else str(stored or "")
    return find(words_for(field), chosen)
