"""People in words of the reader's language: functions, languages, levels, and what of each she may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext

from kernel.values.sorting import sort_key
from kernel.web.formats import language_name
from network.people.lists import Listed
from network.people.rules import (
    AUDIENCE_LABELS,
    DEPUTY_LABELS,
    FUNCTION_LABELS,
    LEVEL_LABELS,
    Audience,
    Field,
    visible_fields,
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


def language_names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Languages by their names in the reader's language, with their codes."""
    named = ((code, language_name(code)) for code in codes)
    return sorted(named, key=lambda each: sort_key(each[1]))


def languages(known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Languages by name with how well each is known."""
    return [(name, gettext(LEVEL_LABELS[known[code]])) for code, name in language_names(known)]


def audiences() -> list[tuple[str, str]]:
    """As whom a person may look at her own page."""
    return [
        (audience.value, gettext(AUDIENCE_LABELS[audience]))
        for audience in Audience
        if audience is not Audience.NOBODY
    ]


def fields_of(one: Listed) -> Mapping[Field, Any]:
    """What the reader may see of somebody in a list; groups are on her own page."""
    visible = visible_fields(one.person.reader, one.person.audiences) - {Field.GROUPS}
    stored = {field: getattr(one.person, field) for field in Field if field in visible}
    return {field: value for field, value in stored.items() if value}
