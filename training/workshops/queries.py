"""Finding workshops, their programmes and their agendas."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, select, tuple_

from kernel.db import db
from kernel.errors import NotFound
from kernel.identity.models import Organisation
from kernel.values.partial_dates import PartialDate
from training.workshops.models import Programme as Programme
from training.workshops.models import Session as Session  # the types, for other features
from training.workshops.models import Workshop as Workshop
from training.workshops.planning import EventKey
from training.workshops.rules import WorkshopState as WorkshopState
from training.workshops.rules import has_ended as has_ended
from training.workshops.rules import held_of as held_of
from training.workshops.rules import threshold_of as threshold_of

WHOLE_NETWORK = "none"
"""How a filter says that it wants workshops without a region."""


@dataclass(frozen=True)
class WorkshopFilter:
    """What a list of workshops is narrowed to; None takes all."""

    programme: str | None = None
    region: str | None = None
    year: int | None = None

    def __bool__(self) -> bool:
        return any((self.programme, self.region, self.year))


@dataclass(frozen=True)
class FilterChoices:
    """What there is to narrow a list of workshops to."""

    programmes: Sequence[str]
    regions: Sequence[str]
    years: Sequence[int]
    whole_network: bool


@dataclass(frozen=True)
class ListedWorkshop:
    """A workshop as lists, its page and exports show it. No region means that it was for the whole network."""

    id: UUID
    programme: str
    title: str
    city: str
    country: str
    region: str | None
    held: PartialDate
    state: str
    source: str
    threshold: Fraction
    locked: bool
    version: int


def list_workshops(wanted: WorkshopFilter | None = None) -> list[ListedWorkshop]:
    """The workshops a filter leaves, latest first. A network has some dozens, never thousands.

    Of one month or year, those whose day is known come first, then those without.
    """
    statement = _narrowed(_workshops(), wanted or WorkshopFilter()).order_by(
        Workshop.year.desc(),
        Workshop.month.desc().nulls_last(),
        Workshop.day.desc().nulls_last(),
        Programme.code,
        Workshop.title,
        Workshop.id,
    )
    return [_listed(row) for row in db.session.execute(statement)]


def filter_choices() -> FilterChoices:
    """The programmes, regions and years there are workshops of, in one query."""
    statement = select(Programme.code, Workshop.region, Workshop.year).join_from(
        Workshop, Programme, _of_programme()
    )
    found = db.session.execute(statement.distinct()).all()
    regions = {row.region for row in found}
    return FilterChoices(
        programmes=sorted({row.code for row in found}),
        regions=sorted(region for region in regions if region),
        years=sorted({row.year for row in found}, reverse=True),
        whole_network=None in regions,
    )


def network_regions() -> list[str]:
    """The regions that members of the network are in, by name; none before members were imported."""
    statement = select(Organisation.region).where(Organisation.region.is_not(None)).distinct()
    return sorted(region for region in db.session.scalars(statement) if region)


def programme_called(code: str) -> Programme | None:
    """The programme of that code."""
    return db.session.scalars(select(Programme).where(Programme.code == code)).one_or_none()


def workshops_known_as(keys: Collection[EventKey]) -> dict[EventKey, Workshop]:
    """The workshops that some rows of a file are about."""
    statement = _workshops().where(
        tuple_(Programme.code, Workshop.title).in_([(key.programme, key.title) for key in keys])
    )
    found = {
        EventKey(code, workshop.title, workshop.year, workshop.month): workshop
        for workshop, code in db.session.execute(statement)
    }
    return {key: found[key] for key in keys if key in found}


def listed_workshop(workshop_id: UUID) -> ListedWorkshop:
    """One workshop with its programme; raises NotFound."""
    row = db.session.execute(_workshops().where(Workshop.id == workshop_id)).one_or_none()
    if row is None:
        raise NotFound
    return _listed(row)


def _workshops() -> Select[Workshop, str]:
    return select(Workshop, Programme.code).join(Programme, _of_programme())


def _of_programme() -> ColumnElement[bool]:
    return and_(Programme.tenant_id == Workshop.tenant_id, Programme.id == Workshop.programme_id)


def _narrowed(statement: Select[Workshop, str], wanted: WorkshopFilter) -> Select[Workshop, str]:
    if wanted.programme:
        statement = statement.where(Programme.code == wanted.programme)
    if wanted.region == WHOLE_NETWORK:
        statement = statement.where(Workshop.region.is_(None))
    elif wanted.region:
        statement = statement.where(Workshop.region == wanted.region)
    if wanted.year:
        statement = statement.where(Workshop.year == wanted.year)
    return statement


def _listed(row: Row[Workshop, str]) -> ListedWorkshop:
    workshop, programme = row
    return ListedWorkshop(
        id=workshop.id,
        programme=programme,
        title=workshop.title,
        city=workshop.city,
        country=workshop.country,
        region=workshop.region,
        held=held_of(workshop),
        state=workshop.state,
        source=workshop.source,
        threshold=threshold_of(workshop),
        locked=workshop.locked_at is not None,
        version=workshop.version,
    )


def workshop_of(workshop_id: UUID) -> Workshop:
    """One workshop; raises NotFound."""
    found = db.session.scalars(select(Workshop).where(Workshop.id == workshop_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def programme_of(workshop: Workshop) -> str:
    """The code of a workshop's programme, for example JEP."""
    return db.session.scalars(
        select(Programme.code).where(Programme.id == workshop.programme_id)
    ).one()


def sessions_of(workshop_id: UUID) -> Sequence[Session]:
    """The sessions of a workshop in the order of its agenda."""
    statement = (
        select(Session)
        .where(Session.workshop_id == workshop_id)
        .order_by(Session.held_on, Session.position, Session.code)
    )
    return db.session.scalars(statement).all()
