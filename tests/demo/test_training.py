"""Training in the demo: six real workshops, invented people, an alumna and a placement."""

import pytest

from demo import training
from demo.world import World
from kernel.identity.models import OrganisationKind
from kernel.questions.credentials import Purpose
from tests.conftest import DATABASE
from tests.factories import Factory
from tests.jobs import run_due_jobs
from training.alumni import service as alumni
from training.certificates.queries import holding, latest_run
from training.certificates.service import my_certificates
from training.participants.queries import (
    agenda_of,
    attendance_to_lock,
    attendances_of,
    attended_by,
    standings_of,
)
from training.placements import service as placements
from training.placements.queries import vacancies
from training.workshops.queries import list_workshops, workshop_of


@pytest.fixture(scope="module")
def loaded(app, make_tenant):
    """The demo's training, loaded into a network with the people who play a part there."""
    tenant = make_tenant()
    factory = Factory(app, tenant)
    secretariat = factory.organisation("Secretariat", kind=OrganisationKind.SECRETARIAT)
    for country in ("BW", "CM"):
        factory.organisation(country=country, region="Africa")
    for region in ("Asia", "Caribbean and Americas", "Pacific"):
        factory.organisation(region=region)
    world = World(app, tenant.id)
    roles = {"administrator": "network_administrator", "officer": "programme_officer"}
    for key, role in roles.items():
        actor = factory.actor(key, organisation=secretariat, roles=[role])
        world.people[key] = actor.person_id
    training.load(world)
    return world


def test_the_demo_has_the_six_workshops_and_one_locked_attendance(loaded):
    with loaded.inside():
        found = list_workshops()
        assert len(found) == 6
        assert [w.city for w in found if w.locked] == ["Gaborone"]
        gaborone = training.gaborone()
        assert workshop_of(gaborone).day is None
        assert attendances_of(gaborone).scheduled == 1200
        standings = [one.standing for one in standings_of(gaborone)]
    assert len(standings) == 29
    assert sum(standing.took_part for standing in standings) == 28
    assert {s.attended: s.earned for s in standings if s.attended in (0, 959, 960)} == {
        0: False,
        959: False,
        960: True,
    }


def test_another_workshop_is_over_and_its_attendance_waits_to_be_locked(loaded):
    with loaded.inside():
        apia = training.apia()
        assert workshop_of(apia).day is None
        assert attendance_to_lock(loaded.today, most=9) == [(apia, workshop_of(apia).title)]
        agendas = [agenda_of(id) for id in (apia, training.gaborone())]
        assert len(standings_of(apia)) == 12
    first, second = ([(one.code, one.minutes) for one in agenda] for agenda in agendas)
    assert first == second, "the list for visitors fits both"


def test_certificates_are_issued_to_whoever_earned_one_each_in_the_language_of_its_holder(
    loaded, app, server
):
    run_due_jobs(app, server.url("comitia_worker", DATABASE), loaded.tenant_id)
    with loaded.inside():
        gaborone = training.gaborone()
        earned = sum(one.standing.earned for one in standings_of(gaborone))
        run = latest_run(gaborone)
        assert run is not None
        assert (run.done, run.total) == (earned, earned)
    for key, language in (("alumna", "en"), ("french_alumna", "fr")):
        with loaded.acting(key) as holder:
            [own] = my_certificates(holder)
            assert holding(own.id).certificate.content["language"] == language


def test_the_alumna_is_the_person_of_the_list_and_can_be_found(loaded):
    with loaded.inside():
        standing = next(
            one for one in standings_of(training.gaborone()) if one.address == "p01@example.org"
        )
    assert standing.person_id == loaded.people["alumna"]
    with loaded.acting("alumna") as alumna:
        assert alumna.has_role("alumnus")
        record = alumni.my_record(alumna)
        assert record.allows(Purpose.MISSIONS) is not None
    with loaded.acting("absentee") as absentee:
        assert not absentee.has_role("alumnus")
        assert [
            event.minutes for event in attended_by([absentee.person_id])[absentee.person_id]
        ] == [0]


def test_the_placement_was_approved_by_another_and_is_open_for_weeks(loaded):
    with loaded.acting("alumna") as alumna:
        (vacancy,), _ = vacancies(alumna, 1)
        assert vacancy.state == "published"
        assert vacancy.approved_by == loaded.people["administrator"]
        assert vacancy.drafted_by == loaded.people["officer"]
        assert vacancy.closes_at.date() == loaded.today + training.APPLY_WITHIN
        answers = {v.rule.kind: v.answer for v in placements.check_eligibility(alumna, vacancy.id)}
        assert answers["took_part"] == "pass"
    with loaded.acting("absentee") as absentee:
        answers = {
            v.rule.kind: v.answer for v in placements.check_eligibility(absentee, vacancy.id)
        }
        assert answers["took_part"] == "fail"
