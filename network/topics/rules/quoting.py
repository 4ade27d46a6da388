"""Quoting a post above the answer to it, and telling of it in a line."""

LONGEST_QUOTATION = 2_000
"""Characters of a post that are quoted in the answer to it."""


def quotation(words: str, body: str) -> str:
    """A post as Markdown to put above an answer; `words` say who wrote it.

    What the post quotes itself is left out, unless it says nothing else; a long one is cut.
    """
    own = [line for line in body.strip().splitlines() if not line.startswith(">")]
    text = "\n".join(own).strip() or body.strip()
    if len(text) > LONGEST_QUOTATION:
        text = text[:LONGEST_QUOTATION].rsplit(maxsplit=1)[0] + " …"
    lines = [words, "", *text.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


LONGEST_EXCERPT = 200


def excerpt(words: str) -> str:
    """The beginning of a text of plain words."""
    short = " ".join(words.split())
    if len(short) <= LONGEST_EXCERPT:
        return short
    return short[:LONGEST_EXCERPT].rsplit(maxsplit=1)[0] + " …"
