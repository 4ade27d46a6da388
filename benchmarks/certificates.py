"""A thousand certificates issued by the job, beside a bare loop over the typesetter."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import date
from functools import partial, wraps
from typing import Any, Final
from uuid import UUID

import typst
from flask_babel import force_locale
from sqlalchemy import NullPool, create_engine, text

from benchmarks.measure import Comparison
from benchmarks.stage import DATABASE, Stage
from kernel.db import db, scoped
from kernel.documents import pdf
from kernel.identity.actor import Actor
from kernel.jobs import Job
from kernel.jobs.execution import execute
from kernel.jobs.registry import job_named
from kernel.values.partial_dates import PartialDate
from tests.factories.training import make_workshop, register
from training.certificates import documents, queries, rules, service
from training.certificates.service.issuing import BATCH
from training.certificates.snapshot import Signed
from training.participants.service import lock_attendance

CERTIFICATES: Final = 1_000
JOB: Final = "training.issue_certificates"

_NEXT = text(
    "delete from jobs.procrastinate_jobs where id = (select id from jobs.procrastinate_jobs"
    " where task_name = :job order by id limit 1) returning args"
)


def compare_with_bare_typesetting(on: Stage, workshop_id: UUID, officer: Actor) -> Comparison:
    """Issue them all by the one job, each batch beside as many pages of a bare loop; wall time of one in µs.

    The job reads who is due, draws codes and pictures, keeps file, row and trail, and commits its progress.
    The loop is handed everything ready and keeps nothing.
    """
    bare = _bare_loop(on)
    job = job_named(JOB)
    beside: list[float] = []

    @wraps(job.function)
    def step(**given: Any) -> bool | None:
        more = job.function(**given)
        beside.append(_seconds(lambda: [next(bare) for _ in range(BATCH)]))
        return more

    both = _seconds(_enqueued(on, replace(job, function=step), workshop_id, officer))
    floor = sum(beside)
    ours = both - floor
    with on.app.app_context(), scoped(on.tenant.id):
        done = len(queries.latest_certificates(workshop_id))
    if done != CERTIFICATES:
        raise SystemExit(f"the run issued {done} certificates and not {CERTIFICATES:,}")
    each = 1e6 / CERTIFICATES
    return Comparison(ours * each, floor * each, ours / floor)


def workshop_of_a_thousand(on: Stage) -> tuple[UUID, Actor]:
    """A workshop with a thousand people who earned a certificate, and its officer."""
    officer = on.factory.actor("Officer Fictional", roles=["programme_officer"])
    with _acting(on, officer):
        workshop = make_workshop(title="Measured workshop (fictional)", minutes=(1_200,))
        for number in range(CERTIFICATES):
            register(workshop, f"Participant {number} Fictional", (960,))
        lock_attendance(officer, workshop.id, version=workshop.version)
        db.session.commit()
        return workshop.id, officer


def code_of_one(on: Stage, workshop_id: UUID) -> str:
    """The printed code of a certificate of the workshop."""
    with on.app.app_context(), scoped(on.tenant.id):
        found = next(iter(queries.latest_certificates(workshop_id).values()))
        return rules.grouped(found.code)


def _enqueued(on: Stage, job: Job, workshop_id: UUID, officer: Actor) -> Callable[[], None]:
    """Press the button; what runs the job with what was enqueued, as the worker would."""
    with _acting(on, officer):
        service.start_issuing(officer, workshop_id)
        db.session.commit()
    engine = create_engine(
        on.server.url("comitia_worker", DATABASE), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as queue:
        arguments = queue.scalar(_NEXT, {"job": JOB})
    return partial(execute, on.app, job, **arguments)


def _bare_loop(on: Stage) -> Iterator[bytes]:
    """The same template over people of its own: twice the same page would come out of typst's cache."""
    signed = Signed(
        name="",
        language="en",
        programme="JEP",
        workshop="Measured workshop (fictional)",
        city="Gaborone",
        country="BW",
        held=PartialDate(2015, 8),
        attended=960,
        scheduled=1_200,
        organiser="Test Network 1",
        issued_on=date(2026, 11, 22),
        code="",
        verify_url="",
    )
    with on.app.app_context(), force_locale("en_GB"):
        people = [_words(signed, number) for number in range(CERTIFICATES)]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[pdf.FONTS])
    for inputs in people:
        yield typst.compile(
            documents.TEMPLATE,
            root=pdf.ROOT,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards="ua-1",
        )


def _words(signed: Signed, number: int) -> dict[str, str]:
    code = rules.new_code()
    one = replace(
        signed,
        name=f"Participant {number} Beside-Fictional",
        code=code,
        verify_url=f"http://n1.example.org/verify/{rules.grouped(code)}",
    )
    letterhead = pdf.Letterhead(network=one.organiser)
    given = {
        **asdict(letterhead),
        "title": f"Certificate of attendance – {one.name}",
        "lang": "en",
        "page_label": "",
        "data": documents.words(one),
    }
    return {"data": json.dumps(given, ensure_ascii=False)}


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _acting(on: Stage, actor: Actor) -> Any:
    stack = ExitStack()
    stack.enter_context(on.app.app_context())
    stack.enter_context(
        scoped(on.tenant.id, person=actor.person_id, organisations=actor.organisation_ids)
    )
    return stack
