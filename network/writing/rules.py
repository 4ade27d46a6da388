"""What holds for a text that is being written, and whom it mentions."""

import re
from uuid import UUID

from kernel.values.prose import references

LONGEST = 20_000
"""Characters of a post."""
LANGUAGES = ("en", "fr", "ar", "pt", "es", "sw")
PERSON = "person"
"""A mention is kept as `@[Name](person:UUID)`."""

_MENTION = re.compile(r"@\[((?:\\.|[^\[\]\\])*)\]\(person:[0-9a-f-]{36}\)")
_MARKS = re.compile(r"([\\`*_\[\]<>~])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>~])")


def language_of(text: str) -> str:
    """The language somebody writes in, as the box tells it; English for what is none."""
    return text if text in LANGUAGES else "en"


def mention(name: str, person_id: UUID) -> str:
    """What stands in a text for mentioning somebody."""
    escaped = _MARKS.sub(r"\\\1", name)
    return f"@[{escaped}]({PERSON}:{person_id})"


def mentioned_people(body: str) -> list[UUID]:
    """Whom a text mentions, each once, in the order they come; what is quoted or code is no mention."""
    if f"{PERSON}:" not in body:
        return []  # most texts mention nobody, and need not be taken apart
    found = (person for before, person in references(body, PERSON) if before == "@")
    return list(dict.fromkeys(found))


def in_words(body: str) -> str:
    """A text with its mentions as plain words, `@Name`, for mails and feeds of plain text."""
    return _MENTION.sub(lambda match: "@" + _ESCAPED.sub(r"\1", match[1]), body)
