"""Writing down a workshop and correcting what is known of it."""

from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.db.constraints import explain
from kernel.errors import N_, Refused
from kernel.identity.actor import Actor
from kernel.search import Entry, index
from kernel.values.countries import country_name
from kernel.values.partial_dates import PartialDate
from training.workshops import access, queries
from training.workshops.models import Programme, Workshop
from training.workshops.rules import (
    WorkshopState,
    check_state,
    check_threshold,
    held_of,
    region_among,
    threshold_of,
)

SEARCH_KIND: Final = "workshop"
"""What workshops are called in search."""

_LANGUAGES: Final = ("en", "fr", "ar")

explain(
    "uq_workshop_programme_id_title_year_month",
    N_("This programme has a workshop with this title in that month already. Enter another title."),
    field="title",
)


def create_workshop(
    actor: Actor,
    *,
    programme: str,
    title: str,
    held: PartialDate,
    city: str,
    country: str,
    region: str | None,
    state: WorkshopState,
    threshold: Fraction,
    source: str,
) -> Workshop:
    """Write down a workshop; its programme, known by its code, is opened when it is the first.

    Raises Forbidden, and Refused for a region the network does not have.
    """
    access.require_manage(actor)
    workshop = Workshop(
        programme_id=programme_of_code(actor, programme).id,
        title=title,
        city=city,
        country=country,
        region=_settled(region, None),
        year=held.year,
        month=held.month,
        day=held.day,
        state=state,
        source=source,
        threshold_numerator=threshold.numerator,
        threshold_denominator=threshold.denominator,
    )
    add_workshop(actor, workshop, programme.upper())
    return workshop


def edit_workshop(
    actor: Actor,
    workshop_id: UUID,
    *,
    version: int | None,
    title: str,
    held: PartialDate,
    city: str,
    country: str,
    region: str | None,
    state: WorkshopState,
    threshold: Fraction,
    source: str,
) -> Workshop:
    """Correct what is known of a workshop; a part of its date that is left out becomes unknown.

    Raises NotFound, Forbidden, Conflict when it changed since `version`, and Refused for a state it
    cannot go to, a region the network does not have, or another threshold once attendance is locked.
    """
    workshop = workshop_for_edit(actor, workshop_id)
    before = facts_of(workshop)
    workshop.expect(version, before)
    locked = workshop.locked_at is not None
    check_state(WorkshopState(workshop.state), state, locked=locked)
    check_threshold(threshold_of(workshop), threshold, locked=locked)
    workshop.title, workshop.city, workshop.country = title, city, country
    workshop.region = _settled(region, workshop.region)
    workshop.year, workshop.month, workshop.day = held.year, held.month, held.day
    workshop.state, workshop.source = state, source
    workshop.threshold_numerator = threshold.numerator
    workshop.threshold_denominator = threshold.denominator
    record(
        actor,
        "workshop.changed",
        workshop,
        before=_for_trail(before),
        after=_for_trail(facts_of(workshop)),
    )
    make_findable(workshop, queries.programme_of(workshop))
    return workshop


def workshop_for_edit(actor: Actor, workshop_id: UUID) -> Workshop:
    """A workshop for somebody who may change it; raises Forbidden, NotFound."""
    access.require_manage(actor)
    return queries.workshop_of(workshop_id)


def facts_of(workshop: Workshop) -> dict[str, Any]:
    """What is known of a workshop, under the names of its form."""
    return {
        "title": workshop.title,
        "held": held_of(workshop),
        "city": workshop.city,
        "country": workshop.country,
        "region": workshop.region,
        "state": WorkshopState(workshop.state),
        "threshold": threshold_of(workshop),
        "source": workshop.source,
    }


def programme_of_code(actor: Actor, code: str) -> Programme:
    """The programme of a code, whatever its case, opened when there is none yet."""
    found = queries.programme_called(code.upper())
    if found is None:
        found = Programme(code=code.upper())
        db.session.add(found)
        record(actor, "programme.opened", found, after={"code": found.code}, label=found.code)
    return found


def add_workshop(actor: Actor, workshop: Workshop, programme: str) -> None:
    """Keep a new workshop, and make it findable."""
    db.session.add(workshop)
    db.session.flush()
    after = {"programme": programme, **_for_trail(facts_of(workshop))}
    record(actor, "workshop.created", workshop, after=after)
    make_findable(workshop, programme)


def make_findable(workshop: Workshop, programme: str) -> None:
    """Workshops are found by title, programme, city, and country in every language of the product."""
    countries = dict.fromkeys(country_name(workshop.country, code) for code in _LANGUAGES)
    body = ", ".join((programme, workshop.city, *countries))
    index(Entry(SEARCH_KIND, workshop.id, workshop.title, body=body, country=workshop.country))


def _settled(region: str | None, current: str | None) -> str | None:
    """A region as the network spells it; one the workshop has already stays possible."""
    if region is None or region == current:
        return region
    found = region_among(region, queries.network_regions())
    if found is None:
        raise Refused(N_("Choose one of the regions of the network."), field="region")
    return found


def _for_trail(facts: dict[str, Any]) -> dict[str, Any]:
    """The same as plain text, which the trail keeps."""
    return {name: None if value is None else str(value) for name, value in facts.items()}
