"""What the library answers to the kernel's questions."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext

from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from network.library.queries import duties
from network.library.rules.versions import REMINDED_BEFORE
from network.permissions import NetworkPermission


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Versions to review, one's own drafts that came back, and what one keeps to look at again."""
    if actor.can(NetworkPermission.LIBRARY_REVIEW):
        for version in duties.to_review(actor, MOST):
            url = url_for("library.version", library_version_id=version.id)
            text = gettext("Review a version for the library")
            yield Waiting("library_to_review", text, url, version.title, order=30)
    if not actor.can(NetworkPermission.LIBRARY_WRITE):
        return
    for draft in duties.returned_to(actor, MOST):
        url = url_for("library.version", library_version_id=draft.id)
        text = gettext("Change your draft for the library: a review returned it")
        yield Waiting("library_returned", text, url, draft.title, order=30)
    for left in duties.left_behind(actor, MOST):
        url = url_for("library.version", library_version_id=left.id)
        text = gettext("Withdraw this translation or replace it: its original was withdrawn")
        yield Waiting("library_left_behind", text, url, left.title, order=40)
    yield from _to_look_at_again(actor)


def _to_look_at_again(actor: Actor) -> Iterator[Waiting]:
    zone = current_tenant().time_zone
    for item in duties.due_for(actor, clock.today(zone) + REMINDED_BEFORE, MOST):
        url = url_for("library.item", item_id=item.id)
        text = gettext("Look at your item of the library again: is it still true?")
        # The end of the review date where the network is.
        due = datetime.combine(item.review_on + timedelta(days=1), time(), ZoneInfo(zone))
        yield Waiting("library_review_due", text, url, item.title, due=due, order=60)
