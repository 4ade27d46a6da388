"""What is said in the demo: fictional people who answer each other as colleagues would.

Each thread is a file of `data/threads`: a title, a few facts, and its posts, each under a heading that
says who writes, how many hours after the post before, in which language, and with which file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from network.topics.rules import TopicKind

TEXTS: Final = Path(__file__).with_name("data") / "threads"


@dataclass(frozen=True)
class DemoPost:
    """One post: by whom, how many hours after the one before; without a language, in its author's."""

    by: str
    text: str
    hours: int = 0
    language: str = ""
    file: str = ""
    accepted: bool = False


@dataclass(frozen=True)
class DemoThread:
    """A topic begun so many days before the day of loading."""

    group: str
    days_ago: int
    kind: TopicKind
    title: str
    posts: tuple[DemoPost, ...]


def threads() -> list[DemoThread]:
    """All threads, oldest first, as they were begun."""
    found = (read(path.read_text(encoding="utf-8")) for path in sorted(TEXTS.glob("*.md")))
    return sorted(found, key=lambda thread: -thread.days_ago)


def read(text: str) -> DemoThread:
    """Read one thread. Raises KeyError where a fact is missing."""
    head, *posts = re.split(r"^## ", text, flags=re.MULTILINE)
    title, *lines = head.strip().splitlines()
    facts = dict(re.split(r":\s*", line, maxsplit=1) for line in lines)
    return DemoThread(
        group=facts["group"],
        days_ago=int(facts["days"]),
        kind=TopicKind(facts["kind"]),
        title=title.removeprefix("# "),
        posts=tuple(_posts(posts)),
    )


def _posts(texts: list[str]) -> Iterator[DemoPost]:
    for text in texts:
        heading, _, body = text.partition("\n")
        by, *facts = heading.split(", ")
        yield DemoPost(by, body.strip(), **dict(map(_fact, facts)))


def _fact(said: str) -> tuple[str, Any]:
    """What a part of a heading says: `+5 h`, `fr`, `accepted`, or the name of a file."""
    if said == "accepted":
        return said, True
    if hours := re.fullmatch(r"\+(\d+) h", said):
        return "hours", int(hours[1])
    return ("file", said) if "." in said else ("language", said)
