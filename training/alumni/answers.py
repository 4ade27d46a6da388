"""What alumni answer to the kernel's questions: who is trained in what, and free when; what waits."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext

from kernel.identity.actor import Actor
from kernel.questions.credentials import MOST, Credentials, Trained, TrainedIn, Wanted
from kernel.questions.waiting import Waiting
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from training.alumni import queries
from training.alumni.queries import Attested, TrainedFilter, TrainedPerson
from training.alumni.rules import RecordState
from training.permissions import ALUMNUS


def credentials(actor: Actor, wanted: Wanted) -> Credentials:
    """The alumni who agreed to be found for the purpose; one more than fits tells whether there are more."""
    narrowed = TrainedFilter(
        purpose=wanted.purpose,
        text=wanted.text,
        programme=wanted.programme,
        free_during=wanted.free_during,
        not_from=wanted.not_from,
        person_ids=wanted.person_ids,
    )
    if wanted.held:
        queries.hold_records(wanted.person_ids or ())
    today = clock.today(actor.time_zone or current_tenant().time_zone)
    found = queries.find_trained(narrowed, most=MOST + 1, now=clock.now(), today=today)
    return Credentials(
        people=tuple(map(_trained, found[:MOST])),
        more=len(found) > MOST,
        programmes=tuple(queries.programmes_attended()),
        answered=True,
    )


def waiting(actor: Actor) -> Iterator[Waiting]:
    """The record of an alumna that she has not confirmed yet."""
    if not actor.has_role(ALUMNUS):
        return
    record = queries.record_of(actor.person_id)
    if record is not None and record.state == RecordState.INVITED:
        text = gettext("Confirm your alumni record")
        yield Waiting("alumni_record_to_confirm", text, url_for("my_record.record"), order=30)


def _trained(person: TrainedPerson) -> Trained:
    return Trained(
        person_id=person.person_id,
        name=person.name,
        gender=person.gender,
        countries=person.countries,
        organisation=person.organisation,
        language=person.language,
        workshops=tuple(map(_trained_in, person.attested)),
        free=person.free,
    )


def _trained_in(attested: Attested) -> TrainedIn:
    return TrainedIn(
        programme=attested.programme,
        title=attested.title,
        country=attested.country,
        held=attested.held,
        minutes=attested.standing.attended,
        scheduled=attested.standing.scheduled,
        earned_certificate=attested.standing.earned,
    )
