"""Finding the members of a group, and who could become one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, false, func, literal, or_, select

from kernel.db import db
from kernel.identity.actor import Actor
from kernel.identity.affiliations import is_with_active
from kernel.identity.models import Affiliation, Organisation, Person
from kernel.values import clock
from network.groups.models import Group, GroupMembership
from network.groups.queries.reading import (
    CURRENT_CHAIR,
    CURRENT_MEMBER,
    membership_exists,
    readable_groups,
    reader_of,
)


def members_of(group_id: UUID) -> Sequence[Row[Any]]:
    """Members and guests of a group by name; `current` is false for those who are none any more.

    A guest has `guest_until` and no organisation.
    """
    statement: Select[*tuple[Any, ...]] = (
        select(
            Person.id,
            Person.name,
            Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation"),
            Organisation.country,
            GroupMembership.joined_at,
            GroupMembership.guest_until,
            GroupMembership.term_ends_on,
            GroupMembership.is_chair,
            GroupMembership.chair_term_ends_on,
            GroupMembership.version,
            CURRENT_MEMBER.label("current"),
        )
        .select_from(GroupMembership)
        .join(Person, GroupMembership.person_id == Person.id)
        .outerjoin(Organisation, GroupMembership.organisation_id == Organisation.id)
        .where(GroupMembership.group_id == group_id)
        .order_by(Person.sort_key, Person.id)
    )
    return db.session.execute(statement, {"now": clock.now()}).all()


def member_of(group_id: UUID, person_id: UUID) -> Any | None:
    """A member of a group of now with her name and terms; None for a guest or anybody else."""
    statement = (
        select(
            Person.id,
            Person.name,
            GroupMembership.term_ends_on,
            GroupMembership.is_chair,
            GroupMembership.chair_term_ends_on,
            GroupMembership.version,
        )
        .join(GroupMembership, GroupMembership.person_id == Person.id)
        .where(
            GroupMembership.group_id == group_id,
            GroupMembership.person_id == person_id,
            GroupMembership.organisation_id.is_not(None),
            CURRENT_MEMBER,
        )
    )
    return db.session.execute(statement, {"now": clock.now()}).one_or_none()


def membership_of(group_id: UUID, person_id: UUID) -> GroupMembership | None:
    """The membership of a person in a group."""
    statement = select(GroupMembership).where(
        GroupMembership.group_id == group_id, GroupMembership.person_id == person_id
    )
    return db.session.scalars(statement).one_or_none()


def is_person(person_id: UUID) -> bool:
    """Whether the network knows somebody by this id."""
    return db.session.scalar(select(Person.id).where(Person.id == person_id)) is not None


def is_current_member(group_id: UUID, person_id: UUID) -> bool:
    """Whether a person is in a group, for an organisation she is with now; a guest is no member."""
    statement = select(GroupMembership.id).where(
        GroupMembership.group_id == group_id,
        GroupMembership.person_id == person_id,
        GroupMembership.organisation_id.is_not(None),
        CURRENT_MEMBER,
    )
    return db.session.scalar(statement, {"now": clock.now()}) is not None


def chairs_of(group_id: UUID) -> set[UUID]:
    """Who chairs a group now; nobody while its last chair has left and nobody was there to follow."""
    statement = select(GroupMembership.person_id).where(
        GroupMembership.group_id == group_id, CURRENT_CHAIR
    )
    return set(db.session.scalars(statement, {"now": clock.now()}))


def lock(group_id: UUID) -> None:
    """Let nobody else appoint or relieve chairs of a group until this is done: two could be the last."""
    db.session.execute(select(Group.id).where(Group.id == group_id).with_for_update())


def people_in(group_id: UUID | None = None) -> Select[UUID]:
    """The ids of the people who are in a group now (in any, where none is named). Bind `now`."""
    statement = select(GroupMembership.person_id).where(CURRENT_MEMBER)
    return statement if group_id is None else statement.where(GroupMembership.group_id == group_id)


def people_met() -> Select[UUID]:
    """The ids of the people who share a group with the reader. Bind `reader_of(actor)` and `now`."""
    shared = select(Group.id).where(membership_exists())
    return people_in().where(GroupMembership.group_id.in_(shared))


def groups_of(actor: Actor, person_id: UUID) -> Sequence[Row[UUID, str]]:
    """Ids and names of the groups a person is in now, as far as the actor may read them, by name."""
    statement = (
        readable_groups()
        .with_only_columns(Group.id, Group.name)
        .join(GroupMembership, GroupMembership.group_id == Group.id)
        .where(GroupMembership.person_id == person_id, CURRENT_MEMBER)
        .order_by(func.lower(Group.name))
    )
    return db.session.execute(statement, reader_of(actor) | {"now": clock.now()}).all()


def is_in(group_id: UUID, person_id: UUID) -> bool:
    """Whether a person is in a group now, as a member or as a guest."""
    statement = select(GroupMembership.id).where(
        GroupMembership.group_id == group_id,
        GroupMembership.person_id == person_id,
        CURRENT_MEMBER,
    )
    return db.session.scalar(statement, {"now": clock.now()}) is not None


def is_guest_somewhere(person_id: UUID) -> bool:
    """Whether a person is a guest of any group now."""
    statement = select(GroupMembership.id).where(
        GroupMembership.person_id == person_id,
        GroupMembership.guest_until > clock.now(),
        GroupMembership.ended_at.is_(None),
    )
    return db.session.scalar(statement.limit(1)) is not None


def memberships_for(person_id: UUID, organisation_id: UUID) -> Sequence[GroupMembership]:
    """Where a person speaks for an organisation, or did until she left it a moment ago."""
    statement = select(GroupMembership).where(
        GroupMembership.person_id == person_id,
        GroupMembership.organisation_id == organisation_id,
        GroupMembership.ended_at.is_(None),
    )
    return db.session.scalars(statement).all()


def former_chairs(group_id: UUID) -> Sequence[GroupMembership]:
    """Those who have left a group and keep the mark of its chair, as nobody was there to follow."""
    statement = select(GroupMembership).where(
        GroupMembership.group_id == group_id,
        GroupMembership.is_chair,
        GroupMembership.person_id.not_in(chairs_of(group_id)),
    )
    return db.session.scalars(statement).all()


def longest_membership(group_id: UUID, *, but: UUID) -> GroupMembership | None:
    """That of the current member, other than the one named, who has been in a group the longest."""
    statement = (
        select(GroupMembership)
        .where(
            GroupMembership.group_id == group_id,
            GroupMembership.organisation_id.is_not(None),
            GroupMembership.person_id != but,
            CURRENT_MEMBER,
        )
        .order_by(GroupMembership.joined_at, GroupMembership.id)
        .limit(1)
    )
    return db.session.scalars(statement, {"now": clock.now()}).one_or_none()


def affiliation_of(person_id: UUID) -> UUID | None:
    """The active organisation a person is with now, the one she joined first where there are several."""
    statement = (
        select(Affiliation.organisation_id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(
            Affiliation.person_id == person_id,
            is_with_active(clock.now()),
        )
        .order_by(Affiliation.began_on, Affiliation.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def current_memberships(group_id: UUID) -> Sequence[GroupMembership]:
    """Every membership that stands now for an organisation, as rows to change; guests are left out."""
    statement = (
        select(GroupMembership)
        .where(
            GroupMembership.group_id == group_id,
            GroupMembership.organisation_id.is_not(None),
            GroupMembership.ended_at.is_(None),
        )
        .order_by(GroupMembership.id)
    )
    return db.session.scalars(statement).all()


def terms_over(today: date) -> Sequence[GroupMembership]:
    """Memberships whose last day has passed, also of archived groups, those that ended first first."""
    statement = (
        select(GroupMembership)
        .where(GroupMembership.term_ends_on < today, GroupMembership.ended_at.is_(None))
        .order_by(GroupMembership.term_ends_on, GroupMembership.id)
    )
    return db.session.scalars(statement).all()


def chair_terms_over(today: date) -> Sequence[GroupMembership]:
    """Chairs whose last day as a chair has passed, also of archived groups, those that ended first first."""
    statement = (
        select(GroupMembership)
        .where(GroupMembership.chair_term_ends_on < today, GroupMembership.ended_at.is_(None))
        .order_by(GroupMembership.chair_term_ends_on, GroupMembership.id)
    )
    return db.session.scalars(statement).all()


def expired_guests(now: datetime) -> Sequence[GroupMembership]:
    """Guests whose time is over and who are not marked as gone yet."""
    statement = (
        select(GroupMembership)
        .where(GroupMembership.guest_until <= now, GroupMembership.ended_at.is_(None))
        .order_by(GroupMembership.id)
    )
    return db.session.scalars(statement).all()


@dataclass(frozen=True)
class Wanted:
    """A word by which somebody is looked for, folded as sort keys are, and the countries it may mean."""

    word: str
    countries: Sequence[str]


def people_found(
    words: Sequence[Wanted], *, chosen: UUID | None, outside: UUID | None, most: int
) -> Sequence[Row[UUID, str, str, str | None]]:
    """Who is chosen, then people of active organisations that all the words find, by name, a few at most.

    Without words nobody is found; with a group `outside`, nobody who is a member of it.
    """
    is_chosen = Person.id == chosen
    found = [_begins(each) for each in words] or [false()]
    if outside is not None:
        found.append(Person.id.not_in(_members(outside)))
    statement = (
        select(
            Person.id,
            Person.name,
            func.min(Organisation.name).label("organisation"),
            func.min(Organisation.country).label("country"),
        )
        .join(Affiliation, Affiliation.person_id == Person.id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(
            is_with_active(clock.now()),
            or_(is_chosen, and_(*found)),
        )
        .group_by(Person.id, Person.name, Person.sort_key)
        .order_by(is_chosen.desc(), Person.sort_key, Person.id)
        .limit(most)
    )
    return db.session.execute(statement).all()


def _begins(wanted: Wanted) -> Any:
    """Whether a word of a name or an organisation begins as the wanted one, or her country is meant."""
    names = literal(" ") + Person.sort_key + " " + Organisation.sort_key
    return or_(
        names.contains(f" {wanted.word}", autoescape=True),
        Organisation.country.in_(wanted.countries),
    )


def _members(group_id: UUID) -> Any:
    return select(GroupMembership.person_id).where(
        GroupMembership.group_id == group_id,
        GroupMembership.organisation_id.is_not(None),
        GroupMembership.ended_at.is_(None),
    )
