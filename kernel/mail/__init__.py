"""Mail: queued in the business transaction, sent by a job, in the recipient's language."""

from kernel.mail.delivery import init_mail
from kernel.mail.letters import Recipient
from kernel.mail.message import Attachment
from kernel.mail.queue import (
    MOST_ATTACHED,
    Mail,
    message_id,
    queue,
    queue_many,
    recipient_of,
    recipients_of,
)

__all__ = [
    "MOST_ATTACHED",
    "Attachment",
    "Mail",
    "Recipient",
    "init_mail",
    "message_id",
    "queue",
    "queue_many",
    "recipient_of",
    "recipients_of",
]
