"""Announcements in the search: found by whom they were sent to, and by their authors.

Who keeps all announcements opens and lists what `queries.is_seen` says, but finds those alone that were sent
to her or by her: the search knows an audience by people, fixed at sending, and keeping is a permission that
comes and goes. Her list is whole, so nothing is out of her reach.
"""

from kernel import search
from kernel.values.prose import plain
from network.announcements import queries
from network.announcements.models import Announcement

SEARCH_KIND = "announcement"


def make_findable(announcement: Announcement) -> None:
    """Bring what is found of a sent announcement up to date, one entry for each language it is in."""
    audience = [*queries.recipient_ids(announcement.id), announcement.author_id]
    for text in queries.text_rows(announcement.id):
        search.index(
            search.Entry(
                kind=SEARCH_KIND,
                object_id=text.id,
                target_id=announcement.id,
                title=text.title,
                body=plain(text.body),
                language=text.language,
                visibility=search.Visibility.CONFIDENTIAL,
                audience=list(dict.fromkeys(audience)),
                author_id=announcement.author_id,
                changed_at=announcement.sent_at,
            )
        )
