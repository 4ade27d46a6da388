"""A person in words of the reader's language: functions, languages, levels."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from babel import Locale
from flask_babel import gettext

from kernel.web.languages import language
from network.people.rules import (
    AUDIENCE_LABELS,
    DEPUTY_LABELS,
    FUNCTION_LABELS,
    LEVEL_LABELS,
    Audience,
    Field,
)
from network.people.service import PersonSeen


def function_name(function: str, *, deputy: bool) -> str:
    """What a function, or deputising for it, is called."""
    return str(gettext((DEPUTY_LABELS if deputy else FUNCTION_LABELS)[function]))


def functions_at(person: PersonSeen) -> Mapping[UUID, list[str]]:
    """What she holds at each of her organisations."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for row in person.functions:
        found[row.organisation_id].append(function_name(row.function, deputy=row.deputy))
    return found


def languages(person: PersonSeen) -> list[tuple[str, str]]:
    """The languages she shows, by name in the reader's language, with their levels."""
    names = Locale.parse(language()).languages
    known: Mapping[str, str] = person.fields.get(Field.LANGUAGES, {})
    return sorted(
        (names.get(code, code), gettext(LEVEL_LABELS[level])) for code, level in known.items()
    )


def audiences() -> list[tuple[str, str]]:
    """As whom a person may look at her own page."""
    return [
        (audience.value, gettext(AUDIENCE_LABELS[audience]))
        for audience in Audience
        if audience is not Audience.NOBODY
    ]
