"""Mail: queued in the business transaction, sent by a job, in the recipient's language."""

from kernel.mail.delivery import init_mail
from kernel.mail.letters import Recipient
from kernel.mail.queue import (
    Mail,
    message_id,
    queue,
    queue_many,
    recipient_of,
    recipients_of,
)

__all__ = [
    "Mail",
    "Recipient",
    "init_mail",
    "message_id",
    "queue",
    "queue_many",
    "recipient_of",
    "recipients_of",
]
