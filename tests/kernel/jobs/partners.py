"""A job that takes its time, and the program of a worker that knows it."""

import os
import time

from kernel.db import db
from kernel.identity.models import Organisation
from kernel.jobs import job


@job("test.slow_partner")
def slow_partner(*, name: str) -> None:
    """Found a partner, pausing before the end as the environment says."""
    db.session.add(Organisation(kind="partner", name=name, sort_key=name))
    db.session.flush()
    time.sleep(float(os.environ.get("PAUSE_IN_JOB", "0")))


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
