"""Every SELECT about announcements. `is_seen` is the one predicate of who sees which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Row,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.actor import Actor
from kernel.identity.affiliations import holds, is_with_active
from kernel.identity.models import Account, Affiliation, Membership, Organisation, Person
from kernel.values import clock
from network.announcements.models import Announcement as Announcement
from network.announcements.models import AnnouncementRecipient, AnnouncementText
from network.announcements.rules import Function, PersonFacts, State, Text, Told
from network.groups import queries as groups
from network.people.queries import holders_of
from network.permissions import NetworkPermission

PAGE: Final = 25
_READER: Final[Any] = bindparam("reader", type_=Uuid())
_ORGANISATIONS: Final[Any] = bindparam("reader_organisations", type_=ARRAY(Uuid()))
_KEEPS: Final[Any] = bindparam("reader_keeps", type_=Boolean())


def _received(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the reader was told, for an organisation she is with now."""
    return (
        exists()
        .where(
            AnnouncementRecipient.tenant_id == Announcement.tenant_id,
            AnnouncementRecipient.announcement_id == Announcement.id,
            AnnouncementRecipient.person_id == _READER,
            AnnouncementRecipient.organisation_id == func.any(_ORGANISATIONS),
            *more,
        )
        .correlate(Announcement)
    )


def is_seen() -> ColumnElement[bool]:
    """Whether the reader may see the announcement in hand: who was told, its author, and who keeps all.

    Who keeps all reads no group that she is not in (ADR 30). The search is narrower for her: see
    `findable`. Bind `reader_of(actor)`.
    """
    return or_(Announcement.author_id == _READER, and_(_KEEPS, _reads_its_groups()), _received())


def _reads_its_groups() -> ColumnElement[bool]:
    """Whether the reader may read every group that the audience of the announcement in hand names."""
    readable = groups.visible_groups().subquery()
    ids = func.coalesce(func.jsonb_agg(readable.c.group_id), func.jsonb_build_array())
    return Announcement.audience["group_ids"].bool_op("<@")(select(ids).scalar_subquery())


def reader_of(actor: Actor) -> dict[str, Any]:
    """The parameters of `is_seen`."""
    keeps = actor.can(NetworkPermission.ANNOUNCEMENTS_KEEP)
    return groups.reader_of(actor) | {"reader_keeps": keeps}


@dataclass(frozen=True)
class Seen:
    """An announcement with its texts, and how the reader stands to it."""

    announcement: Announcement
    texts: Sequence[Text]
    author: str
    is_recipient: bool
    acknowledged_at: datetime | None


def seen_by(actor: Actor, announcement_id: UUID) -> Seen:
    """An announcement the actor may see. Raises NotFound for any other, as if there were none."""
    mine = AnnouncementRecipient
    row = db.session.execute(
        select(Announcement, Person.name.label("author"), mine.id, mine.acknowledged_at)
        .join(Person, Person.id == Announcement.author_id)
        .outerjoin(
            mine,
            and_(
                mine.tenant_id == Announcement.tenant_id,
                mine.announcement_id == Announcement.id,
                mine.person_id == _READER,
                mine.organisation_id == func.any(_ORGANISATIONS),
            ),
        )
        .where(Announcement.id == announcement_id, is_seen()),
        reader_of(actor),
    ).one_or_none()
    if row is None:
        raise NotFound
    texts = texts_of([announcement_id])[announcement_id]
    return Seen(row.Announcement, texts, row.author, row.id is not None, row.acknowledged_at)


def author_of(announcement: Announcement) -> str:
    """The name of who announces."""
    return db.session.scalars(select(Person.name).where(Person.id == announcement.author_id)).one()


def texts_of(announcement_ids: Sequence[UUID]) -> Mapping[UUID, list[Text]]:
    """The texts of announcements, the one for everybody else first."""
    found: dict[UUID, list[Text]] = {}
    for row in db.session.scalars(
        select(AnnouncementText)
        .where(AnnouncementText.announcement_id.in_(announcement_ids))
        .order_by(AnnouncementText.position)
    ):
        text = Text(row.language, row.title, row.body)
        found.setdefault(row.announcement_id, []).append(text)
    return found


def text_rows(announcement_id: UUID) -> Sequence[AnnouncementText]:
    """The texts of an announcement as rows."""
    statement = select(AnnouncementText).where(AnnouncementText.announcement_id == announcement_id)
    return db.session.scalars(statement.order_by(AnnouncementText.position)).all()


