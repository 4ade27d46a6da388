"""What is done at a moment and after a commit: sending, telling, reminding, forgetting."""

from uuid import UUID

from kernel.events import subscriber
from kernel.events.people import AffiliationEnded
from kernel.jobs import job
from network.announcements import findable, notices, queries, service
from network.announcements.events import AnnouncementScheduled, AnnouncementSent


@job("network.send_announcement")
def send_announcement(*, announcement_id: UUID) -> None:
    """Send an announcement whose moment has come."""
    service.send(announcement_id)


@job("network.send_due_announcements", every="*/15 * * * *")
def send_due_announcements() -> None:
    """Send what should have been sent."""
    service.send_due()


@job("network.remind_of_announcements", every="20 * * * *")
def remind_of_announcements() -> None:
    """Remind who has not acknowledged."""
    notices.remind()


@job("network.expire_announcements", every="10 * * * *")
def expire_announcements() -> None:
    """Let go what is no longer current."""
    service.expire()


@subscriber(AnnouncementScheduled, "network.schedule_announcement")
def schedule_announcement(event: AnnouncementScheduled) -> None:
    """Have it sent at the moment it says."""
    send_announcement.enqueue_at(event.scheduled_for, announcement_id=event.announcement_id)


@subscriber(AnnouncementSent, "network.tell_announcement")
def tell_announcement(event: AnnouncementSent) -> None:
    """Mail it to everybody it was sent to."""
    notices.tell(event.announcement_id)


@subscriber(AffiliationEnded, "network.hide_announcements")
def hide_announcements(event: AffiliationEnded) -> None:
    """Let who left find no longer what she was told there."""
    for announcement_id in queries.received_for(event.person_id, event.organisation_id):
        findable.make_findable(queries.to_change(announcement_id))
