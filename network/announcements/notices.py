"""The mails: what is announced, and the reminder to acknowledge it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kernel.mail import message_id, queue_many, recipients_of
from kernel.mail.network import mail_network
from kernel.mail.queue import Mail
from kernel.values import clock
from network.announcements import queries, rules, service
from network.announcements.models import Announcement
from network.subscriptions import queries as subscriptions


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
    texts = queries.texts_of([announcement.id])[announcement.id]
    usual = mail_network().language
    mails = []
    for recipient in recipients_of(list(people)).values():
        language = recipient.language or usual
        text = rules.text_for(language, texts)
        context: dict[str, Any] = {
            "announcement": announcement,
            "text": text,
            "is_fallback": text.language != language,
        }
        mails.append(Mail(recipient, template, context, identity))
    queue_many(mails)
