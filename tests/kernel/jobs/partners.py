"""Jobs that take their time, and the program of a worker that knows them."""

import os
import time

from sqlalchemy import select

from kernel.db import db
from kernel.identity.models import Organisation
from kernel.jobs import job


@job("test.slow_partner")
def slow_partner(*, name: str) -> None:
    """Found a partner; the worker pauses after the commit as the environment says."""
    db.session.add(Organisation(kind="partner", name=name, sort_key=name))
    db.session.flush()


@job("test.slow_partners")
def slow_partners(*, names: list[str]) -> bool:
    """Found a partner in each step, pausing before the end of the last as the environment says."""
    known = db.session.scalars(select(Organisation.name)).all()
    name, *more = (name for name in names if name not in known)
    db.session.add(Organisation(kind="partner", name=name, sort_key=name))
    db.session.flush()
    if not more:
        time.sleep(float(os.environ.get("PAUSE_IN_JOB", "0")))
    return bool(more)


def main() -> None:
    """Run a worker that notices the dead sooner than a real one."""
    import wsgi
    from kernel.jobs import worker

    run = worker._run

    def run_and_pause(app, job, **enqueued):
        run(app, job, **enqueued)
        if job is slow_partner:  # what other tests left in the queue takes no pause
            time.sleep(float(os.environ.get("PAUSE_AFTER_COMMIT", "0")))

    worker._run = run_and_pause
    # Periodic jobs would run in each of the networks that other tests made.
    worker._add_period = lambda *_: None
    worker.HEARTBEAT_SECONDS = worker.RESCUE_SECONDS = worker.RECONNECT_SECONDS = 0.3
    worker.STALLED_SECONDS = 1.5
    worker.run_worker(wsgi.make_app(), 2)


if __name__ == "__main__":
    main()
