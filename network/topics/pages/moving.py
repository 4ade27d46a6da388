"""Moving a topic to another group, splitting it, merging it."""

from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.values.prose import plain
from kernel.web import Form, actor, see_other
from network.groups import queries as groups
from network.permissions import NetworkPermission as May
from network.topics import access, queries, service
from network.topics.pages.blueprint import crumbs_below, link_to, pages
from network.topics.rules import TopicKind, excerpt
from network.topics.schemas import MergeInput, MoveInput, SplitInput


@pages.form("/<uuid:topic_id>/move", permission=May.TOPICS_WRITE)
def move(topic_id: UUID) -> ResponseReturnValue:
    """Put a topic into another group, once it is said who will see it then and who no more."""
    seen = _to_move(topic_id)
    offered = queries.groups_to_move_to(actor(), seen.topic.group_id)
    choices = [(str(row.group_id), row.group) for row in offered]
    chosen = request.values.get("group_id", type=UUID)
    form = Form(MoveInput(), {"group_id": chosen}, choices={"group_id": choices})
    if form.accepts(lambda data: service.move_topic(actor(), topic_id, **data)):
        flash(gettext("The topic was moved."))
        return see_other("topics.topic", topic_id=topic_id)
    target = groups.standing_in(actor(), chosen) if chosen else None
    return form.render(
        "network/topics/move.html",
        crumbs=crumbs_below(seen.topic, gettext("Move the topic")),
        topic=seen.topic,
        choices=choices,
        chosen=chosen or "",
        target=target,
        preview=queries.move_of(seen.topic, seen.standing, target) if target else None,
    )


@pages.form("/<uuid:topic_id>/split", permission=May.TOPICS_WRITE)
def split(topic_id: UUID) -> ResponseReturnValue:
    """Let some of the replies go on as a topic of their own."""
    seen = _to_move(topic_id)
    choices = [
        (str(row.id), row.author, excerpt(plain(row.body)))
        for row in queries.posts_to_choose_from(topic_id)
    ]
    form = Form(SplitInput(), {"kind": TopicKind.DISCUSSION}, choices={"post_ids": choices})
    made = form.outcome_of(lambda data: service.split_topic(actor(), topic_id, **data))
    if made is not None:
        flash(gettext("The posts have a topic of their own now."))
        return see_other("topics.topic", topic_id=made.id)
    return form.render(
        "network/topics/split.html",
        crumbs=crumbs_below(seen.topic, gettext("Split the topic")),
        topic=seen.topic,
        replies=choices,
        back=link_to(seen.topic).url,
    )


@pages.form("/<uuid:topic_id>/merge", permission=May.TOPICS_WRITE)
def merge(topic_id: UUID) -> ResponseReturnValue:
    """Put the posts of a topic into another one."""
    seen = _to_move(topic_id)
    choices = [
        (str(row.id), row.title) for row in queries.topics_to_merge_into(actor(), seen.topic)
    ]
    form = Form(MergeInput(), choices={"into_id": [("", gettext("Choose")), *choices]})
    into = form.outcome_of(lambda data: service.merge_topic(actor(), topic_id, **data))
    if into is not None:
        flash(gettext("The topics are one now; the old address leads here."))
        return see_other("topics.topic", topic_id=into.id)
    return form.render(
        "network/topics/merge.html",
        crumbs=crumbs_below(seen.topic, gettext("Merge the topic")),
        topic=seen.topic,
        others=choices,
        back=link_to(seen.topic).url,
    )


def _to_move(topic_id: UUID) -> queries.TopicSeen:
    seen = queries.topic_seen_by(actor(), topic_id)
    access.require_move(actor(), seen.standing)
    return seen
