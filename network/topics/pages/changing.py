"""Changing a title or a post, what it said before, taking it away, and its files."""

from typing import Any
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.files import respond
from kernel.web import Form, actor, render, see_other
from kernel.web.menu import Link
from network.permissions import NetworkPermission as May
from network.topics import access, queries, service
from network.topics.pages.blueprint import discussions, link_to, pages
from network.topics.schemas import PostInput, TitleInput


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
    crumbs = [discussions(), link_to(seen.topic), Link(gettext("Change the title"), "")]
    return form.render(
        "network/topics/edit.html",
        crumbs=crumbs,
        heading=gettext("Change the title"),
        draft="",
        standing=seen.standing,
        back=link_to(seen.topic).url,
    )


@pages.form("/posts/<uuid:post_id>/edit", permission=May.TOPICS_WRITE)
def edit(post_id: UUID) -> ResponseReturnValue:
    """Change one's own post."""
    seen = queries.post_seen_by(actor(), post_id)
    access.require_edit(actor(), seen.standing, seen.post.author_id)
    form = Form(PostInput(), seen.post, version=seen.post.version)

    def save(data: dict[str, Any]) -> object:
        return service.edit_post(actor(), post_id, version=form.posted_version, **data)

    if form.accepts(save):
        return see_other("topics.topic", topic_id=seen.topic.id, _anchor=f"post-{post_id}")
    crumbs = [discussions(), link_to(seen.topic), Link(gettext("Change the post"), "")]
    return form.render(
        "network/topics/edit.html",
        crumbs=crumbs,
        heading=gettext("Change the post"),
        draft=f"post-{post_id}",
        standing=seen.standing,
        back=link_to(seen.topic).url,
    )


@pages.page("/posts/<uuid:post_id>/versions", permission=May.TOPICS_SEE)
def versions(post_id: UUID) -> ResponseReturnValue:
    """What a post said before it was changed."""
    seen = queries.post_seen_by(actor(), post_id)
    visible = seen.post.status == "visible"
    return render(
        "network/topics/versions.html",
        crumbs=[discussions(), link_to(seen.topic), Link(gettext("Earlier versions"), "")],
        versions=queries.versions_of(post_id) if visible else [],
    )


@pages.action("/posts/<uuid:post_id>/remove", permission=May.TOPICS_WRITE)
def remove(post_id: UUID) -> ResponseReturnValue:
    """Take a post away."""
    post = service.remove_post(actor(), post_id)
    flash(gettext("The post was removed."))
    return see_other("topics.topic", topic_id=post.topic_id)


@pages.page("/files/<uuid:file_id>", permission=May.TOPICS_SEE)
def file(file_id: UUID) -> ResponseReturnValue:
    """A file of a post, as a download."""
    return respond(queries.file_seen_by(actor(), file_id))
