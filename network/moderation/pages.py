"""Pages of moderation: reporting a post, what waits, deciding, and whose first posts wait."""

from uuid import UUID

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.files import respond, respond_shown
from kernel.identity.permissions import KernelPermission
from kernel.web import Form, Pages, actor, render, see_other
from kernel.web.menu import Link
from network.groups import queries as groups
from network.moderation import queries, service
from network.moderation.rules import REASON_LABELS
from network.moderation.schemas import FlagInput, HideInput, PolicyInput
from network.permissions import NetworkPermission as May
from network.topics import queries as topics

pages = Pages(
    "moderation",
    __name__,
    url_prefix="/network/moderation",
    section="network",
    known_to=May.TOPICS_SEE,
)


@pages.page("", permission=May.TOPICS_SEE)
def index() -> ResponseReturnValue:
    """What waits for the visitor's decision."""
    return render(
        "network/moderation/queue.html",
        crumbs=[Link(gettext("Moderation"), "")],
        posts=queries.queue(actor()),
        can_set=actor().can(KernelPermission.SETTINGS_MANAGE),
    )


@pages.form("/posts/<uuid:post_id>", permission=May.TOPICS_SEE)
def decide(post_id: UUID) -> ResponseReturnValue:
    """A post with what was reported and decided; hiding it."""
    seen = service.post_shown_to_decide(actor(), post_id)
    form = Form(HideInput())
    if form.accepts(lambda data: service.hide_post(actor(), post_id, **data)):
        flash(gettext("The post was hidden, and its author is told why."))
        return see_other("moderation.index")
    flags = queries.open_flags([post_id]).get(post_id, [])
    author, organisation = topics.author_of(seen.post)
    return form.render(
        "network/moderation/decide.html",
        crumbs=[_moderation(), Link(gettext("Decide on a post"), "")],
        post=seen.post,
        topic=seen.topic,
        standing=seen.standing,
        author=author,
        organisation=organisation,
        flags=flags,
        files=queries.files_to_decide(seen),
        left_to_network=not groups.reads(actor(), seen.topic.group_id),
        reasons={reason.value: label for reason, label in REASON_LABELS.items()},
        decisions=queries.decisions_on(post_id),
        can_approve=bool(flags) or seen.post.status in {"pending", "hidden"},
    )


@pages.page("/posts/<uuid:post_id>/files/<uuid:file_id>", permission=May.TOPICS_SEE)
def file(post_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A file of a post that is being decided on, as a download."""
    return respond(queries.file_to_decide(service.post_shown_to_decide(actor(), post_id), file_id))


@pages.page("/posts/<uuid:post_id>/files/<uuid:file_id>/picture", permission=May.TOPICS_SEE)
def picture(post_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A picture of a post that is being decided on, to be seen within the page."""
    return respond_shown(
        queries.file_to_decide(service.post_shown_to_decide(actor(), post_id), file_id)
    )


@pages.action("/posts/<uuid:post_id>/approve", permission=May.TOPICS_SEE)
def approve(post_id: UUID) -> ResponseReturnValue:
    """Let a post stand."""
    service.approve_post(actor(), post_id)
    flash(gettext("The post was approved."))
    return see_other("moderation.index")


@pages.form("/posts/<uuid:post_id>/report", permission=May.TOPICS_SEE)
def flag(post_id: UUID) -> ResponseReturnValue:
    """Report a post to its moderators."""
    seen = topics.post_seen_by(actor(), post_id)
    form = Form(FlagInput())
    if form.accepts(lambda data: service.flag_post(actor(), post_id, **data)):
        flash(gettext("Thank you. The moderators were told."))
        return see_other("topics.topic", topic_id=seen.topic.id)
    back = url_for("topics.topic", topic_id=seen.topic.id)
    crumbs = [Link(seen.topic.title, back), Link(gettext("Report a post"), "")]
    return form.render(
        "network/moderation/flag.html",
        crumbs=crumbs,
        back=back,
        left_to_network=queries.is_left_to_network(seen),
    )


@pages.form("/settings", permission=KernelPermission.SETTINGS_MANAGE)
def settings() -> ResponseReturnValue:
    """Whose first posts wait for a moderator."""
    decided = queries.policy_or_default()
    form = Form(PolicyInput(), decided, version=decided.version)
    if form.accepts(lambda data: service.set_policy(actor(), version=form.posted_version, **data)):
        flash(gettext("The settings were saved."))
        return see_other("moderation.settings")
    crumbs = [_moderation(), Link(gettext("First posts of new members"), "")]
    return form.render("network/moderation/settings.html", crumbs=crumbs)


def _moderation() -> Link:
    return Link(gettext("Moderation"), url_for("moderation.index"))
