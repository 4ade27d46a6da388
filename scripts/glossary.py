"""The electoral glossary, and whether a translation keeps to its terms.

`translations/GLOSSARY.csv` has one term a line. A cell may give further forms after `|`: broken
plurals in Arabic, a shorter form. A message that has the English term must have one of the forms,
however inflected, unless `translations/GLOSSARY_EXCEPTIONS.csv` says, with a reason, that the word
means something else there.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

_FRENCH_SHORT = "a au aux d de des du en et l la le les par pour sur un une"
_ARABIC_SHORT = "في من على إلى عن"
SHORT_WORDS = {
    language: frozenset(words.split())
    for language, words in (("fr", _FRENCH_SHORT), ("ar", _ARABIC_SHORT))
}
_ARABIC_LETTERS = str.maketrans("أإآٱىة", "ااااية", "ـ")
_ARABIC_PREFIX = re.compile("^(?:وال|بال|فال|كال|لل|ال)(?=.{3})")
_ARABIC_SUFFIX = re.compile("(?<=.{3})(?:ات|ون|ين|ان|ية|ة|ه|ي|ا)$")


@dataclass(frozen=True)
class Term:
    """An English term with the forms it takes in each language."""

    english: str
    forms: dict[str, tuple[str, ...]]

    def pattern(self) -> re.Pattern[str]:
        """Return what finds the term, singular or plural, in an English text."""
        words = [re.escape(word) for word in self.english.split()]
        last = words[-1]
        plural = f"(?:{last[:-1]}ies|{last})" if last.endswith("y") else f"{last}(?:e?s)?"
        return re.compile(r"\b" + r"[\s-]".join([*words[:-1], plural]) + r"\b", re.IGNORECASE)


class Glossary:
    """All terms, longest first, so that "observation mission" is not taken for "mission"."""

    def __init__(self, terms: list[Term], exceptions: set[tuple[str, str]]) -> None:
        self.terms = sorted(terms, key=lambda term: -len(term.english))
        self.exceptions = exceptions
        self._patterns = [(term, term.pattern()) for term in self.terms]

    @classmethod
    def read(cls, folder: Path) -> "Glossary":
        """Return the glossary of a translations folder."""
        terms = [
            Term(row["term_en"], {"fr": _split(row["term_fr"]), "ar": _split(row["term_ar"])})
            for row in _rows(folder / "GLOSSARY.csv")
        ]
        excepted = _rows(folder / "GLOSSARY_EXCEPTIONS.csv")
        return cls(terms, {(row["message"], row["term_en"]) for row in excepted})

    def misses(self, message: Message, language: str) -> Iterator[str]:
        """Yield the terms that the English text has and its translation does not."""
        english = message.id if isinstance(message.id, str) else message.id[0]
        given = [message.string] if isinstance(message.string, str) else message.string or []
        words = stems(" ".join(given), language)
        for term in self._terms_in(english):
            if (english, term.english) in self.exceptions:
                continue
            if not any(_has(words, stems(form, language)) for form in term.forms[language]):
                wanted = term.forms[language][0]
                yield f"does not use the glossary's “{wanted}” for “{term.english}”"

    def _terms_in(self, english: str) -> Iterator[Term]:
        rest = re.sub(r"%\(\w+\)[sd]", " ", english)
        for term, pattern in self._patterns:
            if pattern.search(rest):
                rest = pattern.sub(" ", rest)
                yield term


def stems(text: str, language: str) -> list[str]:
    """Return the words of a text without their inflection, short words left out."""
    cut = _arabic_stem if language == "ar" else _french_stem
    words = re.findall(r"\w+", _without_marks(text.lower()))
    return [cut(word) for word in words if word not in SHORT_WORDS[language]]


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", re.sub(r"%\(\w+\)[sd]", " ", text))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _french_stem(word: str) -> str:
    return word[: max(4, len(word) - 2)] if len(word) > 4 else word.rstrip("sx")


def _arabic_stem(word: str) -> str:
    bare = _ARABIC_PREFIX.sub("", word.translate(_ARABIC_LETTERS))
    return _ARABIC_SUFFIX.sub("", bare)


def _has(words: list[str], wanted: list[str]) -> bool:
    """Say whether every stem wanted is among the words, a prefix of one letter allowed."""
    return all(
        any(word.startswith(stem) or word[1:].startswith(stem) for word in words) for stem in wanted
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in cell.split("|") if form.strip())


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
