"""A topic with its posts, and a box to answer in."""

from uuid import UUID, uuid4

from flask import request, url_for
from flask.typing import ResponseReturnValue

from kernel.web import Form, actor, see_other
from kernel.web.languages import language
from kernel.web.menu import Link
from network.permissions import NetworkPermission as May
from network.subscriptions import queries as subscriptions
from network.topics import access, queries, service
from network.topics.pages.blueprint import discussions, pages
from network.topics.rules import TopicKind, needs_answer
from network.topics.schemas import PostForm


@pages.form("/<uuid:topic_id>", permission=May.TOPICS_SEE)
def topic(topic_id: UUID) -> ResponseReturnValue:
    """A topic with its posts and, for the members of its group, a box to answer in."""
    seen = queries.topic_seen_by(actor(), topic_id)
    form = Form(PostForm(), {"language": language()})
    if form.accepts(lambda data: service.reply(actor(), topic_id, **data)):
        return see_other("topics.topic", topic_id=topic_id, page="last")
    last = seen.topic.replies // queries.POSTS_PER_PAGE + 1
    asked = request.args.get("page", "1")
    page = last if asked == "last" else min(max(int(asked) if asked.isdecimal() else 1, 1), last)
    posts = queries.posts_of(actor(), topic_id, page)
    return form.render(
        "network/topics/topic.html",
        crumbs=[discussions(), Link(seen.topic.title, "")],
        topic=seen.topic,
        standing=seen.standing,
        posts=posts,
        files=queries.files_of([row.Post.id for row in posts]),
        page_number=page,
        pages=last,
        address=lambda number: url_for("topics.topic", topic_id=topic_id, page=number),
        needs_answer=needs_answer(seen.topic.kind, seen.topic.status),
        mailed=subscriptions.count_mailed(seen.topic.group_id, actor().person_id, topic_id),
        can=_Can(seen),
        keys=lambda: str(uuid4()),
    )


class _Can:
    """What the page offers its reader; each service asks again."""

    def __init__(self, seen: queries.TopicSeen) -> None:
        self._standing = seen.standing
        closed = seen.topic.status in {"locked", "archived"}
        self.write = access.can_write(actor(), seen.standing) and not closed
        self.moderate = access.can_moderate(actor(), seen.standing)
        self.reopen = self.moderate and closed
        self.rename = not closed and access.can_edit(actor(), seen.standing, seen.topic.author_id)
        self.accept = (
            not closed
            and seen.topic.kind == TopicKind.QUESTION
            and access.can_accept(actor(), seen.standing, seen.topic.author_id)
        )
        self._closed = closed

    def edit(self, author_id: UUID) -> bool:
        """Whether the reader may change a post of this author."""
        return not self._closed and access.can_edit(actor(), self._standing, author_id)

    def remove(self, author_id: UUID) -> bool:
        """Whether the reader may take a post of this author away."""
        return self.moderate or access.can_edit(actor(), self._standing, author_id)
