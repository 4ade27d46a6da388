"""Locking attendance, and correcting it before and after."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest
from sqlalchemy import select

from kernel.db import db, scoped
from kernel.errors import Conflict, Forbidden, NotFound, NotNow, Refused
from kernel.identity.models import RoleGrant
from kernel.values import clock
from tests.factories.training import AGENDA, make_workshop
from training.alumni.models import AlumniRecord, Participation
from training.participants import queries, service
from training.participants.rules import Result, Tally
from training.workshops.models import Workshop
from training.workshops.queries import sessions_of, workshop_of

FULL = AGENDA
FOUR_FIFTHS = (90, 180, 180, 120, 180, 120, 90, 0)
A_MINUTE_LESS = (90, 180, 180, 120, 180, 120, 89, 0)


@pytest.fixture
def other_workshop(inside):
    """A workshop of another programme, in November."""
    with inside():
        return make_workshop(
            programme="CEP", title="Pacific region workshop", month=11, minutes=AGENDA
        ).id


@pytest.fixture
def lock(inside, officer):
    """`lock(workshop_id)` locks its attendance as it stands."""

    def act(workshop_id, **options):
        with inside():
            version = db.session.get_one(Workshop, (officer.tenant_id, workshop_id)).version
            return service.lock_attendance(officer, workshop_id, **{"version": version, **options})

    return act


@pytest.fixture
def correct(inside, officer):
    """`correct(participant_id, {"S1": 90})` sets minutes by the session's code."""

    def act(participant_id, minutes, **options):
        with inside():
            participant = queries.participant_of(participant_id)
            ids = {s.code: s.id for s in sessions_of(participant.workshop_id)}
            given = {ids[code]: attended for code, attended in minutes.items()}
            options = {"version": participant.version, **options}
            service.correct_attendance(officer, participant_id, given, **options)

    return act


@pytest.fixture
def attested(inside):
    """`attested(workshop_id)`: minutes recorded by person, who has a record, who has the role."""

    def look(workshop_id):
        with inside():
            recorded = db.session.scalars(
                select(Participation).where(Participation.workshop_id == workshop_id)
            )
            return (
                {one.person_id: one.attended_minutes for one in recorded},
                set(db.session.scalars(select(AlumniRecord.person_id))),
                set(
                    db.session.scalars(
                        select(RoleGrant.person_id).where(RoleGrant.role == "alumnus")
                    )
                ),
            )

    return look


def person_of(participant_id):
    return queries.participant_of(participant_id).person_id


def test_four_fifths_earn_a_certificate_and_a_minute_less_does_not(inside, workshop_id, register):
    register(workshop_id, "A Fictional", FOUR_FIFTHS)
    register(workshop_id, "B Fictional", A_MINUTE_LESS)
    register(workshop_id, "C Fictional", (0,) * 8)
    with inside():
        found = queries.standings_of(workshop_id)
    assert [(one.name, one.standing.attended, one.standing.result) for one in found] == [
        ("A Fictional", 960, Result.EARNED),
        ("B Fictional", 959, Result.TOOK_PART),
        ("C Fictional", 0, Result.ABSENT),
    ]
    assert {one.standing.scheduled for one in found} == {1200}


def test_standings_cost_two_queries_for_any_number(inside, workshop_id, register, queries):
    from training.participants.queries import standings_of

    register(workshop_id, "A Fictional", FULL)
    with inside():
        standings_of(workshop_id)
        with queries() as one:
            standings_of(workshop_id)
    register(workshop_id, "B Fictional", FULL)
    register(workshop_id, "C Fictional", FULL)
    with inside(), queries() as three:
        assert len(standings_of(workshop_id)) == 3
    assert len(one) == len(three) == 2


def test_locking_costs_as_many_statements_for_three_people_as_for_one(
    workshop_id, other_workshop, register, lock, queries
):
    register(other_workshop, "A Fictional", FULL)
    for name in ("B Fictional", "C Fictional", "D Fictional"):
        register(workshop_id, name, FULL)
    seen = []
    for each in (other_workshop, workshop_id):
        with queries() as sent:
            lock(each)
        seen.append(len(sent))
    assert seen[0] == seen[1]


