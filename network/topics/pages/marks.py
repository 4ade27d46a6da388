"""A post by its own address, what people set on it, and one's bookmarks."""

from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import actor, render, see_other
from kernel.web.menu import Link
from kernel.web.routes import addresses
from network.permissions import NetworkPermission as May
from network.topics import queries, service
from network.topics.pages.blueprint import back_to, discussions, pages
from network.topics.rules import ReactionKind, excerpt

PER_PAGE = queries.BOOKMARKS_PER_PAGE


@pages.page("/posts/<uuid:post_id>", permission=May.TOPICS_SEE)
def post(post_id: UUID) -> ResponseReturnValue:
    """To a post, on the page of its topic where it stands now."""
    return back_to(post_id, queries.post_seen_by(actor(), post_id).topic.id)


@pages.action("/posts/<uuid:post_id>/react", permission=May.TOPICS_WRITE)
def react(post_id: UUID) -> ResponseReturnValue:
    """Say something to a post, or take it back."""
    said = request.form.get("say", type=ReactionKind)
    taken_back = request.form.get("take_back", type=ReactionKind)
    found = queries.post_seen_by(actor(), post_id).post
    if said is not None:
        service.react(actor(), post_id, kind=said)
    if taken_back is not None:
        service.take_reaction_back(actor(), post_id, kind=taken_back)
    return back_to(post_id, found.topic_id)


@pages.action("/posts/<uuid:post_id>/bookmark", permission=May.TOPICS_SEE)
def bookmark(post_id: UUID) -> ResponseReturnValue:
    """Set a bookmark at a post, or take it away."""
    if request.form.get("set") == "no":
        found = service.remove_bookmark(actor(), post_id)
        flash(gettext("The bookmark was removed."))
    else:
        found = service.set_bookmark(actor(), post_id)
        flash(gettext("The post is among your bookmarks."))
    if request.form.get("to") == "bookmarks":
        return see_other("topics.bookmarks")
    return back_to(post_id, found.topic_id)


@pages.action("/posts/<uuid:post_id>/read", permission=May.TOPICS_SEE)
def mark_read(post_id: UUID) -> ResponseReturnValue:
    """Count a post and all before it as read, seen or not."""
    post = service.mark_read(actor(), post_id)
    return back_to(post_id, post.topic_id)


@pages.page("/bookmarks", permission=May.TOPICS_SEE)
def bookmarks() -> ResponseReturnValue:
    """The posts one wants to find again."""
    older_than = request.args.get("older", type=UUID)
    found = queries.bookmarks_of(actor(), older_than=older_than, limit=PER_PAGE + 1)
    more = len(found) > PER_PAGE
    return render(
        "network/topics/bookmarks.html",
        crumbs=[discussions(), Link(gettext("Bookmarks"), "")],
        bookmarks=found[:PER_PAGE],
        excerpt=excerpt,
        address=addresses("topics.post", "post_id"),
        unset=addresses("topics.bookmark", "post_id"),
        newest=url_for("topics.bookmarks") if older_than else "",
        older=url_for("topics.bookmarks", older=found[PER_PAGE - 1].id) if more else "",
    )
