"""The mails that tell the members of a group of a new post."""

from uuid import UUID

from kernel.mail import queue, recipients_of
from kernel.mail.network import mail_network
from network.groups import queries as groups
from network.topics import queries


def tell_members(post_id: UUID) -> None:
    """Queue a mail to each member of the post's group but its author.

    Every copy carries the Message-ID of the post and refers to the posts before it, so that mail programs
    show a topic as one conversation. A post that was removed meanwhile is told of to nobody.
    """
    found = queries.post_to_mail(post_id)
    if found is None:
        return
    post, topic = found.Post, found.Topic
    readers = groups.readers_by_mail(topic.group_id)
    earlier = queries.earlier_message_ids(post)
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
    others = [person for person in readers if person != post.author_id]
    for recipient in recipients_of(others).values():
        queue(recipient, "topic_post", context, message_id=post.message_id, headers=headers)


def _headers(group_id: UUID, earlier: list[str]) -> dict[str, str]:
    """Headers of a mailing list (RFC 2369, RFC 2919) and of an answer (RFC 5322)."""
    network = mail_network()
    page = network.link("groups.group", group_id=group_id)
    headers = {
        "List-Id": f"<{group_id}.{network.host}>",
        "List-Archive": f"<{network.link('topics.index', group=group_id)}>",
        "List-Post": "NO",
        "List-Unsubscribe": f"<{page}>",
    }
    if earlier:
        headers["In-Reply-To"] = f"<{earlier[-1]}>"
        headers["References"] = " ".join(f"<{identity}>" for identity in earlier)
    return headers
