"""The mails: what is announced, and the reminder to acknowledge it."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from kernel.mail import Recipient, message_id, queue_many, recipients_of
from kernel.mail.network import mail_network
from kernel.mail.queue import Mail
from kernel.values import clock
from network.announcements import queries, rules, service
from network.announcements.links import acknowledge_link
from network.announcements.models import Announcement
from network.subscriptions import queries as subscriptions

QUIET: Final = "announcement_quiet"


def tell(announcement_id: UUID) -> None:
    """Queue the announcement to everybody it was sent to, each in her language where it has that."""
    announcement = queries.to_change(announcement_id)
    identity = message_id("announcement", str(announcement_id))
    _queue(announcement, queries.recipient_ids(announcement_id), "announcement", identity)


def remind() -> None:
    """Queue reminders to who has not acknowledged and is due one, at an hour she takes mail."""
    now = clock.now()
    for announcement in queries.to_remind_of():
        today, due_on = service.today_of(announcement), announcement.due_on
        if due_on is None or today < due_on - rules.REMINDED_BEFORE:
            continue
        due = {
            each.person_id: each
            for each in queries.unacknowledged(announcement.id)
            if rules.reminder_is_due(due_on, today, service.day_of(announcement, each.reminded_at))
        }
        awake = subscriptions.takes_mail(list(due), now)
        for person_id in awake:
            due[person_id].reminded_at = now
        identity = message_id("announcement-reminder", str(announcement.id), today.isoformat())
        _queue(announcement, awake, "announcement_reminder", identity)


def _queue(
    announcement: Announcement, people: Sequence[UUID], template: str, identity: str
) -> None:
    """A mail to each of the people; of confidential groups one that says nothing of what is announced."""
    texts = queries.texts_of([announcement.id])[announcement.id]
    usual, author = mail_network().language, queries.author_of(announcement)
    quiet = service.is_content_free(announcement.id)
    mails = []
    for recipient in recipients_of(list(people)).values():
        language = recipient.language or usual
        text = rules.text_for(language, texts)
        context: dict[str, Any] = {
            "announcement": announcement,
            "author": author,
            "text": text,
            "is_fallback": text.language != language,
            "is_late": _is_late(announcement),
            "acknowledge": None if quiet else _link(announcement, recipient),
        }
        mails.append(Mail(recipient, QUIET if quiet else template, context, identity))
    queue_many(mails)


def _link(announcement: Announcement, recipient: Recipient) -> str | None:
    """Where she acknowledges without signing in, if that is asked of her."""
    if not announcement.must_acknowledge or recipient.person_id is None:
        return None
    return acknowledge_link(announcement.id, recipient.person_id, recipient.address)


def _is_late(announcement: Announcement) -> bool:
    return announcement.due_on is not None and service.today_of(announcement) > announcement.due_on
