"""Nominating, selecting, and keeping up with dates."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import NullPool, create_engine, select, text
from sqlalchemy.exc import IntegrityError

from kernel.audit.models import AuditEntry
from kernel.db import db, scoped
from kernel.db.constraints import refusal
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.questions.credentials import Purpose
from missions.missions import service as missions
from missions.missions.queries import mission_of
from missions.missions.rules import Ending, MissionKind, Precision
from missions.plan import service as plans
from missions.roster import service
from missions.roster.models import Nomination
from missions.roster.rules import Freedom, NominationState
from missions.roster.service import Search
from tests.conftest import DATABASE
from tests.missions.conftest import POLLING_DAY
from tests.missions.roster.conftest import DEPLOYMENT, WORKSHOP
from tests.waiting import wait_until


@pytest.fixture
def superuser_url(server):
    """Sees what every connection waits for."""
    return server.superuser_url(DATABASE)


@pytest.fixture
def other_mission(propose):
    """Another observation of the same country and days."""
    return propose(title="Referendum (fictional)")


def move(inside, planner, mission_id, polling_day):
    with inside():
        version = mission_of(planner, mission_id).version
        plans.move_polling_day(
            planner,
            mission_id,
            version=version,
            polling_day=polling_day,
            precision=Precision.DAY,
        )


def actions(inside):
    with inside():
        statement = select(AuditEntry.action).where(AuditEntry.action.startswith("nomination."))
        return list(db.session.scalars(statement.order_by(AuditEntry.id)))


def test_the_question_names_the_purpose_the_days_and_the_country(
    inside, planner, mission_id, trained, records
):
    trained()
    with inside():
        found = service.find_people(planner, mission_id, Search("leader", "JEP", free=True))
    (wanted,) = records.asked
    assert (wanted.purpose, wanted.text, wanted.programme) == (Purpose.MISSIONS, "leader", "JEP")
    assert (wanted.free_during, wanted.not_from) == (DEPLOYMENT, "SB")
    assert [one.person.name for one in found.candidates] == ["Neema Fictional"]
    assert found.own_country_left_out


def test_people_who_are_not_free_are_shown_as_such(inside, planner, mission_id, trained):
    trained("Amina Fictional", free=(DEPLOYMENT,))
    trained("Burak Fictional", free=(DEPLOYMENT.shifted(5),))
    trained("Chidi Fictional")
    with inside():
        found = service.find_people(planner, mission_id, Search())
    assert [one.freedom for one in found.candidates] == [
        Freedom.WHOLE,
        Freedom.PART,
        Freedom.UNKNOWN,
    ]


def test_experts_may_come_from_the_country(inside, planner, propose, trained):
    mission_id = propose(kind=MissionKind.EXPERT_TEAM)
    trained(countries=("SB",))
    with inside():
        found = service.find_people(planner, mission_id, Search())
    assert len(found.candidates) == 1
    assert not found.own_country_left_out


def test_a_nomination_keeps_the_credentials_of_its_moment(
    inside, planner, mission_id, nominate, trained, records
):
    nominate(trained(free=(DEPLOYMENT,)))
    records.people.clear()
    with inside():
        (one,) = service.team_of(planner, mission_id).nominated
    assert one.person.workshops == (WORKSHOP,)
    assert (one.person.countries, one.person.free) == (("TZ",), (DEPLOYMENT,))
    assert one.freedom is Freedom.WHOLE
    assert one.nomination.state == "nominated"


def test_nominating_twice_makes_one_nomination(nominate, trained, inside):
    person_id = trained()
    assert nominate(person_id) == nominate(person_id)
    assert actions(inside) == ["nomination.made"]


def test_whoever_was_rejected_can_be_nominated_again(nominate, trained, step):
    person_id = trained()
    first = nominate(person_id)
    step(first, "shortlisted", "rejected")
    assert nominate(person_id) != first


def test_the_database_holds_one_live_nomination_per_mission_and_person(
    inside, planner, nominate, trained, mission_id
):
    person_id = trained()
    nominate(person_id)
    with inside():
        db.session.add(
            Nomination(
                mission_id=mission_id,
                person_id=person_id,
                credentials={},
                nominated_by=planner.person_id,
            )
        )
        with pytest.raises(IntegrityError, match="uq_nomination_live") as violated:
            db.session.flush()
        assert "just nominated" in str(refusal(violated.value))
        db.session.rollback()


def test_somebody_from_the_country_cannot_be_nominated_by_her_id(nominate, trained):
    with pytest.raises(Refused, match="own country") as refused:
        nominate(trained(countries=("TZ", "SB")))
    assert refused.value.field == "person_id"


def test_somebody_who_did_not_agree_cannot_be_nominated_by_her_id(nominate, factory, records):
    with pytest.raises(Refused, match="agreed to be found"):
        nominate(factory.actor().person_id)


def test_selecting_takes_the_days_in_the_country(nominate, step, stands, inside):
    nomination = nominate()
    step(nomination, "shortlisted", "selected")
    assert stands(nomination) == ("selected", DEPLOYMENT)
    step(nomination, "accepted")
    assert stands(nomination) == ("accepted", DEPLOYMENT)
    step(nomination, "withdrawn")
    assert stands(nomination) == ("withdrawn", None)
    assert actions(inside) == [
        "nomination.made",
        "nomination.shortlisted",
        "nomination.selected",
        "nomination.accepted",
        "nomination.withdrawn",
    ]


def test_a_step_the_nomination_cannot_take_is_refused(nominate, step, stands):
    nomination = nominate()
    with pytest.raises(Refused, match="moved on"):
        step(nomination, "accepted")
    assert stands(nomination) == ("nominated", None)


def test_who_came_to_work_in_the_country_after_her_nomination_is_not_selected(
    nominate, step, stands, records
):
    nomination = nominate()
    step(nomination, "shortlisted")
    records.people = [replace(one, countries=("SB", "TZ")) for one in records.people]
    with pytest.raises(Refused, match="own country"):
        step(nomination, "selected")
    assert stands(nomination) == ("shortlisted", None)


def test_who_came_to_work_in_the_country_after_she_was_selected_is_not_confirmed(
    nominate, step, stands, records
):
    nomination = nominate()
    step(nomination, "shortlisted", "selected")
    records.people = [replace(one, countries=("SB", "TZ")) for one in records.people]
    with pytest.raises(Refused, match="own country"):
        step(nomination, "accepted")
    assert stands(nomination) == ("selected", DEPLOYMENT)
    step(nomination, "withdrawn")


def test_nobody_is_selected_for_two_missions_on_one_day(
    nominate, trained, step, stands, other_mission, inside, planner
):
    person_id = trained()
    here, there = nominate(person_id), nominate(person_id, other_mission)
    step(here, "shortlisted", "selected")
    with inside():
        (seen,) = service.team_of(planner, other_mission).nominated
    assert seen.elsewhere.period == DEPLOYMENT
    with pytest.raises(Refused, match="General election"):
        step(there, "shortlisted", "selected", mission_id=other_mission)
    assert stands(there, other_mission) == ("shortlisted", None)
    step(here, "withdrawn")
    step(there, "selected", mission_id=other_mission)


def test_days_that_only_adjoin_are_no_clash(nominate, trained, step, stands, propose):
    later = propose(polling_day=POLLING_DAY + timedelta(days=DEPLOYMENT.days))
    person_id = trained()
    step(nominate(person_id), "shortlisted", "selected")
    there = nominate(person_id, later)
    step(there, "shortlisted", "selected", mission_id=later)
    assert stands(there, later) == ("selected", DEPLOYMENT.shifted(DEPLOYMENT.days))


def test_of_two_planners_at_once_the_database_refuses_the_second(
    nominate, trained, step, other_mission, inside
):
    person_id = trained()
    step(nominate(person_id), "shortlisted", "selected")
    there = nominate(person_id, other_mission)
    with inside():
        row = db.session.scalars(select(Nomination).where(Nomination.id == there)).one()
        row.state, row.starts_on, row.ends_on = "selected", DEPLOYMENT.end, DEPLOYMENT.end
        with pytest.raises(IntegrityError, match="ex_nomination_one_place_a_day") as violated:
            db.session.flush()
        assert "another mission" in str(refusal(violated.value))
        db.session.rollback()


def test_of_two_planners_at_the_same_moment_only_one_gets_the_person(
    app, tenant, planner, nominate, trained, step, stands, mission_id, other_mission, superuser_url
):
    """The second waits for the first to commit, then is told; neither saw the other beforehand."""
    person_id = trained()
    here, there = nominate(person_id), nominate(person_id, other_mission)
    step(here, "shortlisted")
    step(there, "shortlisted", mission_id=other_mission)
    told = []

    def select_there():
        with app.app_context(), scoped(tenant.id):
            try:
                service.take_step(
                    planner, other_mission, there, version=2, state=NominationState.SELECTED
                )
                db.session.commit()
            except IntegrityError as violated:
                told.append(str(refusal(violated)))

    second = Thread(target=select_there)
    with app.app_context(), scoped(tenant.id):
        service.take_step(planner, mission_id, here, version=2, state=NominationState.SELECTED)
        second.start()
        wait_until(lambda: somebody_waits(superuser_url))
        db.session.commit()
    second.join()
    assert "another mission" in told[0]
    assert stands(here) == ("selected", DEPLOYMENT)
    assert stands(there, other_mission) == ("shortlisted", None)


def somebody_waits(url):
    """Whether a statement about nominations waits for another transaction."""
    waiting = text(
        "select count(*) from pg_stat_activity"
        " where wait_event_type = 'Lock' and query like '%missions.nomination%'"
    )
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return connection.scalar(waiting)


def test_the_second_of_two_savers_sees_a_conflict(nominate, step, inside, planner, mission_id):
    nomination = nominate()
    step(nomination, "shortlisted")
    for act in (
        lambda: service.take_step(
            planner, mission_id, nomination, version=1, state=NominationState.SELECTED
        ),
        lambda: service.remove(planner, mission_id, nomination, version=1),
        lambda: service.put_back(planner, mission_id, nomination, version=1),
    ):
        with inside(), pytest.raises(Conflict):
            act()


def test_a_removed_nomination_is_gone_until_it_is_put_back(
    nominate, inside, planner, mission_id, step
):
    nomination = nominate()
    with inside():
        service.remove(planner, mission_id, nomination, version=1)
    with inside():
        assert service.team_of(planner, mission_id).nominated == []
    with pytest.raises(Refused, match="removed"):
        step(nomination, "shortlisted")
    with inside():
        service.put_back(planner, mission_id, nomination, version=2)
    with inside():
        assert len(service.team_of(planner, mission_id).nominated) == 1
    assert actions(inside)[-2:] == ["nomination.removed", "nomination.put_back"]


def test_what_was_decided_on_is_withdrawn_not_removed(nominate, step, inside, planner, mission_id):
    nomination = nominate()
    step(nomination, "shortlisted")
    with inside(), pytest.raises(Refused, match="Withdraw"):
        service.remove(planner, mission_id, nomination, version=2)


def test_somebody_nominated_anew_is_not_put_back_beside_herself(
    nominate, trained, inside, planner, mission_id
):
    person_id = trained()
    first = nominate(person_id)
    with inside():
        service.remove(planner, mission_id, first, version=1)
    nominate(person_id)
    with inside(), pytest.raises(Refused, match="again"):
        service.put_back(planner, mission_id, first, version=2)


def test_people_move_with_polling_day(nominate, step, stands, inside, planner, mission_id):
    nomination, undecided = nominate(), nominate()
    step(nomination, "shortlisted", "selected", "accepted")
    move(inside, planner, mission_id, POLLING_DAY + timedelta(days=10))
    assert stands(nomination) == ("accepted", DEPLOYMENT.shifted(10))
    assert stands(undecided) == ("nominated", None)
    assert actions(inside)[-1] == "nomination.moved"


def test_people_move_with_the_days_of_their_phase(
    nominate, step, stands, inside, planner, mission_id
):
    nomination = nominate()
    step(nomination, "shortlisted", "selected")
    with inside():
        plans.change_phase(planner, mission_id, "deployment", version=1, first_day=-3, last_day=1)
    days = {POLLING_DAY - timedelta(3), POLLING_DAY + timedelta(1)}
    state, period = stands(nomination)
    assert (state, {period.start, period.end}) == ("selected", days)
    with inside():
        plans.change_phase(planner, mission_id, "reporting", version=1, first_day=7, last_day=50)
    assert actions(inside).count("nomination.moved") == 1


def test_whoever_would_be_in_two_places_after_a_move_goes_to_the_reserve(
    nominate, trained, step, stands, propose, inside, planner
):
    later = propose(polling_day=POLLING_DAY + timedelta(days=30))
    person_id = trained()
    here, there = nominate(person_id), nominate(person_id, later)
    step(here, "shortlisted", "selected")
    step(there, "shortlisted", "selected", mission_id=later)
    move(inside, planner, later, POLLING_DAY + timedelta(days=5))
    assert stands(there, later) == ("reserve", None)
    assert stands(here) == ("selected", DEPLOYMENT)
    assert actions(inside)[-1] == "nomination.displaced"


def test_an_advance_team_and_its_mission_move_together(
    nominate, trained, step, stands, propose, inside, planner, mission_id
):
    """She goes ahead and stays: either way the two stints follow each other without a clash."""
    ahead = propose(kind=MissionKind.ADVANCE, parent_id=mission_id)
    person_id = trained()
    first, second = nominate(person_id, ahead), nominate(person_id)
    step(first, "shortlisted", "selected", mission_id=ahead)
    step(second, "shortlisted", "selected")
    for polling_day in (POLLING_DAY - timedelta(days=10), POLLING_DAY + timedelta(days=3)):
        move(inside, planner, mission_id, polling_day)
        shift = (polling_day - POLLING_DAY).days
        assert stands(second) == ("selected", DEPLOYMENT.shifted(shift))
        assert stands(first, ahead)[0] == "selected"


def test_a_cancelled_mission_lets_its_people_go(
    nominate, trained, step, stands, inside, planner, mission_id, other_mission, run_jobs
):
    person_id = trained()
    nomination, undecided = nominate(person_id), nominate()
    step(nomination, "shortlisted", "selected")
    with inside():
        version = mission_of(planner, mission_id).version
        missions.end_mission(
            planner, mission_id, version=version, ending=Ending.CANCELLED, reason="Postponed"
        )
    run_jobs()
    with inside():
        states = dict(db.session.execute(select(Nomination.id, Nomination.state)).all())
    assert states == {nomination: "withdrawn", undecided: "nominated"}
    there = nominate(person_id, other_mission)
    step(there, "shortlisted", "selected", mission_id=other_mission)
    with pytest.raises(Refused, match="ended"):
        nominate()


def test_an_approver_sees_the_team_and_changes_nothing(
    nominate, trained, inside, approver, mission_id
):
    person_id = trained()
    nomination = nominate(person_id)
    with inside():
        team = service.team_of(approver, mission_id)
    assert not team.may_edit
    assert team.nominated[0].steps == ()
    for act in (
        lambda: service.find_people(approver, mission_id, Search()),
        lambda: service.nominate(approver, mission_id, person_id=person_id),
        lambda: service.remove(approver, mission_id, nomination, version=1),
    ):
        with inside(), pytest.raises(Forbidden):
            act()


def test_who_may_not_see_missions_learns_of_no_team(factory, inside, mission_id):
    with inside(), pytest.raises(NotFound):
        service.team_of(factory.actor(), mission_id)


def test_a_nomination_is_found_under_its_own_mission_only(nominate, inside, planner, other_mission):
    nomination = nominate()
    with inside(), pytest.raises(NotFound):
        service.remove(planner, other_mission, nomination, version=1)


def test_dates_of_an_assessment_are_those_of_its_visit(inside, planner, propose, trained, records):
    mission_id = propose(kind=MissionKind.ASSESSMENT)
    with inside():
        found = service.find_people(planner, mission_id, Search(free=True))
    assert found.days.start == date(2026, 11, 14)
    assert records.asked[0].free_during == found.days
