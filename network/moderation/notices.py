"""The mails of moderation: to those who decide, and to whom it was decided about."""

from uuid import UUID

from kernel.mail import queue, recipient_of, recipients_of
from network.groups import queries as groups
from network.moderation import queries
from network.moderation.addresses import decision_address
from network.moderation.rules import REASON_LABELS, FlagReason
from network.subscriptions import queries as subscriptions
from network.topics import queries as topics
from network.writing.queries import in_words


def tell_moderators(post_id: UUID) -> None:
    """Mail a post that waits or was reported to those who decide on it, but its author and who reported it.

    Where they decided meanwhile, nobody is told.
    """
    found = topics.post_with_topic(post_id)
    if found is None or found.Post.status not in {"pending", "visible"}:
        return
    flags = queries.open_flags([post_id]).get(post_id, [])
    if found.Post.status == "visible" and not flags:
        return
    post, topic = found.Post, found.Topic
    context = {
        "post": post,
        "topic": topic,
        "group": groups.name_of(topic.group_id),
        "author": found.author,
        "organisation": found.organisation,
        "reasons": [REASON_LABELS[FlagReason(flag.reason)] for flag in flags],
        "notes": [flag.note for flag in flags if flag.note],
        "words": None if subscriptions.is_content_free(topic.group_id) else in_words(post.body),
        "by_mail": decision_address(post_id) is not None,
    }
    address = decision_address(post_id)
    headers = {"Reply-To": address} if address else {}
    people = [p for p in queries.moderators_of(topic.group_id) if p != post.author_id]
    for recipient in recipients_of(people).values():
        queue(recipient, "post_to_moderate", context, headers=headers)


def tell_author(post_id: UUID) -> None:
    """Tell the author of a hidden post the reason; nobody where it is shown again meanwhile."""
    found = topics.post_with_topic(post_id)
    if found is None or found.Post.status != "hidden":
        return
    recipient = recipient_of(found.Post.author_id)
    if recipient is not None:
        group_id = found.Topic.group_id
        context = {
            "topic": found.Topic,
            "post": found.Post,
            "group": groups.name_of(group_id),
            "content_free": subscriptions.is_content_free(group_id),
        }
        queue(recipient, "post_hidden", context)
