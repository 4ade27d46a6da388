"""Pages of groups."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, Pages, actor, render, see_other
from kernel.web.formats import organisation_name
from kernel.web.menu import Link
from network.groups import access, queries, service
from network.groups.rules import (
    JOINING_LABELS,
    KIND_LABELS,
    VISIBILITY_LABELS,
    GroupKind,
    GroupVisibility,
    Joining,
)
from network.groups.schemas import GroupInput, MemberInput
from network.permissions import NetworkPermission as May

if TYPE_CHECKING:
    from network.groups.models import Group

pages = Pages(
    "groups", __name__, url_prefix="/network/groups", section="network", known_to=May.GROUPS_SEE
)


@pages.page("", permission=May.GROUPS_SEE)
def index() -> ResponseReturnValue:
    """The groups one may know of."""
    return render(
        "network/groups/index.html",
        groups=queries.groups_listed(actor()),
        can_create=access.can_create(actor()),
        can_keep=access.can_keep(actor()),
        kinds=_translated(KIND_LABELS),
    )


@pages.form("/new", permission=May.GROUPS_CREATE)
def new() -> ResponseReturnValue:
    """Make a group."""
    form = Form(
        GroupInput(),
        {
            "kind": GroupKind.WORKING_GROUP,
            "visibility": GroupVisibility.PRIVATE,
            "joining": Joining.INVITATION,
            "chair_id": actor().person_id,
        },
        choices={"chair_id": _people(None)},
    )
    made: list[Group] = []
    if form.accepts(lambda data: made.append(service.create_group(actor(), **data))):
        return see_other("groups.group", group_id=made[0].id)
    crumbs = [_groups(), Link(gettext("New group"), "")]
    return form.render("network/groups/new.html", crumbs=crumbs)


@pages.form("/<uuid:group_id>", permission=May.GROUPS_SEE)
def group(group_id: UUID) -> ResponseReturnValue:
    """A group: what it is for, its members; its chair adds people here."""
    found = queries.group_known_to(actor(), group_id)
    form = Form(MemberInput(), choices={"person_id": [("", ""), *_people(group_id)]})
    if form.accepts(lambda data: service.add_member(actor(), group_id, **data)):
        flash(gettext("The person was added."))
        return see_other("groups.group", group_id=group_id)
    can_manage = access.can_manage(actor(), chairs=queries.chairs(actor(), found))
    may_read = queries.reads(actor(), group_id)
    members = queries.members_of(group_id) if may_read or can_manage else []
    return form.render(
        "network/groups/group.html",
        crumbs=[_groups(), Link(found.name, "")],
        group=found,
        members=members,
        chaired=any(row.id == found.chair_id and row.current for row in members),
        is_member=any(row.id == actor().person_id and row.current for row in members),
        can_manage=can_manage,
        may_read=may_read,
        kinds=_translated(KIND_LABELS),
        joinings=_translated(JOINING_LABELS),
        visibilities=_translated(VISIBILITY_LABELS),
        keys=lambda: str(uuid4()),
    )


@pages.form("/<uuid:group_id>/edit", permission=May.GROUPS_TAKE_PART)
def edit(group_id: UUID) -> ResponseReturnValue:
    """Change a group."""
    found = queries.group_known_to(actor(), group_id)
    access.require_manage(actor(), chairs=queries.chairs(actor(), found))
    members = [(str(row.id), row.name) for row in queries.members_of(group_id) if row.current]
    if str(found.chair_id) not in dict(members):
        members.insert(0, ("", ""))  # she has left: another is chosen, none by chance
    form = Form(
        GroupInput(),
        {field: getattr(found, field) for field in GroupInput().fields},
        choices={"chair_id": members},
        version=found.version,
    )

    def save(data: dict[str, Any]) -> "Group":
        return service.update_group(actor(), group_id, version=form.posted_version, **data)

    if form.accepts(save):
        return see_other("groups.group", group_id=group_id)
    crumbs = [_groups(), _link(found), Link(gettext("Change group"), "")]
    return form.render("network/groups/edit.html", crumbs=crumbs, group=found)


@pages.action("/<uuid:group_id>/join", permission=May.GROUPS_TAKE_PART)
def join(group_id: UUID) -> ResponseReturnValue:
    """Become a member of a group that anybody may join."""
    service.join_group(actor(), group_id)
    flash(gettext("You are a member now: what is written here comes to you by mail."))
    return see_other("groups.group", group_id=group_id)


@pages.action("/<uuid:group_id>/leave", permission=May.GROUPS_TAKE_PART)
def leave(group_id: UUID) -> ResponseReturnValue:
    """Leave a group."""
    service.remove_member(actor(), group_id, person_id=actor().person_id)
    flash(gettext("You are no longer a member of the group."))
    return see_other("groups.index")


@pages.action("/<uuid:group_id>/members/<uuid:person_id>/remove", permission=May.GROUPS_TAKE_PART)
def remove(group_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Take somebody out of a group."""
    service.remove_member(actor(), group_id, person_id=person_id)
    flash(gettext("The person is no longer a member of the group."))
    return see_other("groups.group", group_id=group_id)


@pages.action("/<uuid:group_id>/archive", permission=May.GROUPS_TAKE_PART)
def archive(group_id: UUID) -> ResponseReturnValue:
    """Close a group."""
    service.archive_group(actor(), group_id)
    flash(gettext("The group is archived. What was written stays readable."))
    return see_other("groups.group", group_id=group_id)


def _groups() -> Link:
    return Link(gettext("Groups"), url_for("groups.index"))


def _link(found: "Group") -> Link:
    return Link(found.name, url_for("groups.group", group_id=found.id))


def _people(group_id: UUID | None) -> list[tuple[str, str]]:
    return [
        (str(row.id), f"{row.name} · {organisation_name(row.organisation)}")
        for row in queries.people_outside(group_id)
    ]


def _translated(labels: Any) -> dict[str, str]:
    return {word.value: gettext(label) for word, label in labels.items()}
