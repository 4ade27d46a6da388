"""A topic with its posts, and a box to answer in."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, actor, see_other
from kernel.web.languages import language, translated
from kernel.web.menu import Link
from kernel.web.routes import addresses
from network.permissions import NetworkPermission as May
from network.subscriptions import queries as subscriptions
from network.topics import access, queries, service
from network.topics.pages.blueprint import back_to, discussions, pages
from network.topics.rules import REACTION_LABELS, TopicKind, is_closed, needs_answer, quotation
from network.topics.schemas import PostForm


@pages.form("/<uuid:topic_id>", permission=May.TOPICS_SEE)
def topic(topic_id: UUID) -> ResponseReturnValue:
    """A topic with its posts and, for the members of its group, a box to answer in.

    Without a page in its address it opens where its reader goes on reading.
    """
    shown = queries.topic_shown_to(actor(), topic_id)
    if shown.topic.merged_into_id is not None:
        return see_other("topics.topic", topic_id=shown.topic.merged_into_id)
    form = Form(PostForm(), _first_values(topic_id))
    written = form.outcome_of(lambda data: service.reply(actor(), topic_id, **data))
    if written is not None:
        return back_to(written.id, topic_id)
    page = _page(shown)
    posts = queries.posts_shown_to(actor(), topic_id, page, language())
    _remember(shown, page, posts)
    can = Offers(shown)
    return form.render(
        "network/topics/topic.html",
        crumbs=[discussions(), Link(shown.topic.title, "")],
        topic=shown.topic,
        parts=queries.parts_of(actor(), topic_id) if shown.topic.was_split else None,
        goes_on=shown.goes_on_at(page),
        standing=shown.standing,
        posts=posts,
        page_number=page,
        pages=shown.pages,
        address=lambda number: url_for("topics.topic", topic_id=topic_id, page=number),
        needs_answer=needs_answer(
            shown.topic.kind, shown.topic.status, in_active_group=shown.standing.is_active
        ),
        mail=_mail(shown) if can.member else None,
        can=can,
        me=actor().person_id,
        reactions=translated(REACTION_LABELS),
        opened_with=shown.topic.opened_with_id or (posts[0].id if posts and page == 1 else None),
        own_reactions=lambda said: {kind for kind, _, _, mine in said or () if mine},
        **_addresses(topic_id, page),
    )


def _first_values(topic_id: UUID) -> dict[str, Any]:
    """What the box holds before anything is typed: a quotation, where one was asked for."""
    values: dict[str, Any] = {"language": language()}
    quoted = request.args.get("quote", type=UUID)
    found = queries.post_to_quote(actor(), topic_id, quoted) if quoted else None
    if found is not None:
        words = gettext("%(name)s wrote:", name=f"**{found.author}**")
        values |= {"body": quotation(words, found.body), "in_reply_to": found.id}
    return values


def _mail(shown: queries.TopicShown) -> subscriptions.MailFacts:
    """How many people an answer is mailed to, and what the reader chose for herself."""
    topic = shown.topic
    return subscriptions.mail_facts(actor().person_id, topic.group_id, topic.id)


def _page(shown: queries.TopicShown) -> int:
    asked = request.args.get("page", "")
    if asked == "last":
        return shown.pages
    if not asked.isascii() or not asked.isdecimal():
        return 1 if asked else shown.unread_page
    return min(max(int(asked), 1), shown.pages)


def _remember(shown: queries.TopicShown, page: int, posts: Any) -> None:
    """Keep how far one has read, where that is further than before and leaves nothing out."""
    if not posts or request.method == "POST" or not shown.goes_on_at(page):
        return
    last, until = posts[-1].id, max(post.created_at for post in posts)
    topic = shown.topic
    if topic.read_to is None or last > topic.read_to or until > topic.read_until:
        service.read_up_to(actor(), topic.id, last, until)


def _addresses(topic_id: UUID, page: int) -> dict[str, Any]:
    """Where the links and buttons of a post lead: the router is asked once, not per post."""
    nobody = UUID(int=0)
    quote = url_for("topics.topic", topic_id=topic_id, page=page)
    return {
        "posts_at": url_for("topics.post", post_id=nobody).removesuffix(str(nobody)),
        "quote_at": f"{quote}&quote=",
        "report": addresses("moderation.flag", "post_id"),
        "decide": addresses("moderation.decide", "post_id"),
        "file": addresses("topics.file", "file_id"),
        "picture": addresses("topics.picture", "file_id"),
        "person": addresses("people.person", "person_id"),
    }


class Offers:
    """What the page offers its reader; each service asks again."""

    def __init__(self, shown: queries.TopicShown) -> None:
        topic, standing, who = shown.topic, shown.standing, actor()
        closed = is_closed(topic.status)
        self.member = access.can_write(who, standing)
        self.write = self.member and not closed
        self.moderate = access.can_moderate(who, standing)
        self.decide = self.moderate or who.can(May.TOPICS_MODERATE)
        self.manage = access.can_move(who, standing) or access.can_edit(
            who, standing, topic.author_id
        )
        self.pack = who.can(May.PACKS_MAKE)
        self.react = access.can_react(who, standing)
        self.accept = (
            not closed
            and topic.kind == TopicKind.QUESTION
            and access.can_accept(who, standing, topic.author_id)
        )
