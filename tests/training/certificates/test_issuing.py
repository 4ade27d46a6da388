"""One button, one run: everybody who earned a certificate gets one, and nobody two."""

import hashlib
import io
import re
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import NullPool, create_engine, select, text
from sqlalchemy.exc import IntegrityError

from kernel.audit.models import AuditEntry
from kernel.db import db, scoped
from kernel.errors import Forbidden, NotFound, Refused
from kernel.files import file_by_id
from kernel.files.backends import storage
from kernel.identity.models import Person
from kernel.jobs.execution import execute
from kernel.jobs.registry import job_named
from kernel.mail.models import OutgoingMail
from kernel.values import clock
from tests.conftest import DATABASE
from tests.factories.training import AGENDA, make_workshop
from tests.training.certificates.conftest import A_MINUTE_LESS, FOUR_FIFTHS, FULL
from training.certificates import queries, rules, service
from training.certificates.models import Certificate, IssueRun
from training.certificates.rules import CertificateState
from training.certificates.service import issuing
from training.participants.models import Participant
from training.participants.queries import participant_of


@pytest.fixture
def start(inside, officer):
    """`start(workshop_id)` presses the button; nothing of the job has run yet."""

    def act(workshop_id, actor=None):
        with inside():
            return service.start_issuing(actor or officer, workshop_id).id

    return act


@pytest.fixture
def run_now(inside):
    """`run_now(run_id)` is the run as it stands."""

    def look(run_id):
        with inside():
            return queries.run_of(run_id)

    return look


def test_960_of_1200_minutes_earn_a_certificate_and_959_do_not(
    workshop_id, register, lock, issued, certificates
):
    earned = register(workshop_id, "Ama Fictional", FOUR_FIFTHS)
    register(workshop_id, "Abla Fictional", A_MINUTE_LESS)
    register(workshop_id, "Absent Fictional")
    lock(workshop_id)
    issued(workshop_id)
    [certificate] = certificates()
    assert certificate.participant_id == earned
    assert certificate.content["attended"] == 960
    assert certificate.content["scheduled"] == 1200


def test_before_the_lock_nothing_is_issued_and_one_is_told_what_to_do(workshop_id, register, start):
    register(workshop_id, minutes=FULL)
    with pytest.raises(Refused, match="Lock the attendance"):
        start(workshop_id)


def test_nobody_who_earned_one_is_left_is_a_refusal(workshop_id, register, lock, issued, start):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    issued(workshop_id)
    with pytest.raises(Refused, match="has a certificate already"):
        start(workshop_id)


def test_while_a_run_is_at_work_no_other_begins(workshop_id, register, lock, start):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    start(workshop_id)
    with pytest.raises(Refused, match="being issued already"):
        start(workshop_id)


def test_a_run_that_is_stuck_is_taken_up_again(
    workshop_id, register, lock, start, run_jobs, certificates
):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    run = start(workshop_id)
    with clock.frozen(clock.now() + rules.PATIENCE + timedelta(seconds=1)):
        assert start(workshop_id) == run
    names = run_jobs()
    assert names.count("training.issue_certificates") == 2
    assert len(certificates()) == 1


def test_only_those_who_run_workshops_issue(workshop_id, register, lock, start, factory):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    with pytest.raises(Forbidden):
        start(workshop_id, factory.actor())


def test_a_workshop_of_another_network_does_not_exist(
    app, workshop_id, make_tenant, officer, tenant
):
    with app.app_context(), scoped(make_tenant().id), pytest.raises(NotFound):
        service.start_issuing(officer, workshop_id)


def test_the_document_is_kept_as_it_was_signed_whatever_happens_later(
    workshop_id, register, lock, issued, certificates, inside
):
    participant = register(workshop_id, "Ama Fictional", FULL)
    lock(workshop_id)
    issued(workshop_id)
    [before] = certificates()
    with inside():
        held = queries.holding(before.id)
        person = db.session.scalars(select(Person).where(Person.id == held.person_id)).one()
        person.name = "Ama Changed-Fictional"
        row = db.session.scalars(select(Participant).where(Participant.id == participant)).one()
        row.name = "Ama Changed-Fictional"
    [after] = certificates()
    assert after.content == before.content
    with inside():
        assert queries.holding(before.id).name == "Ama Fictional"
        file = file_by_id(after.file_id)
        content = b"".join(storage().get(file.key))
        assert file.id == before.file_id
        assert hashlib.sha256(content).digest() == file.sha256
    shown = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "Ama Fictional" in shown
    assert rules.grouped(before.code) in shown


