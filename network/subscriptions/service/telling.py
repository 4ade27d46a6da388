"""The mails that tell people of a new post."""

from uuid import UUID

from kernel.mail import queue
from kernel.mail.network import mail_network
from network.groups import queries as groups
from network.subscriptions import queries
from network.subscriptions.rules import Told, told
from network.topics import queries as topics


def tell_of_post(post_id: UUID) -> None:
    """Mail a post to everybody who may read it and wants it at once, but its author.

    Every copy carries the Message-ID of the post and refers to the posts before it, so that mail programs
    show a topic as one conversation. A post that cannot be read, or no longer, is told of to nobody.
    """
    found = topics.post_to_mail(post_id)
    if found is None:
        return
    post, topic = found.Post, found.Topic
    earlier = topics.earlier_message_ids(post)
    context = {
        "post": post,
        "topic": topic,
        "group_id": topic.group_id,
        "group": groups.name_of(topic.group_id),
        "author": found.author,
        "organisation": found.organisation,
        "is_first": not earlier,
    }
    headers = _headers(topic.group_id, earlier)
    for listener in queries.listeners(topic.group_id, topic.id):
        is_author = listener.person_id == post.author_id
        way = told(
            listener.level, listener.watch, mentioned=listener.is_mentioned, is_author=is_author
        )
        if way is Told.AT_ONCE:
            queue(
                listener.recipient,
                "topic_post",
                context,
                message_id=post.message_id,
                headers=headers,
            )


def _headers(group_id: UUID, earlier: list[str]) -> dict[str, str]:
    """Headers of a mailing list (RFC 2369, RFC 2919) and of an answer (RFC 5322)."""
    network = mail_network()
    headers = {
        "List-Id": f"<{group_id}.{network.host}>",
        "List-Archive": f"<{network.link('topics.index', group=group_id)}>",
        "List-Post": "NO",
        "List-Unsubscribe": f"<{network.link('groups.group', group_id=group_id)}>",
    }
    if earlier:
        headers["In-Reply-To"] = f"<{earlier[-1]}>"
        headers["References"] = " ".join(f"<{identity}>" for identity in earlier)
    return headers
