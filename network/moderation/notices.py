"""The mails of moderation: to those who decide, and to whom it was decided about.

Of a group whose mails carry no content, also these say nothing: neither what was written, nor by whom or
where.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kernel.mail import queue, recipient_of, recipients_of
from network.groups import queries as groups
from network.moderation import queries
from network.moderation.addresses import decision_address
from network.moderation.rules import REASON_LABELS, FlagReason
from network.subscriptions import queries as subscriptions
from network.topics import queries as topics
from network.topics.service import Via
from network.writing.queries import in_words


def tell_moderators(post_id: UUID) -> None:
    """Mail a post that waits or was reported to those who decide on it, but its author.

    Where they decided meanwhile, nobody is told.
    """
    found = topics.post_with_topic(post_id)
    if found is None or found.Post.status not in {"pending", "visible"}:
        return
    flags = queries.open_flags([post_id]).get(post_id, [])
    if found.Post.status == "visible" and not flags:
        return
    address = decision_address(post_id)
    context = {
        **_facts(found),
        **_reports(flags),
        "words": in_words(found.Post.body),
        "files": [file.name for file in topics.files_to_read([post_id]).get(post_id, [])],
        "by_mail": address is not None,
    }
    headers = {"Reply-To": address} if address else {}
    people = queries.deciders_on(found.Topic.group_id, found.Post.author_id, flags)
    for recipient in recipients_of(people).values():
        queue(recipient, "post_to_moderate", context, headers=headers)


def tell_of_waiting(post_id: UUID) -> None:
    """Tell who wrote by mail that her post waits; on the web she has read so."""
    found = topics.post_with_topic(post_id)
    if found is not None and found.Post.via == Via.MAIL:
        _tell_author(post_id, "post_waits", status="pending")


def tell_of_hidden(post_id: UUID) -> None:
    """Tell the author of a hidden post the reason; nobody where it is shown again meanwhile."""
    _tell_author(post_id, "post_hidden", status="hidden")


def tell_of_released(post_id: UUID, *, waited: bool) -> None:
    """Tell the author that her post can be read by others now; nobody where it cannot any more."""
    _tell_author(post_id, "post_released", status="visible", waited=waited)


def _tell_author(post_id: UUID, template: str, *, status: str, **more: Any) -> None:
    found = topics.post_with_topic(post_id)
    if found is None or found.Post.status != status:
        return
    recipient = recipient_of(found.Post.author_id)
    if recipient is not None:
        queue(recipient, template, {**_facts(found), **more})


def _facts(found: Any) -> dict[str, Any]:
    group_id: UUID = found.Topic.group_id
    return {
        "post": found.Post,
        "topic": found.Topic,
        "group": groups.name_of(group_id),
        "author": found.author,
        "organisation": found.organisation,
        "quiet": subscriptions.is_content_free(group_id),
    }


def _reports(flags: Sequence[Any]) -> dict[str, Any]:
    return {
        "reasons": [REASON_LABELS[FlagReason(flag.reason)] for flag in flags],
        "notes": [flag.note for flag in flags if flag.note],
        "left_to_network": any(flag.to_network for flag in flags),
    }
