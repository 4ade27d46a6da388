"""Every SELECT about who wants what by mail."""

from network.subscriptions.queries.audience import (
    Listener,
    MailFacts,
    count_mailed,
    count_mailed_in,
    listeners,
    mail_facts,
)
from network.subscriptions.queries.choices import (
    group_mail,
    is_content_free,
    kept_rhythm,
    levels_of,
    rhythm_of,
    rhythm_of_row,
    subscription_of,
    watch_of,
)

__all__ = [
    "Listener",
    "MailFacts",
    "count_mailed",
    "count_mailed_in",
    "group_mail",
    "is_content_free",
    "kept_rhythm",
    "levels_of",
    "listeners",
    "mail_facts",
    "rhythm_of",
    "rhythm_of_row",
    "subscription_of",
    "watch_of",
]