def test_locking_records_whoever_attended_a_minute_and_nobody_else(
    inside, workshop_id, register, lock, attested
):
    ids = [
        register(workshop_id, "A Fictional", FOUR_FIFTHS),
        register(workshop_id, "B Fictional", (1,)),
        register(workshop_id, "C Fictional", (0,) * 8),
    ]
    assert lock(workshop_id) == Tally(earned=1, took_part=1, absent=1)
    with inside():
        earned, took_part, absent = (person_of(one) for one in ids)
    recorded, alumni, role = attested(workshop_id)
    assert recorded == {earned: 960, took_part: 1}
    assert alumni == role == {earned, took_part}
    assert absent not in alumni


def test_locking_is_in_the_trail_with_what_it_counted(
    inside, workshop_id, register, lock, officer, trail
):
    register(workshop_id, "A Fictional", FULL)
    lock(workshop_id)
    with inside():
        [locked] = trail("attendance.locked")
        assert locked.actor_id == officer.person_id
        assert locked.after == {"earned": 1, "took_part": 0, "absent": 0}
        assert len(trail("participation.recorded")) == len(trail("alumni_record.opened")) == 1


def test_locking_twice_is_refused(workshop_id, register, lock):
    register(workshop_id, "A Fictional", FULL)
    lock(workshop_id)
    with pytest.raises(Refused, match="locked already"):
        lock(workshop_id)


def test_locking_without_participants_is_refused(workshop_id, lock):
    with pytest.raises(Refused, match="Nobody is registered"):
        lock(workshop_id)


def test_locking_without_an_agenda_is_refused(earlier_workshop, register, lock):
    register(earlier_workshop, "A Fictional")
    with pytest.raises(Refused, match="no agenda"):
        lock(earlier_workshop)


def test_the_attendance_of_a_workshop_that_was_cancelled_is_not_locked(
    inside, workshop_id, register, lock, browser_for, officer
):
    register(workshop_id, "A Fictional", FULL)
    with inside():
        workshop_of(workshop_id).state = "cancelled"
    with pytest.raises(Refused, match="cancelled"):
        lock(workshop_id)
    overview = f"/training/workshops/{workshop_id}"
    for page in (overview, f"{overview}/participants"):
        assert "Lock attendance" not in browser_for(officer).get(page).text


@pytest.mark.parametrize(
    ("country", "moment", "ended"),
    [  # the last sessions are on 6 August
        ("BW", "2015-08-05T21:59Z", False),
        ("BW", "2015-08-05T22:00Z", True),
        ("WS", "2015-08-05T09:59Z", False),
        ("WS", "2015-08-05T11:00Z", True),
        ("JM", "2015-08-06T04:59Z", False),
        ("JM", "2015-08-06T05:00Z", True),
    ],
)
def test_attendance_is_locked_from_the_last_day_of_the_agenda_where_the_workshop_is(
    inside, workshop_id, register, lock, country, moment, ended
):
    register(workshop_id, "A Fictional", FULL)
    with inside():
        workshop_of(workshop_id).country = country
    with clock.frozen(datetime.fromisoformat(moment)):
        if ended:
            assert lock(workshop_id).earned == 1
        else:
            with pytest.raises(NotNow, match="2015-08-06"):
                lock(workshop_id)


def test_before_the_last_session_pages_and_programs_say_from_when_attendance_is_locked(
    workshop_id, register, browser_for, officer, tenant, api_token
):
    register(workshop_id, "A Fictional", FULL)
    overview = f"/training/workshops/{workshop_id}"
    browser, program = browser_for(officer), browser_for()
    headers = {"Authorization": f"Bearer {api_token(officer)}", "If-Match": '"1"'}
    with clock.frozen(datetime(2015, 8, 5, 12, tzinfo=UTC)):
        for address in (overview, f"{overview}/participants"):
            assert "ock attendance" not in browser.get(address).text
        refused = browser.get(f"{overview}/participants/lock")
        assert refused.status == 422
        assert "The last session of this workshop is on 6 August 2015." in refused.text
        answer = program.client.post(
            f"/api/v1/workshops/{workshop_id}/attendance/lock",
            base_url=program.base_url,
            headers=headers,
            json={"earned": 1, "took_part": 0, "absent": 0},
        )
        assert answer.status_code == 422
        assert "Lock attendance on that day or later" in answer.json["detail"]
    assert "Lock attendance" in browser.get(f"{overview}/participants").text


