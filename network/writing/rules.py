"""What holds for a text that is being written."""

LONGEST = 20_000
"""Characters of a post."""
LANGUAGES = ("en", "fr", "ar", "pt", "es", "sw")


def language_of(text: str) -> str:
    """The language somebody writes in, as the box tells it; English for what is none."""
    return text if text in LANGUAGES else "en"
