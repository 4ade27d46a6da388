"""What the pages of discussions have in common: their addresses and breadcrumbs."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Pages, actor, see_other
from kernel.web.menu import Link
from network.permissions import NetworkPermission as May
from network.topics import queries

pages = Pages(
    "topics",
    "network.topics",
    url_prefix="/network/discussions",
    section="network",
    known_to=May.TOPICS_SEE,
)


def back_to(post_id: UUID, topic_id: UUID) -> ResponseReturnValue:
    """To a post, on the page of its topic that it stands on."""
    page = queries.page_of(actor(), topic_id, post_id)
    return see_other("topics.topic", topic_id=topic_id, page=page, _anchor=f"post-{post_id}")


def discussions() -> Link:
    """The breadcrumb that leads to the list."""
    return Link(gettext("Discussions"), url_for("topics.index"))


def link_to(topic: Any) -> Link:
    """The breadcrumb that leads to a topic."""
    return Link(topic.title, url_for("topics.topic", topic_id=topic.id))


def crumbs_below(topic: Any, here: str) -> list[Link]:
    """The breadcrumbs of a page about a topic, which is called `here`."""
    return [discussions(), link_to(topic), Link(here, "")]
