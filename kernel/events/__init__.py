"""Facts that travel after commit: an event is emitted once, each subscriber receives it as a job.

@dataclass(frozen=True)
class TopicCreated(Event):
    topic_id: UUID

emit(TopicCreated(topic_id=topic.id))                    # in the transaction that made the topic

@subscriber(TopicCreated, "network.notify_members")
def notify_members(event: TopicCreated) -> None: ...
"""

from kernel.events.bus import Event, emit, subscriber

__all__ = ["Event", "emit", "subscriber"]
