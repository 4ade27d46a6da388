"""The blueprint of groups, and what its pages share."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from kernel.web import Pages
from kernel.web.formats import organisation_name
from kernel.web.menu import Link
from network.permissions import NetworkPermission as May

if TYPE_CHECKING:
    from network.groups.models import Group

pages = Pages(
    "groups",
    "network.groups",
    url_prefix="/network/groups",
    section="network",
    known_to=May.GROUPS_SEE,
)


def to_groups() -> Link:
    """The way back to the list."""
    return Link(gettext("Groups"), url_for("groups.index"))


def to_group(found: "Group") -> Link:
    """The way back to a group."""
    return Link(found.name, group_address(found.id))


def group_address(group_id: UUID) -> str:
    """Where the page of a group lies."""
    return url_for("groups.group", group_id=group_id)


def named(person: Any) -> str:
    """A person with her organisation, where one is chosen."""
    return f"{person.name} · {organisation_name(person.organisation)}"