def test_the_name_is_sealed_in_what_is_kept(workshop_id, register, lock, issued, certificates):
    register(workshop_id, "Ama Fictional", FULL)
    lock(workshop_id)
    issued(workshop_id)
    assert "Ama" not in str(certificates()[0].content)


@pytest.mark.parametrize(
    ("own", "expected"), [("fr", "fr"), ("ar", "ar"), (None, "en"), ("pt", "en")]
)
def test_it_is_in_the_persons_language_else_the_networks(
    workshop_id, register, lock, issued, certificates, inside, own, expected
):
    participant = register(workshop_id, "Ama Fictional", FULL)
    with inside():
        person = participant_of(participant).person_id
        db.session.scalars(select(Person).where(Person.id == person)).one().language = own
    lock(workshop_id)
    issued(workshop_id)
    assert certificates()[0].language == expected


def test_the_printed_address_is_the_one_that_verifies(
    workshop_id, register, lock, issued, certificates, browser_for
):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    issued(workshop_id)
    address = certificates()[0].content["verify_url"]
    scheme, _, rest = address.partition("://")
    host, _, path = rest.partition("/")
    assert scheme in ("http", "https")
    page = browser_for(host=host).get(f"/{path}")
    assert "This certificate stands" in page.text


def test_a_code_that_exists_is_drawn_again(
    workshop_id, register, lock, issued, certificates, monkeypatch
):
    for name in ("Ama Fictional", "Abla Fictional"):
        register(workshop_id, name, FULL)
    lock(workshop_id)
    draws = iter(["2" * 16, "2" * 16, "3" * 16])
    monkeypatch.setattr(rules, "new_code", lambda: next(draws))
    issued(workshop_id)
    assert {row.code for row in certificates()} == {"2" * 16, "3" * 16}


@pytest.fixture
def drawing(monkeypatch):
    """`drawing(act)` calls `act` before each certificate is drawn."""
    draw = issuing.documents.draw

    def watch(act):
        def watched(signed, brand):
            act()
            return draw(signed, brand)

        monkeypatch.setattr(issuing.documents, "draw", watched)

    return watch


def test_one_job_issues_all_and_shows_its_progress_after_each_batch(
    workshop_id, register, lock, start, run_now, run_jobs, drawing, monkeypatch
):
    for number in range(5):
        register(workshop_id, f"Person {number} Fictional", FULL)
    lock(workshop_id)
    monkeypatch.setattr(issuing, "BATCH", 2)
    run, seen = start(workshop_id), []
    drawing(lambda: seen.append((run_now(run).done, run_now(run).total)))
    assert run_jobs().count("training.issue_certificates") == 1
    assert seen == [(0, 5), (0, 5), (2, 5), (2, 5), (4, 5)]
    assert (run_now(run).done, run_now(run).total) == (5, 5)


