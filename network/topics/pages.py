"""Pages of discussions: the list, a topic, writing and changing."""

from typing import Any
from uuid import UUID, uuid4

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.files import respond
from kernel.web import Form, Pages, actor, render, see_other
from kernel.web.languages import language
from kernel.web.menu import Link
from kernel.web.routes import addresses
from network.groups import queries as groups
from network.permissions import NetworkPermission as May
from network.side import groups_of_visitor
from network.topics import access, queries, service
from network.topics.lists import topic_page
from network.topics.rules import (
    FILTER_LABELS,
    Position,
    TopicFilter,
    TopicKind,
    needs_answer,
)
from network.topics.schemas import PostForm, PostInput, TitleInput, TopicForm

pages = Pages(
    "topics",
    __name__,
    url_prefix="/network/discussions",
    section="network",
    known_to=May.TOPICS_SEE,
)


@pages.page("", permission=May.TOPICS_SEE)
def index() -> ResponseReturnValue:
    """The topics one may see, newest posts first."""
    group_id = request.args.get("group", type=UUID)
    narrowed = request.args.get("status", type=TopicFilter)
    older_than = Position.parse(request.args.get("older", ""))
    if group_id is not None:
        groups.standing_in(actor(), group_id)
    found = topic_page(actor(), group_id=group_id, narrowed=narrowed, older_than=older_than)
    kept: dict[str, Any] = {"group": group_id, "status": narrowed}
    return render(
        "network/topics/index.html",
        topics=found.topics,
        address=addresses("topics.topic", "topic_id"),
        needs_answer=needs_answer,
        groups=[(str(group.id), group.name) for group in groups_of_visitor()],
        filters=[(word.value, gettext(label)) for word, label in FILTER_LABELS.items()],
        chosen_group=group_id or "",
        chosen_status=narrowed or "",
        newest=url_for("topics.index", **kept) if older_than else "",
        older=url_for("topics.index", older=str(found.older), **kept) if found.older else "",
    )


@pages.form("/new", permission=May.TOPICS_WRITE)
def new() -> ResponseReturnValue:
    """Open a topic."""
    writable = groups.groups_written_in(actor())
    form = Form(
        TopicForm(),
        {
            "group_id": request.args.get("group", type=UUID),
            "kind": TopicKind.QUESTION,
            "language": language(),
        },
        choices={"group_id": [(str(row.id), row.name, _audience(row)) for row in writable]},
    )
    opened: list[Any] = []
    if form.accepts(lambda data: opened.append(service.create_topic(actor(), **data))):
        return see_other("topics.topic", topic_id=opened[0].id)
    crumbs = [_discussions(), Link(gettext("New topic"), "")]
    return form.render("network/topics/new.html", crumbs=crumbs, writable=writable)


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
    posts = queries.posts_of(topic_id, page)
    return form.render(
        "network/topics/topic.html",
        crumbs=[_discussions(), Link(seen.topic.title, "")],
        topic=seen.topic,
        standing=seen.standing,
        posts=posts,
        files=queries.files_of([row.Post.id for row in posts]),
        page_number=page,
        pages=last,
        address=lambda number: url_for("topics.topic", topic_id=topic_id, page=number),
        needs_answer=needs_answer(seen.topic.kind, seen.topic.status),
        mailed=groups.count_mailed(seen.topic.group_id, actor().person_id),
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
    crumbs = [_discussions(), _link(seen.topic), Link(gettext("Change the title"), "")]
    return form.render(
        "network/topics/edit.html",
        crumbs=crumbs,
        heading=gettext("Change the title"),
        draft="",
        standing=seen.standing,
        back=_link(seen.topic).url,
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
    crumbs = [_discussions(), _link(seen.topic), Link(gettext("Change the post"), "")]
    return form.render(
        "network/topics/edit.html",
        crumbs=crumbs,
        heading=gettext("Change the post"),
        draft=f"post-{post_id}",
        standing=seen.standing,
        back=_link(seen.topic).url,
    )


@pages.page("/posts/<uuid:post_id>/versions", permission=May.TOPICS_SEE)
def versions(post_id: UUID) -> ResponseReturnValue:
    """What a post said before it was changed."""
    seen = queries.post_seen_by(actor(), post_id)
    visible = seen.post.status == "visible"
    return render(
        "network/topics/versions.html",
        crumbs=[_discussions(), _link(seen.topic), Link(gettext("Earlier versions"), "")],
        versions=queries.versions_of(post_id) if visible else [],
    )


@pages.action("/posts/<uuid:post_id>/remove", permission=May.TOPICS_WRITE)
def remove(post_id: UUID) -> ResponseReturnValue:
    """Take a post away."""
    post = service.remove_post(actor(), post_id)
    flash(gettext("The post was removed."))
    return see_other("topics.topic", topic_id=post.topic_id)


@pages.action("/posts/<uuid:post_id>/accept", permission=May.TOPICS_WRITE)
def accept(post_id: UUID) -> ResponseReturnValue:
    """Say that a post is the answer."""
    answered = service.accept_answer(actor(), post_id)
    flash(gettext("The answer was accepted."))
    return see_other("topics.topic", topic_id=answered.id, _anchor=f"post-{post_id}")


@pages.action("/<uuid:topic_id>/close", permission=May.TOPICS_WRITE)
def close(topic_id: UUID) -> ResponseReturnValue:
    """Close a topic."""
    service.close_topic(actor(), topic_id)
    flash(gettext("The topic is closed: it can be read and no longer answered."))
    return see_other("topics.topic", topic_id=topic_id)


@pages.action("/<uuid:topic_id>/reopen", permission=May.TOPICS_WRITE)
def reopen(topic_id: UUID) -> ResponseReturnValue:
    """Open a closed topic again."""
    service.reopen_topic(actor(), topic_id)
    flash(gettext("The topic is open again."))
    return see_other("topics.topic", topic_id=topic_id)


@pages.page("/files/<uuid:file_id>", permission=May.TOPICS_SEE)
def file(file_id: UUID) -> ResponseReturnValue:
    """A file of a post, as a download."""
    return respond(queries.file_seen_by(actor(), file_id))


def _audience(group: groups.WritableGroup) -> str:
    """Who reads in a group, and how many are told by mail, as the hint beside its name."""
    seen = (
        gettext("Everybody in the network can see this.")
        if group.is_open
        else gettext("Only members of the group can see this.")
    )
    mailed = ngettext(
        "%(num)s person will be mailed.", "%(num)s people will be mailed.", group.mailed
    )
    return f"{seen} {mailed}"


def _discussions() -> Link:
    return Link(gettext("Discussions"), url_for("topics.index"))


def _link(found: Any) -> Link:
    return Link(found.title, url_for("topics.topic", topic_id=found.id))
