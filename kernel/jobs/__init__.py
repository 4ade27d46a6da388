"""Work that is done after the request: enqueued in the business transaction, effective once.

@job("network.notify")
def notify(*, topic_id: UUID) -> None: ...

notify.enqueue(topic_id=topic.id)                     # in the transaction that made the topic

@job("network.remind", every="0 7 * * *")             # every day at 7:00 UTC, once per network
def remind() -> None: ...
"""

from kernel.jobs.registry import Job, job

__all__ = ["Job", "job"]
