"""The mails of the library: to who reviews, to authors, and to owners when an item is to be looked at again."""

from collections.abc import Iterator
from uuid import UUID

from kernel.errors import NotFound
from kernel.files import StoredFile
from kernel.identity.actor import Actor
from kernel.identity.queries import actor_by_person
from kernel.mail import message_id, queue, recipients_of
from kernel.tenancy.queries import current_tenant
from kernel.values import clock
from network.library import access
from network.library.models import LibraryVersion
from network.library.queries import duties, items
from network.library.rules.versions import REMINDED_BEFORE, VersionState


def tell_reviewers(version_id: UUID) -> None:
    """Mail a version that waits for its review to everybody who may do it and made none of it."""
    version = items.version_of(version_id)
    if version is None or version.state != VersionState.REVIEW:
        return
    people = list(_reviewers(version))
    for recipient in recipients_of(people).values():
        queue(recipient, "library_to_review", {"version": version})


def tell_author(version_id: UUID) -> None:
    """Mail the author of a version that it was published, or why it came back."""
    version = items.version_of(version_id)
    if version is None:
        return
    for recipient in recipients_of([version.created_by]).values():
        queue(recipient, "library_decided", {"version": version})


def tell_of_unreadable(file: StoredFile, version: LibraryVersion) -> None:
    """Mail who added a file that its words cannot be found, since nothing could read it."""
    for recipient in recipients_of([file.created_by]).values():
        queue(recipient, "library_unreadable", {"file": file, "version": version})


def remind_owners() -> None:
    """Mail the owners of items to look at again: a month before the review date, and on it.

    Each mail once for an item, a date and an owner, however often this runs; a day on which nothing ran
    is made up for.
    """
    today = clock.today(current_tenant().time_zone)
    due = duties.due_between(today - REMINDED_BEFORE, today + REMINDED_BEFORE)
    recipients = recipients_of([item.owner_id for item in due])
    for item in due:
        owner = recipients.get(item.owner_id)
        if owner is None or not _sees(item.owner_id, item.id):
            continue
        is_due = item.review_on <= today
        identity = message_id(
            "library-review", str(item.id), str(item.review_on), "due" if is_due else "soon"
        )
        context = {"item": item, "is_due": is_due}
        queue(owner, "library_review_due", context, message_id=identity)


def _reviewers(version: LibraryVersion) -> Iterator[UUID]:
    makers = items.makers_of(version)
    for person_id in duties.who_may_review():
        actor = actor_by_person(person_id, clock.now())
        if actor is None or person_id in makers:
            continue
        try:
            seen = items.version_seen_by(actor, version.id)
        except NotFound:
            continue
        if access.can_review(actor, seen.standing):
            yield person_id


def _sees(person_id: UUID, item_id: UUID) -> bool:
    """Whether somebody still sees an item she owns: she may have left."""
    actor: Actor | None = actor_by_person(person_id, clock.now())
    if actor is None:
        return False
    try:
        return items.item_seen_by(actor, item_id).standing.is_owner
    except NotFound:
        return False
