"""What can be done with subscriptions, by whichever door."""

from network.subscriptions.service.choices import (
    group_to_manage,
    save_rhythm,
    set_content_free,
    set_level,
    set_levels,
    set_watch,
)
from network.subscriptions.service.digests import forget_old_digests, send_digests
from network.subscriptions.service.ending import forget_person, meaning_of, unsubscribe
from network.subscriptions.service.links import forget_old_links
from network.subscriptions.service.telling import (
    forget_old_held,
    release_held,
    tell_again,
    tell_of_post,
)

__all__ = [
    "forget_old_digests",
    "forget_old_held",
    "forget_old_links",
    "forget_person",
    "group_to_manage",
    "meaning_of",
    "release_held",
    "save_rhythm",
    "send_digests",
    "set_content_free",
    "set_level",
    "set_levels",
    "set_watch",
    "tell_again",
    "tell_of_post",
    "unsubscribe",
]
