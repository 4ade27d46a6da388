"""An applicant is erased: drafts go, what was sent is unreadable, and closing goes on without her."""

from sqlalchemy import text

from kernel.audit.keys import destroy_key
from kernel.db import db
from tests.training.placements.conftest import SAID
from training.placements import queries as applications
from training.placements import service


def test_what_somebody_sent_is_not_in_the_database_in_clear(
    inside, alumna, event, vacancy_id, apply
):
    apply(alumna, vacancy_id)
    with inside():
        rows = db.session.execute(text("select a::text from training.application a")).scalars()
        assert all("voter education" not in row and "Law" not in row for row in rows)


def test_the_applications_of_many_cost_one_query_for_all_keys(
    inside, queries, alumna, absentee, event, vacancy_id, apply
):
    for person in (alumna, absentee):
        apply(person, vacancy_id)
    with inside():
        rows = applications.received(vacancy_id, 1)
        with queries() as seen:
            sent = service.all_sent([row.application for row in rows])
    assert [one.statements for one in sent] == [SAID, SAID]
    assert len(seen) == 1


def test_a_draft_is_deleted_and_a_decided_application_stays_as_a_count(
    inside, officer, alumna, event, publish, vacancy_id, apply, close
):
    apply(alumna, vacancy_id)
    close(vacancy_id)
    with inside():
        service.save_draft(alumna, publish(), SAID, version=None)
    with inside():
        destroy_key(alumna.person_id)
        service.erase(alumna.person_id)
    with inside():
        [left] = applications.applications_of(alumna.person_id)
        _, [received], tallies = service.received_list(officer, vacancy_id, 1)
    assert left.application.state == "screened"
    assert received.sent.statements is received.sent.advice is received.sent.decision is None
    assert tallies.everybody.decided["eligible"] == 1


def test_closing_decides_nothing_about_somebody_who_was_erased(
    inside, alumna, absentee, event, vacancy_id, apply, close, own
):
    hers, other = apply(alumna, vacancy_id), apply(absentee, vacancy_id)
    with inside():
        destroy_key(alumna.person_id)
    assert close(vacancy_id)
    assert own(alumna, hers).application.state == "withdrawn"
    assert own(absentee, other).application.state == "screened"
