"""Jobs: enqueued in the transaction, run in the scope of whoever enqueued, effective once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import NullPool, create_engine, func, select
from structlog.testing import capture_logs

from kernel.db import db, scoped
from kernel.db.scope import current_scope
from kernel.identity.models import Organisation
from kernel.jobs import job, worker
from kernel.jobs.execution import execute, execute_period
from kernel.jobs.housekeeping import KEPT, forget_effects
from kernel.jobs.models import JobEffect
from kernel.jobs.worker import Backoff
from kernel.values import clock

ran: list[object] = []


@job("test.note_scope")
def note_scope(*, topic_id: UUID) -> None:
    ran.append((topic_id, current_scope()))


@job("test.found_partner")
def found_partner(*, name: str) -> None:
    db.session.add(Organisation(kind="partner", name=name, sort_key=name))
    db.session.flush()
    if name == "Broken":
        raise RuntimeError("no")


@job("test.found_partners")
def found_partners(*, names: list[str]) -> bool:
    """One in each step; the second step fails when it is tried first."""
    ran.append(partners())
    if ran == [0, 1]:
        raise RuntimeError("no")
    name = names[partners()]
    db.session.add(Organisation(kind="partner", name=name, sort_key=name))
    db.session.flush()
    return name != names[-1]


@job("test.every_day", every="0 6 * * *")
def every_day() -> None:
    ran.append(current_scope().tenant)


@pytest.fixture(autouse=True)
def nothing_ran():
    ran.clear()


def partners():
    return db.session.scalar(
        select(func.count()).select_from(Organisation).where(Organisation.kind == "partner")
    )


def test_job_runs_after_commit_in_the_scope_of_the_person_who_enqueued_it(
    inside, app, tenant, factory, run_jobs
):
    home = factory.organisation()
    actor = factory.actor(organisation=home)
    topic_id = uuid4()
    with app.app_context(), scoped(tenant.id, person=actor.person_id):
        note_scope.enqueue(topic_id=topic_id)
        db.session.commit()
    assert ran == []
    assert run_jobs() == ["test.note_scope"]
    ((seen_id, scope),) = ran
    assert seen_id == topic_id
    assert (scope.tenant, scope.person) == (tenant.id, actor.person_id)
    assert scope.organisations == (home.id,)


def test_one_job_passes_many_that_were_enqueued_together(inside, run_jobs):
    topics = [uuid4() for _ in range(4)]
    with inside():
        note_scope.enqueue_many({"topic_id": topic} for topic in topics[:2])
        note_scope.enqueue_many([{"topic_id": topics[2]}])
        note_scope.enqueue(topic_id=topics[3])
    run_jobs()
    assert [topic for topic, _ in ran] == [topics[2], topics[3], topics[0], topics[1]]


def test_job_of_a_rolled_back_transaction_never_existed(app, tenant, queued_jobs):
    with app.app_context(), scoped(tenant.id):
        found_partner.enqueue(name="Regional Body")
        db.session.rollback()
    assert queued_jobs() == []


def test_job_cannot_be_enqueued_outside_a_tenant(app):
    with app.app_context(), pytest.raises(RuntimeError, match="no tenant"):
        found_partner.enqueue(name="Regional Body")


def test_effect_happens_once_though_the_job_runs_twice(inside, app, tenant, queued_jobs, run_jobs):
    arguments = {"tenant": tenant.id, "person": None, "key": str(uuid4())}
    for _ in range(2):
        execute(app, found_partner, **arguments, arguments={"name": "Regional Body"})
    with inside():
        assert partners() == 1


def test_failed_job_leaves_nothing_and_can_be_run_again(inside, app, tenant):
    arguments = {"tenant": tenant.id, "person": None, "key": str(uuid4())}
    with pytest.raises(RuntimeError):
        execute(app, found_partner, **arguments, arguments={"name": "Broken"})
    with inside():
        assert partners() == 0
    execute(app, found_partner, **arguments, arguments={"name": "Mended"})
    with inside():
        assert partners() == 1


def test_job_in_steps_keeps_those_it_did_and_has_its_effect_once(inside, app, tenant, factory):
    actor = factory.actor()
    arguments = {"tenant": tenant.id, "person": str(actor.person_id), "key": str(uuid4())}
    given = {"names": ["First", "Second", "Third"]}
    with pytest.raises(RuntimeError):
        execute(app, found_partners, **arguments, arguments=given)
    with inside():
        assert partners() == 1
    for _ in range(2):
        execute(app, found_partners, **arguments, arguments=given)
    assert ran == [0, 1, 1, 2]
    with inside():
        assert partners() == 3


def test_two_runs_of_a_job_in_steps_take_turns(inside, app, tenant, at_once):
    arguments = {"tenant": tenant.id, "person": None, "key": str(uuid4())}
    given = {"names": ["First", "Second", "Third"]}
    ran.append("so that no step fails")
    with inside():
        db.session.add(JobEffect(id=UUID(arguments["key"]), job="test.found_partners"))
        db.session.flush()
        others = [
            at_once(lambda: execute(app, found_partners, **arguments, arguments=given))
            for _ in range(2)
        ]
        db.session.rollback()
    assert [other.end() for other in others] == [None, None]
    with inside():
        assert partners() == 3


def test_job_for_later_waits_for_its_moment(inside, run_jobs, queued_jobs):
    later = clock.now() + timedelta(hours=1)
    with inside():
        found_partner.enqueue_at(later, name="Later")
        found_partner.enqueue_at(clock.now() - timedelta(hours=1), name="Due")
    assert run_jobs() == ["test.found_partner"]
    assert queued_jobs() == [("test.found_partner", {"name": "Later"})]
    with clock.frozen(later):
        assert run_jobs() == ["test.found_partner"]


def test_periodic_job_runs_once_per_time_and_network_though_the_time_comes_twice(
    app, tenant, make_tenant, run_jobs
):
    make_tenant()
    for _ in range(2):
        execute_period(app, every_day, 1_790_000_000)
    run_jobs()
    assert ran == [tenant.id]
    execute_period(app, every_day, 1_790_086_400)
    run_jobs()
    assert ran == [tenant.id, tenant.id]


def test_periodic_job_leaves_suspended_networks_alone(app, tenant, server, run_jobs):
    engine = create_engine(server.superuser_url("comitia"), poolclass=NullPool)
    with engine.begin() as connection:
        suspend = "update kernel.tenant set state = 'suspended' where id = :id"
        connection.execute(sa.text(suspend), {"id": tenant.id})
    execute_period(app, every_day, 1_790_000_000)
    assert run_jobs() == []


def test_effects_are_forgotten_once_nothing_can_run_the_job_again(inside, app, tenant):
    with inside():
        old = JobEffect(job="x", done_at=clock.now() - KEPT - timedelta(minutes=1))
        young = JobEffect(job="x", done_at=clock.now() - KEPT + timedelta(minutes=1))
        db.session.add_all([old, young])
        db.session.flush()
        forget_effects.function()
        assert db.session.scalars(select(JobEffect.id)).all() == [young.id]


def test_a_failure_is_logged_with_its_kind_and_raised_for_the_queue(app, tenant):
    enqueued = {"tenant": tenant.id, "person": None, "key": str(uuid4())}
    with capture_logs() as lines, pytest.raises(RuntimeError):
        worker._run(app, found_partner, **enqueued, arguments={"name": "Broken"})
    (line,) = [line for line in lines if line["event"] == "job_failed"]
    assert (line["job"], line["key"]) == ("test.found_partner", enqueued["key"])
    assert isinstance(line["exc_info"], RuntimeError)


def test_two_jobs_of_one_name_are_refused():
    with pytest.raises(RuntimeError, match="already a job called"):
        job("test.every_day")(lambda: None)


def test_waits_grow_and_end():
    class Tried:
        def __init__(self, attempts):
            self.attempts = attempts

    backoff = Backoff(attempts=12)
    decisions = [backoff.get_retry_decision(exception=OSError(), job=Tried(n)) for n in range(12)]
    waits = [round((d.retry_at - clock.now()).total_seconds()) for d in decisions[:-1]]
    assert waits[:3] == [5, 10, 20]
    assert waits == sorted(waits)
    assert waits[-1] <= 7200
    assert decisions[-1] is None


def test_the_web_adds_jobs_and_reads_none(server):
    engine = create_engine(server.url("comitia_app", "comitia"), poolclass=NullPool)
    for statement in (
        "select args from jobs.procrastinate_jobs",
        "update jobs.procrastinate_jobs set status = 'todo'",
        "delete from jobs.procrastinate_jobs",
    ):
        with (
            engine.connect() as connection,
            pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
        ):
            connection.execute(sa.text(statement))