def run_the_job(app, server, tenant):
    """Run the job that issues, as a worker would, and no other."""
    engine = create_engine(
        server.url("comitia_worker", DATABASE), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as queue:
        row = queue.execute(
            text(
                "select id, args from jobs.procrastinate_jobs where (args->>'tenant')::int = :t"
                " and task_name = 'training.issue_certificates' order by id limit 1"
            ),
            {"t": tenant.id},
        ).one()
        execute(app, job_named("training.issue_certificates"), **row.args)
        queue.execute(text("delete from jobs.procrastinate_jobs where id = :id"), {"id": row.id})
        return row.args


def test_a_worker_killed_in_the_middle_leaves_whole_batches_and_nobody_gets_two(
    app,
    workshop_id,
    register,
    lock,
    start,
    run_now,
    run_jobs,
    certificates,
    drawing,
    monkeypatch,
    server,
    tenant,
):
    for number in range(5):
        register(workshop_id, f"Person {number} Fictional", FULL)
    lock(workshop_id)
    monkeypatch.setattr(issuing, "BATCH", 2)
    run, drawn = start(workshop_id), []

    def die_at_the_fourth():
        drawn.append(None)
        if len(drawn) == 4:
            raise KeyboardInterrupt

    drawing(die_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        run_the_job(app, server, tenant)
    assert (len(certificates()), run_now(run).done) == (2, 2)
    assert run_jobs().count("training.issue_certificates") == 1
    found = certificates()
    assert len(found) == len({row.participant_id for row in found}) == 5
    assert run_now(run).finished_at is not None


def test_a_job_that_is_run_twice_issues_once(
    app, workshop_id, register, lock, start, certificates, server, tenant
):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    start(workshop_id)
    args = run_the_job(app, server, tenant)
    execute(app, job_named("training.issue_certificates"), **args)
    assert len(certificates()) == 1


def test_the_bytes_of_a_batch_that_failed_are_removed(
    app, workshop_id, register, lock, start, monkeypatch, server, tenant, app_config
):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    start(workshop_id)
    monkeypatch.setattr(issuing, "emit", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_the_job(app, server, tenant)
    folder = Path(str(app_config["FILES"])) / str(tenant.id)
    assert not [each for each in folder.glob("*") if not each.name.startswith(".")]


def test_every_certificate_is_on_the_trail_without_a_name(
    workshop_id, register, lock, issued, certificates, inside, officer
):
    register(workshop_id, "Ama Fictional", FULL)
    lock(workshop_id)
    issued(workshop_id)
    [row] = certificates()
    with inside():
        entries = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action.like("certificate%")).order_by(AuditEntry.id)
        ).all()
    assert [entry.action for entry in entries] == [
        "certificates.run_started",
        "certificate.issued",
        "certificates.run_finished",
    ]
    assert {entry.actor_id for entry in entries} == {officer.person_id}
    assert entries[1].object_id == str(row.id)
    assert "Ama" not in str([(entry.object_label, entry.after) for entry in entries])


def test_holders_with_an_account_and_the_officer_get_a_mail(
    workshop_id, register, lock, issued, inside, factory, officer
):
    holder = factory.actor("Ama Fictional")
    register(workshop_id, "Ama Fictional", FULL, person_id=holder.person_id)
    register(workshop_id, "Abla Fictional", FULL)
    lock(workshop_id)
    issued(workshop_id)
    with inside():
        mails = db.session.execute(select(OutgoingMail.template, OutgoingMail.person_id)).all()
    assert sorted(mails) == sorted(
        [("certificate_issued", holder.person_id), ("certificates_done", officer.person_id)]
    )


def test_a_batch_costs_the_same_queries_for_few_and_for_many(
    workshop_id, earlier_workshop, register, lock, inside, officer, queries, monkeypatch
):
    with inside():
        crowded = make_workshop(title="Crowded (fictional)", minutes=AGENDA).id
    register(workshop_id, "Ama Fictional", FULL)
    for number in range(6):
        register(crowded, f"Person {number} Fictional", FULL)
    counts = []
    for each in (workshop_id, crowded):
        lock(each)
        with inside():
            run = service.start_issuing(officer, each)
        with inside(), queries() as seen:
            service.issue_batch(run.id)
        counts.append(seen)
    assert len(counts[0]) == len(counts[1])


def test_a_run_issues_to_those_due_at_that_moment(
    workshop_id, register, lock, start, correct, run_jobs, certificates, run_now
):
    stays = register(workshop_id, "Ama Fictional", FULL)
    falls = register(workshop_id, "Abla Fictional", FOUR_FIFTHS)
    lock(workshop_id)
    run = start(workshop_id)
    correct(falls, {"S7": 0})
    run_jobs()
    assert [row.participant_id for row in certificates()] == [stays]
    assert (run_now(run).done, run_now(run).total) == (1, 1)


def test_certificates_of_a_person_are_listed_latest_first_in_one_query(
    workshop_id, register, lock, issued, inside, factory, queries
):
    holder = factory.actor("Ama Fictional")
    register(workshop_id, "Ama Fictional", FULL, person_id=holder.person_id)
    lock(workshop_id)
    issued(workshop_id)
    with inside(), queries() as seen:
        [one] = service.my_certificates(holder)
    assert len(seen) == 1
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", one.code)
    assert (one.event.workshop, one.attended, one.state) == (
        "Africa region workshop",
        1200,
        CertificateState.ISSUED,
    )


def test_the_database_lets_nobody_have_two_that_stand(
    workshop_id, register, lock, issued, certificates, inside
):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    issued(workshop_id)
    [row] = certificates()
    with pytest.raises(IntegrityError, match="uq_certificate_standing"), inside():
        db.session.add(
            Certificate(
                participant_id=row.participant_id,
                code="9" * 16,
                language="en",
                content=row.content,
                file_id=row.file_id,
            )
        )


def test_the_database_lets_no_two_runs_work_at_once(
    workshop_id, register, lock, start, inside, officer
):
    register(workshop_id, minutes=FULL)
    lock(workshop_id)
    start(workshop_id)
    with pytest.raises(IntegrityError, match="uq_issue_run_running"), inside():
        db.session.add(IssueRun(workshop_id=workshop_id, started_by=officer.person_id, total=1))
