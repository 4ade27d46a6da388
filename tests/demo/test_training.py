"""Training in the demo: six real workshops, invented people, an alumna and a placement."""

import pytest

from demo import people, training
from demo.world import World
from kernel.identity.models import OrganisationKind
from kernel.questions.credentials import Purpose
from tests.factories import Factory
from training.alumni import service as alumni
from training.certificates.queries import latest_run
from training.participants.queries import attendance_of, attendances_of, standings_of
from training.placements import service as placements
from training.placements.queries import vacancies
from training.workshops.queries import list_workshops, workshop_of


@pytest.fixture(scope="module")
def loaded(app, make_tenant):
    """The demo's training, loaded into a network with the people who play a part there."""
    tenant = make_tenant()
    factory = Factory(app, tenant)
    secretariat = factory.organisation("Secretariat", kind=OrganisationKind.SECRETARIAT)
    factory.organisation("Independent Electoral Commission", country="BW", region="Africa")
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


def test_certificates_are_being_issued_to_whoever_earned_one(loaded):
    with loaded.inside():
        gaborone = training.gaborone()
        run = latest_run(gaborone)
        earned = sum(one.standing.earned for one in standings_of(gaborone))
    assert run is not None
    assert run.total == earned


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
        assert [event.minutes for event in attendance_of(absentee.person_id)] == [0]


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


def test_everybody_of_the_sign_in_list_is_invented():
    assert all(address.endswith("example.org") for _, address in people.sign_ins())
    assert {"programme officer", "alumna"} <= {role for role, _ in people.sign_ins()}
