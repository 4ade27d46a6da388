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
    LinkMeaning,
    content_free_among,
    group_mail,
    is_content_free,
    kept_rhythm,
    levels_of,
    link_meaning,
    rhythm_of,
    rhythm_of_row,
    subscription_of,
    subscriptions_at,
    takes_mail,
    watch_of,
    watched_in,
)
from network.subscriptions.queries.digests import DigestDue, claim_due_digests, last_digest

__all__ = [
    "DigestDue",
    "LinkMeaning",
    "Listener",
    "MailFacts",
    "claim_due_digests",
    "content_free_among",
    "count_mailed",
    "count_mailed_in",
    "group_mail",
    "is_content_free",
    "kept_rhythm",
    "last_digest",
    "levels_of",
    "link_meaning",
    "listeners",
    "mail_facts",
    "rhythm_of",
    "rhythm_of_row",
    "subscription_of",
    "subscriptions_at",
    "takes_mail",
    "watch_of",
    "watched_in",
]
