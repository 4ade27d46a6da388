"""The mails about a post: what they say, and the headers that keep a topic together."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kernel.mail import Mail, Recipient
from kernel.mail.network import mail_network
from network.groups import queries as groups
from network.replies import service as replies
from network.subscriptions import queries
from network.subscriptions.rules import Ends
from network.subscriptions.service.links import LinkFor, one_click_headers, unsubscribe_links
from network.topics import queries as topics
from network.writing import queries as writing


def letters_about(found: Any, recipients: Sequence[Recipient]) -> list[Mail]:
    """A mail about a post for each of the people; `found` is what `topics.post_to_mail` answers.

    Every copy carries the Message-ID of the post and refers to the posts before it, so that mail programs
    show a topic as one conversation. Where the group wants it so, a copy says nothing of what was written.
    """
    if not recipients:
        return []
    post, topic = found.Post, found.Topic
    people = [recipient.person_id for recipient in recipients if recipient.person_id]
    links = unsubscribe_links([_link(person_id, topic.group_id) for person_id in people])
    answers = replies.reply_addresses(topic.id, people)
    template = "topic_post_quiet" if queries.is_content_free(topic.group_id) else "topic_post"
    context, headers = _context(found), _headers(found)
    letters = []
    for recipient in recipients:
        assert recipient.person_id is not None, "listeners are people"
        link = links[_link(recipient.person_id, topic.group_id)]
        answer = answers.get(recipient.person_id)
        own = {**headers, **one_click_headers(link), **({"Reply-To": answer} if answer else {})}
        words = {**context, "unsubscribe": link, "can_answer": answer is not None}
        letters.append(Mail(recipient, template, words, post.message_id, own))
    return letters


def _link(person_id: UUID, group_id: UUID) -> LinkFor:
    return LinkFor(person_id, Ends.GROUP, group_id)


def _context(found: Any) -> dict[str, Any]:
    group_id: UUID = found.Topic.group_id
    return {
        "post": found.Post,
        "words": writing.in_words(found.Post.body),
        "topic": found.Topic,
        "group_id": group_id,
        "group": groups.name_of(group_id),
        "author": found.author,
        "organisation": found.organisation,
        "files": [
            file.name for file in topics.files_to_read([found.Post.id]).get(found.Post.id, [])
        ],
        "is_first": topics.first_post_id(found.Topic.id) == found.Post.id,
    }


def _headers(found: Any) -> dict[str, str]:
    """Headers of a mailing list (RFC 2369, RFC 2919) and of an answer (RFC 5322)."""
    network, group_id = mail_network(), found.Topic.group_id
    address = replies.group_address(group_id)
    earlier = topics.earlier_message_ids(found.Post)
    headers = {
        "List-Id": f"<{group_id}.{network.host}>",
        "List-Archive": f"<{network.link('topics.index', group=group_id)}>",
        "List-Post": f"<mailto:{address}>" if address else "NO",
    }
    if earlier:
        headers["In-Reply-To"] = f"<{earlier[-1]}>"
        headers["References"] = " ".join(f"<{identity}>" for identity in earlier)
    return headers
