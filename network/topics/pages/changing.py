"""Changing a title or a post, what it said before, taking it away, and its files."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.files import respond, respond_shown
from kernel.web import Form, actor, render, see_other
from network.permissions import NetworkPermission as May
from network.topics import access, queries, service
from network.topics.pages.blueprint import back_to, crumbs_below, link_to, pages
from network.topics.rules import PostStatus
from network.topics.rules.differences import difference
from network.topics.schemas import PostChange, RemovalInput, TitleInput
from network.writing import queries as drafts


@pages.form("/<uuid:topic_id>/title", permission=May.TOPICS_WRITE)
def rename(topic_id: UUID) -> ResponseReturnValue:
    """Change the title of a topic."""
    seen = queries.topic_seen_by(actor(), topic_id)
    access.require_edit(actor(), seen.standing, seen.topic.author_id)
    form = Form(TitleInput(), seen.topic, version=seen.topic.version)

    def save(data: dict[str, Any]) -> object:
        return service.rename_topic(actor(), topic_id, version=form.posted_version, **data)

    if form.accepts(save):
        return see_other("topics.topic", topic_id=topic_id)
    return form.render(
        "network/topics/edit.html",
        crumbs=crumbs_below(seen.topic, gettext("Change the title")),
        heading=gettext("Change the title"),
        draft="",
        post_id=None,
        offered="",
        standing=seen.standing,
        back=link_to(seen.topic).url,
    )


@pages.form("/posts/<uuid:post_id>/edit", permission=May.TOPICS_WRITE)
def edit(post_id: UUID) -> ResponseReturnValue:
    """Change one's own post; what one began to write before is offered again."""
    seen = queries.post_seen_by(actor(), post_id)
    access.require_edit(actor(), seen.standing, seen.post.author_id)
    kept = drafts.draft_at(actor(), drafts.Place(post_id=post_id))
    taken = kept if "draft" in request.args else None
    form = Form(PostChange(), taken or seen.post, version=seen.post.version)

    def save(data: dict[str, Any]) -> object:
        return service.edit_post(actor(), post_id, version=form.posted_version, **data)

    if form.accepts(save):
        return back_to(post_id, seen.topic.id)
    return form.render(
        "network/topics/edit.html",
        crumbs=crumbs_below(seen.topic, gettext("Change the post")),
        heading=gettext("Change the post"),
        draft=f"post-{post_id}",
        post_id=post_id,
        offered=url_for("topics.edit", post_id=post_id, draft="kept") if kept and not taken else "",
        standing=seen.standing,
        back=link_to(seen.topic).url,
    )


@pages.page("/posts/<uuid:post_id>/versions", permission=May.TOPICS_SEE)
def versions(post_id: UUID) -> ResponseReturnValue:
    """What a post said before it was changed, newest change first, each as a difference to the one before."""
    seen = queries.post_seen_by(actor(), post_id)
    deleted = seen.post.status == PostStatus.DELETED
    texts: list[Any] = [] if deleted else [seen.post, *queries.versions_of(post_id)]
    changes = [
        (newer, older, difference(older.body, newer.body)) for newer, older in pairwise(texts)
    ]
    return render(
        "network/topics/versions.html",
        crumbs=crumbs_below(seen.topic, gettext("Earlier versions")),
        post=seen.post,
        changes=changes,
        first=texts[-1] if changes else None,
    )


@pages.form("/posts/<uuid:post_id>/remove", permission=May.TOPICS_WRITE)
def remove(post_id: UUID) -> ResponseReturnValue:
    """Take a post away, in place of which its tombstone stands."""
    seen = queries.post_seen_by(actor(), post_id)
    access.require_edit_or_moderate(actor(), seen.standing, seen.post.author_id)
    form = Form(RemovalInput())
    if form.accepts(lambda data: service.remove_post(actor(), post_id, **data)):
        flash(gettext("The post was removed."))
        return back_to(post_id, seen.topic.id)
    return form.render(
        "network/topics/remove.html",
        crumbs=crumbs_below(seen.topic, gettext("Remove the post")),
        post=seen.post,
        own=seen.post.author_id == actor().person_id,
        back=link_to(seen.topic).url,
    )


@pages.page("/files/<uuid:file_id>", permission=May.TOPICS_SEE)
def file(file_id: UUID) -> ResponseReturnValue:
    """A file of a post, as a download."""
    return respond(queries.file_seen_by(actor(), file_id))


@pages.page("/files/<uuid:file_id>/picture", permission=May.TOPICS_SEE)
def picture(file_id: UUID) -> ResponseReturnValue:
    """A picture of a post, to be seen within its page."""
    return respond_shown(queries.file_seen_by(actor(), file_id))