@dataclass(frozen=True)
class Listed:
    """An announcement as lists show it; the counts are for who may see them."""

    announcement: Announcement
    texts: Sequence[Text]
    author: str
    to_acknowledge: bool


def announcements(actor: Actor, page: int) -> tuple[list[Listed], int]:
    """One page of those the actor may see, what she is to acknowledge first, and how many there are."""
    open_for_her = and_(
        Announcement.state == State.SENT,
        Announcement.must_acknowledge,
        _received(AnnouncementRecipient.acknowledged_at.is_(None)),
    )
    rows = db.session.execute(
        select(
            Announcement,
            Person.name.label("author"),
            open_for_her.label("to_acknowledge"),
            func.count().over().label("total"),
        )
        .join(Person, Person.id == Announcement.author_id)
        .where(is_seen())
        .order_by(
            open_for_her.desc(),
            case((Announcement.state == State.EXPIRED, 1), else_=0),
            func.coalesce(Announcement.sent_at, Announcement.created_at).desc(),
            Announcement.id,
        )
        .offset((page - 1) * PAGE)
        .limit(PAGE),
        reader_of(actor),
    ).all()
    texts = texts_of([row.Announcement.id for row in rows])
    listed = [
        Listed(row.Announcement, texts[row.Announcement.id], row.author, row.to_acknowledge)
        for row in rows
    ]
    return listed, rows[0].total if rows else 0


