"""Writing down a workshop and correcting it."""

from fractions import Fraction

import pytest
from sqlalchemy.exc import IntegrityError

from kernel.db import db, scoped
from kernel.db.constraints import refusal
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.values import clock
from kernel.values.partial_dates import PartialDate
from tests.factories.training import make_workshop
from training.workshops import service
from training.workshops.queries import list_workshops, threshold_of, workshop_of
from training.workshops.rules import WorkshopState

FACTS = {
    "title": "Africa region workshop",
    "held": PartialDate(2015, 8),
    "city": "Gaborone",
    "country": "BW",
    "region": None,
    "state": WorkshopState.DELIVERED,
    "threshold": Fraction(4, 5),
    "source": "",
}


def create(actor, **changes):
    return service.create_workshop(actor, **{"programme": "jep", **FACTS, **changes})


def edit(actor, workshop, version=1, **changes):
    return service.edit_workshop(
        actor, workshop.id, version=version, **{**service.facts_of(workshop), **changes}
    )


def test_a_workshop_opens_its_programme_and_is_on_the_trail(inside, officer, trail):
    with inside():
        create(officer)
        create(officer, title="Another")
        assert {w.programme for w in list_workshops()} == {"JEP"}
        assert len(trail("programme.opened")) == 1
        after = trail("workshop.created")[0].after
        assert (after["held"], after["threshold"]) == ("2015-08", "4/5")


def test_an_edit_is_written_and_told_from_what_to_what(inside, officer, trail):
    with inside():
        workshop = make_workshop()
        edit(officer, workshop, held=PartialDate(2015, 8, 3), threshold=Fraction(2, 3))
        db.session.flush()
        assert workshop.version == 2
        assert (workshop.day, threshold_of(workshop)) == (3, Fraction(2, 3))
        entry = trail("workshop.changed")[0]
        assert entry.before == {"held": "2015-08", "threshold": "4/5"}
        assert entry.after == {"held": "2015-08-03", "threshold": "2/3"}


def test_the_second_of_two_savers_sees_a_conflict(inside, officer):
    with inside():
        workshop = make_workshop()
        edit(officer, workshop, city="Maun")
        db.session.flush()
        with pytest.raises(Conflict) as conflict:
            edit(officer, workshop, version=1, city="Francistown")
        assert conflict.value.current["city"] == "Maun"


def test_a_region_is_the_networks_or_the_workshops_own(inside, factory, officer):
    factory.organisation(region="Africa")
    with inside():
        workshop = make_workshop(region="Old region")
        edit(officer, workshop, region="Old region", city="Maun")
        db.session.flush()
        edit(officer, workshop, version=2, region="africa")
        assert workshop.region == "Africa"
        with pytest.raises(Refused) as refused:
            create(officer, region="Atlantis")
        assert refused.value.field == "region"


def test_the_threshold_stands_once_attendance_is_locked(inside, officer):
    with inside():
        workshop = make_workshop(locked_at=clock.now(), locked_by=officer.person_id)
        with pytest.raises(Refused) as refused:
            edit(officer, workshop, threshold=Fraction(1, 2))
        assert refused.value.field == "threshold"
        assert edit(officer, workshop, city="Maun").city == "Maun"


def test_two_workshops_of_one_title_and_month_are_refused_by_the_database(inside, officer):
    with inside():
        create(officer, held=PartialDate(2015))
        with pytest.raises(IntegrityError) as violated, db.session.begin_nested():
            create(officer, held=PartialDate(2015))
        told = refusal(violated.value)
        assert told is not None
        assert told.field == "title"


def test_members_change_nothing(inside, member):
    with inside():
        workshop = make_workshop()
        with pytest.raises(Forbidden):
            create(member)
        with pytest.raises(Forbidden):
            edit(member, workshop, city="Maun")
        assert workshop_of(workshop.id).city == "Gaborone"


def test_a_workshop_of_another_network_cannot_be_edited(inside, app, make_tenant, officer):
    elsewhere = make_tenant()
    with app.app_context(), scoped(elsewhere.id):
        foreign = make_workshop()
        db.session.commit()
        facts = service.facts_of(foreign)
    with inside(), pytest.raises(NotFound):
        service.edit_workshop(officer, foreign.id, version=1, **facts)