def test_locking_something_else_than_was_shown_is_a_conflict(workshop_id, register, lock):
    register(workshop_id, "A Fictional", FULL)
    shown = Tally(earned=1)
    register(workshop_id, "B Fictional", (1,))
    with pytest.raises(Conflict):
        lock(workshop_id, seen=shown)
    with pytest.raises(Conflict):
        lock(workshop_id, version=7)
    lock(workshop_id, seen=replace(shown, took_part=1))


def test_only_who_runs_workshops_locks_and_corrects(
    inside, workshop_id, register, factory, correct
):
    participant_id, member = register(workshop_id), factory.actor()
    with inside(), pytest.raises(Forbidden):
        service.lock_attendance(member, workshop_id, version=1)
    with inside(), pytest.raises(Forbidden):
        service.correct_attendance(member, participant_id, {}, version=1)


def test_before_the_lock_minutes_change_without_a_reason(
    inside, workshop_id, register, correct, trail
):
    participant_id = register(workshop_id, minutes=(90, 180))
    correct(participant_id, {"S1": 45, "S8": 90})
    with inside():
        [one] = queries.standings_of(workshop_id)
        assert one.standing.attended == 45 + 180 + 90
        assert queries.participant_of(participant_id).version == 2
        [entry] = trail("attendance.changed")
        assert entry.about_id == person_of(participant_id)
        assert set(entry.before) == set(entry.after) == {"S1", "S8"}


def test_saving_the_same_minutes_changes_nothing(inside, workshop_id, register, correct, trail):
    participant_id = register(workshop_id, minutes=(90, 0))
    correct(participant_id, {"S1": 90, "S2": 0})
    with inside():
        assert queries.participant_of(participant_id).version == 1
        assert trail("attendance.changed") == []


def test_no_minutes_that_somebody_enters_are_on_record(
    inside, workshop_id, officer, register, correct, trail
):
    participant_id = register(workshop_id, minutes=(90,))
    correct(participant_id, {f"S{number}": 0 for number in range(2, 9)})
    with inside():
        assert service.locking_summary(officer, workshop_id).unrecorded == 0
        [entry] = trail("attendance.changed")
        assert set(entry.before) == set(entry.after) == {f"S{number}" for number in range(2, 9)}


@pytest.mark.parametrize("minutes", [{"S1": 91}, {"S1": -1}])
def test_minutes_no_session_has_are_refused_by_their_session(
    workshop_id, register, correct, minutes
):
    participant_id = register(workshop_id)
    with pytest.raises(Refused, match="S1") as refused:
        correct(participant_id, minutes)
    assert refused.value.field == "minutes"


def test_minutes_of_another_workshops_session_are_not_found(
    inside, workshop_id, other_workshop, register, officer
):
    participant_id = register(workshop_id)
    with inside():
        foreign = sessions_of(other_workshop)[0].id
    with inside(), pytest.raises(NotFound):
        service.correct_attendance(officer, participant_id, {foreign: 1}, version=1)


def test_a_second_saver_sees_what_stands_now(workshop_id, register, correct):
    participant_id = register(workshop_id, minutes=(90,))
    correct(participant_id, {"S1": 45}, version=1)
    with pytest.raises(Conflict) as conflict:
        correct(participant_id, {"S1": 60}, version=1)
    assert 45 in conflict.value.current.values()


def test_locked_minutes_change_only_with_a_reason(
    inside, workshop_id, register, lock, correct, attested, trail
):
    participant_id = register(workshop_id, minutes=A_MINUTE_LESS)
    lock(workshop_id)
    with pytest.raises(Refused) as refused:
        correct(participant_id, {"S7": 90})
    assert refused.value.field == "reason"
    correct(participant_id, {"S7": 90}, reason="Signed sheet of 6 August found")
    with inside():
        assert queries.standings_of(workshop_id)[0].standing.earned
        [entry] = trail("attendance.corrected")
        assert set(entry.after) == {"S7", "reason"}
        assert len(trail("participation.changed")) == 1
        person_id = person_of(participant_id)
    assert attested(workshop_id)[0] == {person_id: 960}


