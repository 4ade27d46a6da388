"""What a person says of herself: name, language, time zone, theme."""

from typing import Any

from kernel.accounts import queries
from kernel.audit import record
from kernel.errors import NotFound
from kernel.events import emit
from kernel.events.people import PersonChanged
from kernel.identity.actor import Actor
from kernel.identity.models import Account, Person
from kernel.values.sorting import sort_key


def profile_of(actor: Actor) -> tuple[Person, Account]:
    """The actor's person and account."""
    account = queries.account_by_id(actor.account_id)
    if account is None:
        raise NotFound
    return queries.person_by_id(actor.person_id), account


def change_profile(
    actor: Actor,
    *,
    name: str,
    language: str | None,
    time_zone: str | None,
    theme: str,
    version: int | None,
) -> None:
    """Change the actor's own details; raises Conflict when they were changed meanwhile."""
    person, account = profile_of(actor)
    before = _values(person, account)
    person.expect(version, before)
    person.name = name
    person.sort_key = sort_key(name)
    person.language = language
    person.time_zone = time_zone
    account.theme = theme
    if name != before["name"]:
        emit(PersonChanged(person.id))
    record(
        actor,
        "person.profile_changed",
        person,
        before,
        _values(person, account),
        personal=("name",),
    )


def change_preferences(
    actor: Actor, *, language: str | None = None, theme: str | None = None
) -> None:
    """Change only the language or the theme, from the menu that is on every page."""
    person, account = profile_of(actor)
    before = _values(person, account)
    if language is not None:
        person.language = language
    if theme is not None:
        account.theme = theme
    after = _values(person, account)
    if after != before:
        record(actor, "person.preferences_changed", person, before, after)


def _values(person: Person, account: Account) -> dict[str, Any]:
    return {
        "name": person.name,
        "language": person.language,
        "time_zone": person.time_zone,
        "theme": account.theme,
    }
