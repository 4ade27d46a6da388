"""Work that is done after the request: enqueued in the business transaction, effective once.

@job("network.notify")
def notify(*, topic_id: UUID) -> None: ...

notify.enqueue(topic_id=topic.id)                     # in the transaction that made the topic

@job("network.remind", every="0 7 * * *")             # every day at 7:00 UTC, once per network
def remind() -> None: ...

@job("training.issue")                                # in steps: called again while it answers True
def issue(*, run_id: UUID) -> bool: ...
"""

from kernel.jobs.registry import Job, job

__all__ = ["Job", "job"]
