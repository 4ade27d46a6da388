"""Whose the things found are, and which countries and groups a search can be narrowed to."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import select, union_all

from kernel.db import db
from kernel.db.hot import HotStatement
from kernel.identity.models import Organisation, Person

_COUNTRIES = HotStatement(
    select(Organisation.country).where(Organisation.country.is_not(None)).distinct()
)

GroupsOfReader = Callable[[], Sequence[tuple[UUID, str]]]
_groups: list[GroupsOfReader] = []


def register_groups(provider: GroupsOfReader) -> None:
    """Have a module tell the groups the visitor may read, with their names."""
    _groups[:] = [provider]


def groups_to_choose() -> list[tuple[UUID, str]]:
    """The groups the visitor can narrow her search to."""
    return [group for provider in _groups for group in provider()]


def countries_to_choose() -> list[str]:
    """The countries organisations of the network are in (ISO 3166, two letters)."""
    return [row.country for row in _COUNTRIES.rows()]


def names_of(ids: set[UUID]) -> dict[UUID, str]:
    """The names of people and organisations, in one statement."""
    statement = union_all(
        select(Person.id, Person.name).where(Person.id.in_(ids)),
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)),
    )
    return {row.id: row.name for row in db.session.execute(statement)} if ids else {}
