"""What somebody typed into the search box, taken apart."""

import re
from dataclasses import asdict, dataclass, field

LONGEST_QUERY = 200
"""Characters; what is beyond is not looked for."""
MOST_PARTS = 24
"""Words and phrases; what is beyond is not looked for."""

_QUOTED = '"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”]'
_PART = re.compile(rf"(?P<minus>(?<!\S)[-−–])?(?:{_QUOTED}|(?P<word>[^\s\"“”«»„]+))")


@dataclass(frozen=True)
class Wanted:
    """What to look for: words in any of their forms, phrases as written, and what must not be there.

    Of `some` words one is enough; what has more of them fits better.
    """

    words: list[str] = field(default_factory=list)
    some: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    without_phrases: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, list[str]]:
        """As `kernel.search()` takes it."""
        return asdict(self)

    @property
    def asks(self) -> bool:
        """Whether anything is looked for: leaving out alone finds nothing."""
        return bool(self.words or self.some or self.phrases)


def parse(typed: str) -> Wanted:
    """Take apart what was typed. Nothing is wrong: what says nothing, a lone quotation mark, is passed over.

    `"two staff"` is looked for as it stands, in straight, curly or angle quotation marks; a minus right
    before a word or a quotation, after a space or at the beginning, leaves it out.
    """
    wanted = Wanted()
    for found in list(_PART.finditer(typed[:LONGEST_QUERY]))[:MOST_PARTS]:
        word = found["word"]
        text = word if word is not None else next(filter(None, found.groups()[1:5]), "")
        if not any(letter.isalnum() for letter in text):
            continue
        if word is not None:
            (wanted.without if found["minus"] else wanted.words).append(word)
        else:
            quoted = " ".join(text.split())
            (wanted.without_phrases if found["minus"] else wanted.phrases).append(quoted)
    return wanted


def corrected(typed: str, instead: dict[str, str]) -> str:
    """What was typed, with some of its words replaced."""

    def replaced(found: re.Match[str]) -> str:
        word = found["word"]
        if word is None or found["minus"] or word not in instead:
            return found[0]
        return instead[word]

    return _PART.sub(replaced, typed[:LONGEST_QUERY])
