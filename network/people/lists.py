"""The directory of people: who fits a filter, as far as the reader may know that she does.

A filter on a field asks `field_shown` too: whoever hides her languages is not found by them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.affiliations import AT_ORGANISATION, is_with_active
from kernel.identity.models import Affiliation, Membership, Organisation, Person
from kernel.values import clock
from kernel.values.paging import Page, pages_of
from kernel.values.sorting import sort_key
from network.groups import queries as groups
from network.people import queries
from network.people.models import FunctionHolder, Profile
from network.people.queries import Known
from network.people.rules import DEFAULT_AUDIENCES, Audience, Field, Function

PER_PAGE: Final = 50


@dataclass(frozen=True)
class PeopleFilter:
    """What the directory is narrowed to; what is left empty does not narrow."""

    q: str = ""
    organisation: UUID | None = None
    country: str = ""
    region: str = ""
    function: Function | None = None
    speaks: str = ""
    expertise: str = ""
    group: UUID | None = None


@dataclass(frozen=True)
class At:
    """Where somebody in the list works: her organisation, job title and functions there."""

    organisation_id: UUID
    organisation: str
    country: str | None
    job_title: str
    functions: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Listed:
    """Somebody in the list, as stored; `rules.visible_fields` says what of her to show."""

    person: Known
    places: Sequence[At]


@dataclass(frozen=True)
class Choices:
    """What the directory can be narrowed to: codes and words as stored, groups by id and name."""

    countries: Sequence[str]
    regions: Sequence[str]
    languages: Sequence[str]
    expertise: Sequence[str]
    groups: Sequence[tuple[UUID, str]]


def people(
    actor: Actor, wanted: PeopleFilter, number: int = 1, size: int = PER_PAGE
) -> Page[Listed]:
    """The people a filter leaves, by name, one page of them; a number beyond the last gives the last."""
    conditions, facts = _conditions(wanted), queries.facts_of(actor)
    count = select(func.count()).select_from(Person).outerjoin(Profile, queries.HER_PROFILE)
    total = db.session.scalar(count.where(*conditions), facts) or 0
    pages = pages_of(total, size)
    page = min(number, pages)
    statement = (
        queries.people()
        .where(*conditions)
        .order_by(Person.sort_key, Person.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return Page(_listed(db.session.execute(statement, facts).all()), total, page, pages)


def everybody(actor: Actor, wanted: PeopleFilter) -> Sequence[Listed]:
    """All the people a filter leaves, for files."""
    statement = queries.people().where(*_conditions(wanted))
    rows = db.session.execute(
        statement.order_by(Person.sort_key, Person.id), queries.facts_of(actor)
    )
    return _listed(rows.all())


def one(actor: Actor, person_id: UUID) -> Listed | None:
    """Somebody of the directory."""
    statement = queries.people().where(Person.id == person_id, queries.belongs_now())
    found = _listed(db.session.execute(statement, queries.facts_of(actor)).all())
    return found[0] if found else None


def choices(actor: Actor) -> Choices:
    """What the reader can narrow the directory to: nothing that nobody shows her."""
    facts = queries.facts_of(actor)
    at = db.session.execute(
        select(Organisation.country, Organisation.region)
        .where(Organisation.membership == Membership.ACTIVE)
        .distinct()
    ).all()
    shown = select(Profile).join(Person, queries.HER_PROFILE).where(queries.belongs_now())
    spoken = shown.with_only_columns(func.jsonb_object_keys(Profile.languages))
    known = shown.with_only_columns(func.unnest(Profile.expertise))
    return Choices(
        countries=sorted({row.country for row in at if row.country}),
        regions=sorted({row.region for row in at if row.region}),
        languages=_distinct(spoken.where(field_shown(Field.LANGUAGES)), facts),
        expertise=_distinct(known.where(field_shown(Field.EXPERTISE)), facts),
        groups=[(row.id, row.name) for row in groups.groups_read_by(actor)],
    )


def field_shown(field: Field) -> ColumnElement[bool]:
    """Whether the reader may see a field of the person in hand: `rules.visible_fields` as SQL."""
    chosen = func.coalesce(Profile.audiences[field.value].astext, DEFAULT_AUDIENCES[field].value)
    return or_(
        queries.is_reader(),
        chosen == Audience.NETWORK.value,
        and_(
            chosen.in_([Audience.GROUPS.value, Audience.ORGANISATION.value]),
            queries.shares_organisation(),
        ),
        and_(chosen == Audience.GROUPS.value, queries.shares_group()),
    )


def _conditions(wanted: PeopleFilter) -> list[ColumnElement[bool]]:
    """Who belongs to a member now, narrowed by the filter."""
    found = [queries.belongs_now(), *_by_organisation(wanted)]
    if wanted.q:
        found.append(_with_words(sort_key(wanted.q)))
    if wanted.function:
        found.append(_with_function(wanted.function))
    if wanted.speaks:
        known = Profile.languages.has_key(wanted.speaks)
        found.append(and_(field_shown(Field.LANGUAGES), known))
    if wanted.expertise:
        found.append(
            and_(
                field_shown(Field.EXPERTISE),
                literal(wanted.expertise) == func.any(Profile.expertise),
            )
        )
    if wanted.group:
        found.append(_in_group(wanted.group))
    return found


def _by_organisation(wanted: PeopleFilter) -> list[ColumnElement[bool]]:
    """One organisation of hers fits all that is asked of it."""
    asked: list[ColumnElement[bool]] = []
    if wanted.organisation:
        asked.append(Organisation.id == wanted.organisation)
    if wanted.country:
        asked.append(Organisation.country == wanted.country)
    if wanted.region:
        asked.append(Organisation.region == wanted.region)
    return [queries.belongs_now(*asked)] if asked else []


def _with_words(words: str) -> ColumnElement[bool]:
    return or_(
        Person.sort_key.contains(words, autoescape=True),
        queries.belongs_now(Organisation.sort_key.contains(words, autoescape=True)),
        and_(Profile.expertise_key.contains(words, autoescape=True), field_shown(Field.EXPERTISE)),
    )


def _with_function(function: Function) -> ColumnElement[bool]:
    return exists().where(
        FunctionHolder.tenant_id == Person.tenant_id,
        FunctionHolder.person_id == Person.id,
        FunctionHolder.function == function,
        queries.holds_function(),
    )


def _in_group(group_id: UUID) -> ColumnElement[bool]:
    """Members of a group the reader may read; of any other there are none."""
    readable = groups.visible_groups().subquery()
    return and_(
        field_shown(Field.GROUPS),
        Person.id.in_(groups.people_in(group_id)),
        exists().where(readable.c.group_id == group_id),
    )


def _distinct(statement: Any, facts: Mapping[str, Any]) -> list[str]:
    return sorted(set(db.session.scalars(statement.distinct(), facts)), key=sort_key)


def _listed(rows: Sequence[Any]) -> list[Listed]:
    known = [queries.as_known(row) for row in rows]
    at = _places([person.id for person in known])
    return [Listed(person, at.get(person.id, ())) for person in known]


def _places(person_ids: Sequence[UUID]) -> Mapping[UUID, list[At]]:
    """Where each works now, in two statements however many they are."""
    now = {"now": clock.now()}
    held: defaultdict[tuple[UUID, UUID], list[tuple[str, bool]]] = defaultdict(list)
    functions = (
        select(FunctionHolder)
        .where(FunctionHolder.person_id.in_(person_ids), queries.holds_function())
        .order_by(FunctionHolder.deputy, FunctionHolder.function)
    )
    for holder in db.session.scalars(functions, now):
        key = (holder.person_id, holder.organisation_id)
        held[key].append((holder.function, holder.deputy))
    found: defaultdict[UUID, list[At]] = defaultdict(list)
    places = (
        select(Affiliation, Organisation.name, Organisation.country)
        .join(Organisation, AT_ORGANISATION)
        .where(Affiliation.person_id.in_(person_ids), is_with_active(now["now"]))
        .order_by(Organisation.sort_key)
    )
    for row in db.session.execute(places):
        one_of = row.Affiliation
        functions_there = held[(one_of.person_id, one_of.organisation_id)]
        found[one_of.person_id].append(
            At(one_of.organisation_id, row.name, row.country, one_of.role, functions_there)
        )
    return found