def waiting_for(actor: Actor, most: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """What the actor has yet to acknowledge, the first due first, with the titles in each language."""
    statement = (
        select(
            Announcement.id,
            Announcement.due_on,
            Announcement.time_zone,
            _in_order(AnnouncementText.language).label("languages"),
            _in_order(AnnouncementText.title).label("titles"),
        )
        .join(
            AnnouncementText,
            and_(
                AnnouncementText.tenant_id == Announcement.tenant_id,
                AnnouncementText.announcement_id == Announcement.id,
            ),
        )
        .where(
            Announcement.state == State.SENT,
            Announcement.must_acknowledge,
            _received(AnnouncementRecipient.acknowledged_at.is_(None)),
        )
        .group_by(Announcement.tenant_id, Announcement.id)
        .order_by(Announcement.due_on, Announcement.id)
        .limit(most)
    )
    return db.session.execute(statement, reader_of(actor)).all()


def _in_order(column: Any) -> Any:
    return func.array_agg(aggregate_order_by(column, AnnouncementText.position))


def people_facts(group_ids: Sequence[UUID]) -> list[PersonFacts]:
    """Everybody who is with an active organisation now and can be written to, once for each of them."""
    now = clock.now()
    members = {
        group: set(db.session.scalars(groups.people_in(group), {"now": now})) for group in group_ids
    }
    held: dict[tuple[UUID, UUID], set[str]] = {}
    for function in Function:
        for holder in holders_of(function):
            held.setdefault((holder.person_id, holder.organisation_id), set()).add(function)
    rows = db.session.execute(
        select(Affiliation.person_id, Affiliation.organisation_id, Organisation.region)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .join(Account, Account.person_id == Affiliation.person_id)
        .join(Person, Person.id == Affiliation.person_id)
        .where(
            is_with_active(now),
            Account.confirmed_at.is_not(None),
            Account.disabled_at.is_(None),
        )
        .order_by(Organisation.sort_key, Organisation.id, Person.sort_key, Person.id)
    )
    return [
        PersonFacts(
            row.person_id,
            row.organisation_id,
            row.region,
            frozenset(held.get((row.person_id, row.organisation_id), ())),
            frozenset(group for group, people in members.items() if row.person_id in people),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Named:
    """Somebody to be told, by name."""

    name: str
    organisation_id: UUID
    organisation: str
    country: str | None


def named(people: Sequence[PersonFacts]) -> list[Named]:
    """People with the organisations they are told for, in the order given."""
    wanted = select(Person.id, Person.name).where(Person.id.in_([p.person_id for p in people]))
    persons = {row.id: row.name for row in db.session.execute(wanted)}
    bodies = {row.id: row for row in organisations()}
    return [
        Named(
            persons[each.person_id],
            each.organisation_id,
            bodies[each.organisation_id].name,
            bodies[each.organisation_id].country,
        )
        for each in people
    ]


def told(announcement_id: UUID) -> list[Told]:
    """The recipients of an announcement as they are counted."""
    statement = select(
        AnnouncementRecipient.organisation_id,
        AnnouncementRecipient.is_focal,
        AnnouncementRecipient.acknowledged_at.is_not(None),
    ).where(AnnouncementRecipient.announcement_id == announcement_id)
    return [Told(*row) for row in db.session.execute(statement)]


def recipients(announcement_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Who was told, by organisation and name, and when each acknowledged."""
    statement = (
        select(
            AnnouncementRecipient.person_id,
            Person.name,
            AnnouncementRecipient.organisation_id,
            Organisation.name.label("organisation"),
            Organisation.country,
            AnnouncementRecipient.is_focal,
            AnnouncementRecipient.acknowledged_at,
        )
        .join(Person, Person.id == AnnouncementRecipient.person_id)
        .join(Organisation, Organisation.id == AnnouncementRecipient.organisation_id)
        .where(AnnouncementRecipient.announcement_id == announcement_id)
        .order_by(Organisation.sort_key, Organisation.id, Person.sort_key, Person.id)
    )
    return db.session.execute(statement).all()


def recipient_ids(announcement_id: UUID) -> list[UUID]:
    """Who was told and is still with the organisation she was told for."""
    statement = select(AnnouncementRecipient.person_id).where(
        AnnouncementRecipient.announcement_id == announcement_id, _is_still_there()
    )
    return list(db.session.scalars(statement, {"now": clock.now()}))


def unacknowledged(announcement_id: UUID) -> Sequence[AnnouncementRecipient]:
    """Those of them who have not acknowledged."""
    statement = select(AnnouncementRecipient).where(
        AnnouncementRecipient.announcement_id == announcement_id,
        AnnouncementRecipient.acknowledged_at.is_(None),
        _is_still_there(),
    )
    return db.session.scalars(statement, {"now": clock.now()}).all()


def _is_still_there() -> ColumnElement[bool]:
    """Whether the recipient in hand is with the organisation she was told for. Bind `now`."""
    return exists().where(
        Affiliation.tenant_id == AnnouncementRecipient.tenant_id,
        Affiliation.person_id == AnnouncementRecipient.person_id,
        Affiliation.organisation_id == AnnouncementRecipient.organisation_id,
        holds(bindparam("now")),
    )


def received_for(person_id: UUID, organisation_id: UUID) -> list[UUID]:
    """What somebody was told for an organisation."""
    statement = select(AnnouncementRecipient.announcement_id).where(
        AnnouncementRecipient.person_id == person_id,
        AnnouncementRecipient.organisation_id == organisation_id,
    )
    return list(db.session.scalars(statement))


def announcement(announcement_id: UUID) -> Announcement:
    """An announcement, for who was asked to see to it. Raises NotFound."""
    found = db.session.scalars(
        select(Announcement).where(Announcement.id == announcement_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def to_change(announcement_id: UUID) -> Announcement:
    """An announcement, held until the transaction ends. Raises NotFound."""
    found = db.session.scalars(
        select(Announcement).where(Announcement.id == announcement_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def due_to_send(now: datetime) -> list[UUID]:
    """What should have been sent by now."""
    statement = select(Announcement.id).where(
        Announcement.state == State.SCHEDULED, Announcement.scheduled_for <= now
    )
    return list(db.session.scalars(statement))


def over(today: date) -> Sequence[Announcement]:
    """What was sent and whose last day has passed."""
    statement = select(Announcement).where(
        Announcement.state == State.SENT, Announcement.expires_on < today
    )
    return db.session.scalars(statement).all()


def to_remind_of() -> Sequence[Announcement]:
    """What is to be acknowledged still."""
    statement = select(Announcement).where(
        Announcement.state == State.SENT, Announcement.must_acknowledge
    )
    return db.session.scalars(statement.order_by(Announcement.id)).all()


def chaired(actor: Actor) -> list[UUID]:
    """The groups the actor chairs."""
    return list(db.session.scalars(groups.chaired_groups(), groups.reader_of(actor)))


def organisations() -> Sequence[Row[UUID, str, str | None]]:
    """The active organisations, for the form."""
    statement = (
        select(Organisation.id, Organisation.name, Organisation.country)
        .where(Organisation.membership == Membership.ACTIVE)
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return db.session.execute(statement).all()


def are_organisations(ids: Sequence[UUID]) -> bool:
    """Whether the network knows all of some organisations, members or not."""
    if not ids:
        return True
    statement = select(func.count()).where(Organisation.id.in_(ids))
    return db.session.scalar(statement) == len(set(ids))


def regions() -> list[str]:
    """The regions active organisations are in."""
    statement = (
        select(Organisation.region)
        .where(Organisation.region.is_not(None), Organisation.membership == Membership.ACTIVE)
        .distinct()
        .order_by(Organisation.region)
    )
    return [region for region in db.session.scalars(statement) if region]
