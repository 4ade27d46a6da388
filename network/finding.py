"""Finding a person of the network by words, where a form asks for one."""

from uuid import UUID

from kernel.values.countries import country_names
from kernel.values.sorting import sort_key
from kernel.web.finding import Finder
from kernel.web.formats import country, organisation_name
from kernel.web.languages import language
from network.groups.queries import Wanted, people_found

MOST = 20
"""How many are shown: whoever misses somebody types more of the name."""


def people_to_choose(*, outside: UUID | None = None) -> Finder:
    """Finds people of active organisations; with a group, those who are no members of it.

    Each word typed begins one of the name, of the organisation, or of its country in the reader's language.
    """

    def find(words: str, chosen: str) -> list[tuple[str, str, str]]:
        wanted = [_wanted(word) for word in sort_key(words).split()]
        rows = people_found(wanted, chosen=_id_of(chosen), outside=outside, most=MOST)
        return [(str(row.id), row.name, _place(row.organisation, row.country)) for row in rows]

    return find


def _wanted(word: str) -> Wanted:
    names = country_names(language())
    return Wanted(
        word, [code for code, name in names.items() if f" {word}" in f" {sort_key(name)}"]
    )


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _place(organisation: str, code: str) -> str:
    """An organisation with its country: six of them are called “Electoral Commission”."""
    name = organisation_name(organisation)
    return f"{name} ({country(code)})" if code else name