def test_a_correction_to_nothing_takes_the_participation_away(
    inside, workshop_id, register, lock, correct, attested
):
    participant_id = register(workshop_id, minutes=(5,))
    lock(workshop_id)
    correct(participant_id, {"S1": 0}, reason="Another person of the same name")
    assert attested(workshop_id) == ({}, set(), set())
    correct(participant_id, {"S1": 5}, reason="It was she")
    with inside():
        person_id = person_of(participant_id)
    assert attested(workshop_id) == ({person_id: 5}, {person_id}, {person_id})


@pytest.mark.parametrize(
    ("action", "before"),
    [
        ("participation.withdrawn", {"attended_minutes": 5, "scheduled_minutes": 1200}),
        ("alumni_record.closed", {"role": "alumnus"}),
    ],
)
def test_what_a_correction_takes_away_is_on_the_trail(
    inside, workshop_id, register, lock, correct, officer, action, before, trail
):
    participant_id = register(workshop_id, minutes=(5,))
    lock(workshop_id)
    correct(participant_id, {"S1": 0}, reason="Another person of the same name")
    with inside():
        [entry] = trail(action)
        assert entry.about_id == person_of(participant_id)
        assert entry.object_kind == action.split(".")[0]
        assert (entry.actor_id, entry.before, entry.after) == (officer.person_id, before, None)


def test_who_took_part_elsewhere_stays_an_alumna(
    inside, workshop_id, other_workshop, register, lock, correct, attested
):
    participant_id = register(workshop_id, minutes=(5,))
    with inside():
        person_id = person_of(participant_id)
    register(other_workshop, minutes=FULL, person_id=person_id)
    lock(workshop_id)
    lock(other_workshop)
    correct(participant_id, {"S1": 0}, reason="Not there")
    assert attested(workshop_id) == ({}, {person_id}, {person_id})


def test_a_person_reads_her_attendance_with_the_latest_first(
    inside, workshop_id, other_workshop, register, lock
):
    participant_id = register(workshop_id, minutes=FULL)
    with inside():
        person_id = person_of(participant_id)
    register(other_workshop, minutes=(), person_id=person_id)
    lock(workshop_id)
    with inside():
        found = queries.attended_by([person_id])[person_id]
    assert [(one.title, str(one.held), one.minutes, one.locked) for one in found] == [
        ("CEP: Pacific region workshop", "2015-11", 0, False),
        ("JEP: Africa region workshop", "2015-08", 1200, True),
    ]
    assert found[1].event == str(workshop_id)


def test_of_two_officers_who_save_at_once_the_second_sees_the_first(
    app, tenant, inside, officer, workshop_id, register
):
    participant_id = register(workshop_id, minutes=(90,))
    with inside():
        first, second = (session.id for session in sessions_of(workshop_id)[:2])
    outcomes = []

    def save(session_id):
        with app.app_context(), scoped(tenant.id):
            try:
                service.correct_attendance(officer, participant_id, {session_id: 30}, version=1)
                db.session.commit()
                outcomes.append("saved")
            except Conflict:
                db.session.rollback()
                outcomes.append("conflict")

    threads = [Thread(target=save, args=(one,)) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "saved"]
    with inside():
        assert queries.standings_of(workshop_id)[0].standing.attended in (30, 120)


def test_a_change_and_the_lock_at_once_leave_the_participation_true(
    app, tenant, inside, officer, workshop_id, register, attested
):
    participant_id = register(workshop_id, minutes=(90,))
    with inside():
        session = sessions_of(workshop_id)[0].id
        version = db.session.get_one(Workshop, (officer.tenant_id, workshop_id)).version

    def run(act):
        with app.app_context(), scoped(tenant.id):
            try:
                act()
                db.session.commit()
            except (Refused, Conflict):
                db.session.rollback()

    acts = (
        lambda: service.lock_attendance(officer, workshop_id, version=version),
        lambda: service.correct_attendance(officer, participant_id, {session: 45}, version=1),
    )
    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with inside():
        [one] = queries.standings_of(workshop_id)
    assert attested(workshop_id)[0] == {one.person_id: one.standing.attended}
