"""The mails of the library: to who reviews, to authors, and to owners when an item is to be looked at again.

Of an item that only a group sees whose mails carry no content, these say nothing either.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
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
from network.subscriptions import queries as subscriptions


def tell_reviewers(version_id: UUID) -> None:
    """Mail a version that waits for its review to everybody who may do it and made none of it."""
    version = items.version_of(version_id)
    if version is None or version.state != VersionState.REVIEW:
        return
    makers = items.makers_of(version)
    found = _reviewers(lambda actor: items.version_seen_by(actor, version_id))
    people = [person_id for person_id in found if person_id not in makers]
    _mail(people, "library_to_review", items.group_of(version.item_id), {"version": version})


def tell_author(version_id: UUID) -> None:
    """Mail the author of a version that it was published, or why it came back."""
    version = items.version_of(version_id)
    if version is None:
        return
    group_id = items.group_of(version.item_id)
    _mail([version.created_by], "library_decided", group_id, {"version": version})


def tell_of_unreadable(file: StoredFile, version: LibraryVersion) -> None:
    """Mail who added a file that its words cannot be found, since nothing could read it."""
    context = {"file": file, "version": version}
    group_id = items.group_of(version.item_id)
    _mail([file.created_by], "library_unreadable", group_id, context)


def remind_owners() -> None:
    """Mail who looks after an item to look at it again: a month before the review date, and on it.

    That is its owner; once she has left, who reviews. Each mail once for an item, a date and a person,
    however often this runs; a day on which nothing ran is made up for.
    """
    today = clock.today(current_tenant().time_zone)
    for item in duties.due_between(today - REMINDED_BEFORE, today + REMINDED_BEFORE):
        is_owned, is_due = _sees(item.owner_id, item.id), item.review_on <= today
        people = [item.owner_id] if is_owned else _in_place_of_owner(item.id)
        identity = message_id(
            "library-review", str(item.id), str(item.review_on), "due" if is_due else "soon"
        )
        context = {"item": item, "is_due": is_due, "is_owned": is_owned}
        _mail(people, "library_review_due", item.group_id, context, identity)


def _mail(
    people: list[UUID],
    template: str,
    group_id: UUID | None,
    context: Mapping[str, Any],
    identity: str | None = None,
) -> None:
    if group_id is not None and subscriptions.is_content_free(group_id):
        template = "library_quiet"
    for recipient in recipients_of(people).values():
        queue(recipient, template, context, message_id=identity)


def _in_place_of_owner(item_id: UUID) -> list[UUID]:
    return list(_reviewers(lambda actor: items.item_seen_by(actor, item_id)))


def _reviewers(seen_by: Callable[[Actor], items.ItemSeen | items.VersionSeen]) -> Iterator[UUID]:
    """Who may review what they see that way."""
    for person_id in duties.who_may_review():
        actor = actor_by_person(person_id, clock.now())
        if actor is None:
            continue
        try:
            seen = seen_by(actor)
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
