"""What the pages of discussions have in common: their addresses and breadcrumbs."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from kernel.web import Pages
from kernel.web.menu import Link
from network.permissions import NetworkPermission as May

pages = Pages(
    "topics",
    "network.topics",
    url_prefix="/network/discussions",
    section="network",
    known_to=May.TOPICS_SEE,
)


def discussions() -> Link:
    """The breadcrumb that leads to the list."""
    return Link(gettext("Discussions"), url_for("topics.index"))


def link_to(found: Any) -> Link:
    """The breadcrumb that leads to a topic."""
    return Link(found.title, url_for("topics.topic", topic_id=found.id))
