"""Importing the agenda of a workshop."""

import pytest
from sqlalchemy import select, update

from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import Forbidden, NotFound, Refused
from kernel.values import clock
from kernel.values.partial_dates import PartialDate
from tests.factories.training import make_workshop, register
from training.workshops import service
from training.workshops.models import Workshop
from training.workshops.queries import held_of, sessions_of, workshop_of

HEAD = "session,date,title,scheduled_minutes\n"


@pytest.fixture
def bare(inside):
    """A workshop of August 2015 without an agenda."""
    with inside():
        return make_workshop(title="Africa region workshop").id


def agenda(inside, workshop_id):
    with inside():
        return [(s.code, s.scheduled_minutes) for s in sessions_of(workshop_id)]


def reasons(run, *arguments):
    with pytest.raises(Refused) as refused:
        run(*arguments)
    return [(row["row"], row["value"], row["reason"]) for row in refused.value.data["rows"]]


def without(content, code):
    lines = content.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(code))


def test_the_agenda_is_loaded_on_its_own_days(inside, import_agenda, bare):
    result = import_agenda(bare)
    assert (result.created, result.updated, result.unchanged) == (8, 0, 0)
    with inside():
        sessions = sessions_of(bare)
    assert sum(s.scheduled_minutes for s in sessions) == 1200
    assert [s.code for s in sessions] == [f"S{n}" for n in range(1, 9)]
    assert (sessions[0].held_on.isoformat(), sessions[-1].held_on.isoformat()) == (
        "2015-08-03",
        "2015-08-07",
    )


def test_the_days_of_the_agenda_never_become_the_days_of_the_workshop(inside, import_agenda, bare):
    import_agenda(bare)
    with inside():
        workshop = workshop_of(bare)
        assert (workshop.year, workshop.month, workshop.day) == (2015, 8, None)
        assert held_of(workshop) == PartialDate(2015, 8)


def test_importing_the_same_agenda_again_changes_nothing(inside, import_agenda, bare):
    import_agenda(bare)
    with inside():
        before = workshop_of(bare).version
    again = import_agenda(bare)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 8)
    with inside():
        assert workshop_of(bare).version == before
        entries = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "workshop.agenda_imported")
        ).all()
        assert len(entries) == 1
        assert entries[0].after["S1"] == "2015-08-03, 90 min: Opening and the electoral cycle"


def test_another_agenda_is_another_version_of_the_workshop(inside, import_agenda, bare):
    with inside():
        before = workshop_of(bare).version
    import_agenda(bare)
    with inside():
        assert workshop_of(bare).version == before + 1


def test_sessions_stay_in_the_order_of_the_file(inside, import_agenda, bare):
    rows = "".join(f"S{n},2015-08-03,Session {n},60\n" for n in (10, 2, 9))
    import_agenda(bare, (HEAD + rows).encode())
    assert [code for code, _ in agenda(inside, bare)] == ["S10", "S2", "S9"]


def test_a_session_without_a_record_is_taken_off_and_the_officer_is_told(
    inside, import_agenda, agenda_file, bare
):
    import_agenda(bare)
    result = import_agenda(bare, without(agenda_file, b"S8"))
    assert result.notes == ("Row 1: Session S8 is not in the file and is taken off.",)
    assert len(agenda(inside, bare)) == 7


def test_a_session_with_attendance_is_neither_taken_off_nor_cut_short(
    inside, import_agenda, agenda_file, bare
):
    import_agenda(bare)
    with inside():
        register(workshop_of(bare), minutes=[90, 180, 0, 0, 0, 0, 0, 30])
    told = reasons(import_agenda, bare, without(agenda_file, b"S8"))
    assert [(row, value) for row, value, _ in told] == [(1, "S8")]
    assert "Put it back" in told[0][2]
    shorter = agenda_file.replace(b"Voter registration,180", b"Voter registration,179")
    told = reasons(import_agenda, bare, shorter)
    assert [(row, value) for row, value, _ in told] == [(3, "179")]
    assert "180 minutes" in told[0][2]
    assert len(agenda(inside, bare)) == 8
    longer = agenda_file.replace(b"Voter registration,180", b"Voter registration,200")
    assert import_agenda(bare, longer).updated == 1


def test_a_locked_agenda_refuses_every_change_and_takes_the_same_again(
    inside, officer, import_agenda, agenda_file, bare
):
    import_agenda(bare)
    with inside():
        db.session.execute(
            update(Workshop)
            .where(Workshop.id == bare)
            .values(locked_at=clock.now(), locked_by=officer.person_id)
        )
    assert import_agenda(bare).unchanged == 8
    told = reasons(import_agenda, bare, agenda_file.replace(b"Field visit", b"Excursion"))
    assert [(row, value) for row, value, _ in told] == [(8, "S7")]
    assert "Attendance is locked" in told[0][2]


def test_bad_rows_are_named_and_nothing_is_loaded(inside, import_agenda, bare):
    rows = "S1,2015-08-03,Opening,90\nS2,3 August,Voting,0\n,2015-08-03,,90\n"
    told = reasons(import_agenda, bare, (HEAD + rows).encode())
    assert [(row, value) for row, value, _ in told] == [
        (3, "3 August"),
        (3, "0"),
        (4, ""),
        (4, ""),
    ]
    assert agenda(inside, bare) == []


def test_one_code_with_two_meanings_is_refused(import_agenda, bare):
    rows = "S1,2015-08-03,Opening,90\nS1,2015-08-03,Closing,90\n"
    assert [row for row, *_ in reasons(import_agenda, bare, (HEAD + rows).encode())] == [3]


def test_an_agenda_belongs_to_its_workshop(inside, officer, import_agenda, agenda_file, bare):
    with inside():
        other = make_workshop().id
        kept = service.agenda_imports.keep_upload(officer, "a.csv", agenda_file, subject_id=bare)
        with pytest.raises(NotFound):
            service.agenda_imports.confirm(officer, kept.id, subject_id=other)


def test_members_import_no_agenda(inside, member, agenda_file, bare):
    with inside(), pytest.raises(Forbidden):
        service.agenda_imports.import_file(member, "a.csv", agenda_file, subject_id=bare)
