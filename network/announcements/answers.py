"""What announcements answer to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext

from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from kernel.values.periods import end_of_day
from kernel.web.languages import language
from network.announcements import queries, rules
from network.permissions import NetworkPermission


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Announcements she has yet to acknowledge."""
    if not actor.can(NetworkPermission.ANNOUNCEMENTS_SEE):
        return
    for row in queries.waiting_for(actor, MOST):
        texts = [rules.Text(*pair, "") for pair in zip(row.languages, row.titles, strict=True)]
        yield Waiting(
            "announcement_to_acknowledge",
            gettext("Read an announcement, and say that you have"),
            url_for("announcements.announcement", announcement_id=row.id),
            rules.text_for(language(), texts).title,
            due=end_of_day(row.due_on, row.time_zone),
            order=10,
        )
