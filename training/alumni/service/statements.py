"""What an alumna says herself: that the record is hers, when she could go, and who may find her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.audit import record
from kernel.db import db
from kernel.errors import N_, NotNow
from kernel.events import emit
from kernel.events.people import ConsentChanged
from kernel.identity.actor import Actor
from kernel.questions.credentials import Purpose
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from kernel.values.periods import Period
from training.alumni import queries
from training.alumni.models import AlumniRecord, Availability, Consent
from training.alumni.queries import Attested
from training.alumni.rules import RecordState, awakened, future_period, merged


@dataclass(frozen=True)
class MyRecord:
    """A person's own record: what organisers attest, what she stated, what she allows."""

    record: AlumniRecord
    attested: Sequence[Attested]
    availability: Sequence[Availability]
    consents: Sequence[Consent]

    def allows(self, purpose: Purpose) -> Consent | None:
        """The consent that stands for a purpose, if she gave one."""
        return next((given for given in self.consents if given.purpose == purpose), None)


def my_record(actor: Actor) -> MyRecord | None:
    """The actor's own record; None for somebody who never took part in a workshop."""
    found = queries.record_of(actor.person_id)
    if found is None:
        return None
    own = [actor.person_id]
    return MyRecord(
        record=found,
        attested=queries.attested_of(own).get(actor.person_id, []),
        availability=queries.availability_of(own, _today(actor)).get(actor.person_id, []),
        consents=queries.standing_consents(actor.person_id),
    )


def confirm_record(actor: Actor) -> AlumniRecord:
    """Say that the record is one's own; raises Refused when there is none. Again changes nothing."""
    found = _own(actor)
    _awaken(actor, found)
    return found


def add_availability(actor: Actor, *, starts_on: date, ends_on: date) -> Availability:
    """State days on which one could go; what they overlap or adjoin becomes one period with them.

    Raises Refused without a record, for days in the past, or when they end before they begin.
    """
    found, today = _own(actor), _today(actor)
    added = future_period(starts_on, ends_on, today=today)
    stated = queries.availability_of([actor.person_id], today).get(actor.person_id, [])
    by_period = {Period(row.starts_on, row.ends_on): row for row in stated}
    joined = merged(by_period, added)
    if joined.replaced == (joined.period,):
        return by_period[joined.period]
    for replaced in joined.replaced:
        db.session.delete(by_period[replaced])
    db.session.flush()
    row = Availability(
        person_id=actor.person_id, starts_on=joined.period.start, ends_on=joined.period.end
    )
    db.session.add(row)
    before = {"replaced": [f"{gone.start}/{gone.end}" for gone in joined.replaced]}
    record(
        actor, "availability.stated", row, before=before, after=_days(row), about=actor.person_id
    )
    _awaken(actor, found)
    return row


def remove_availability(actor: Actor, availability_id: UUID) -> Availability:
    """Take back days one stated; returns what was taken back. Raises NotFound, also for others' days."""
    row = queries.availability_to_change(actor.person_id, availability_id)
    record(actor, "availability.removed", row, before=_days(row), about=actor.person_id)
    db.session.delete(row)
    return row


def set_consent(actor: Actor, *, purpose: Purpose, given: bool) -> Consent | None:
    """Allow a purpose from now on, or withdraw that; the consent that stands, None without one.

    Saying the same again changes nothing. Raises Refused without a record.
    """
    found = _own(actor)
    standing = next(
        (one for one in queries.standing_consents(actor.person_id) if one.purpose == purpose), None
    )
    if given and standing is None:
        standing = Consent(person_id=actor.person_id, purpose=purpose)
        db.session.add(standing)
        _record_consent(actor, "consent.given", standing)
        _awaken(actor, found)
    elif not given and standing is not None:
        standing.withdrawn_at = clock.now()
        _record_consent(actor, "consent.withdrawn", standing)
        return None
    return standing


def _own(actor: Actor) -> AlumniRecord:
    found = queries.record_to_change(actor.person_id)
    if found is None:
        raise NotNow(
            N_("You have no record yet: it opens when a workshop you took part in is recorded.")
        )
    return found


def _awaken(actor: Actor, found: AlumniRecord) -> None:
    before = RecordState(found.state)
    found.state = awakened(before)
    if found.state != before:
        record(
            actor,
            "alumni_record.confirmed",
            found,
            before={"state": before},
            after={"state": found.state},
            about=actor.person_id,
        )


def _record_consent(actor: Actor, action: str, consent: Consent) -> None:
    record(actor, action, consent, after={"purpose": consent.purpose}, about=actor.person_id)
    emit(ConsentChanged(actor.person_id, consent.purpose, consent.withdrawn_at is None))


def _today(actor: Actor) -> date:
    return clock.today(actor.time_zone or current_tenant().time_zone)


def _days(row: Availability) -> dict[str, object]:
    return {"starts_on": row.starts_on, "ends_on": row.ends_on}
