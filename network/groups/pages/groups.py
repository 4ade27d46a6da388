"""The list of groups, a group, and changing it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.identity.permissions import KernelPermission
from kernel.web import Form, actor, render, see_other
from kernel.web.formats import organisation_name
from kernel.web.languages import translated
from kernel.web.menu import Link
from kernel.web.regions import region_name
from network.finding import people_to_choose
from network.groups import access, queries, service
from network.groups.pages.blueprint import pages, to_group, to_groups
from network.groups.rules import (
    JOINING_LABELS,
    KIND_LABELS,
    OFFICE_LABELS,
    VISIBILITY_LABELS,
    GroupKind,
    GroupVisibility,
    Joining,
    Shelf,
    Way,
    shelf_of,
)
from network.groups.schemas import GroupChange, GroupInput
from network.permissions import NetworkPermission as May
from network.subscriptions import queries as subscriptions

if TYPE_CHECKING:
    from network.groups.models import Group

FEW = 20
"""Members a page shows without a box to look for one."""


@pages.page("", permission=May.GROUPS_SEE)
def index() -> ResponseReturnValue:
    """The groups one may know of, by what one can do with them."""
    kind = request.args.get("kind", type=GroupKind)
    shelves: dict[Shelf, list[Any]] = {shelf: [] for shelf in Shelf}
    for row in queries.groups_listed(actor(), kind=kind):
        shelves[shelf_of(row.group.state, row.way)].append(row)
    return render(
        "network/groups/index.html",
        shelves=shelves,
        chosen_kind=kind or "",
        can_create=access.can_create(actor()),
        can_keep=access.can_keep(actor()),
        kinds=translated(KIND_LABELS),
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
        choices=_offices(),
        people={"chair_id": people_to_choose()},
    )
    made = form.outcome_of(lambda data: service.create_group(actor(), **data))
    if made is not None:
        return see_other("groups.group", group_id=made.id)
    crumbs = [to_groups(), Link(gettext("New group"), "")]
    return form.render("network/groups/new.html", crumbs=crumbs)


@pages.page("/<uuid:group_id>", permission=May.GROUPS_SEE)
def group(group_id: UUID) -> ResponseReturnValue:
    """A group: what it is for, how its door stands for the reader, who is in it."""
    door = queries.door_of(actor(), group_id)
    manages = access.can_manage(actor(), chairs=door.is_chair)
    everybody = queries.members_of(group_id) if door.reads or manages else []
    wanted = request.args.get("find", "").strip()
    return render(
        "network/groups/group.html",
        crumbs=[to_groups(), Link(door.group.name, "")],
        group=door.group,
        door=door,
        invitation=_own_invitation(door),
        roll=_Roll(everybody, wanted),
        wanted=wanted,
        seats=queries.seats_of(group_id) if _has_seats(door, manages) else [],
        fills=queries.admitting(actor()),
        can_manage=manages,
        level=subscriptions.own_level(actor().person_id, group_id) if door.is_in else None,
        address=service.mail_address(actor(), door),
        requests=queries.requests_to(group_id) if manages else [],
        invitations=queries.invitations_into(group_id) if manages else [],
        invited_guests=service.invited_guests(actor(), group_id) if manages else [],
        kinds=translated(KIND_LABELS),
        joinings=translated(JOINING_LABELS),
        visibilities=translated(VISIBILITY_LABELS),
        offices=translated(OFFICE_LABELS),
        region=region_name(door.group.office_region),
        sees_people=actor().can(KernelPermission.MEMBERS_SEE),
        last_day=service.last_day_of,
        keys=lambda: str(uuid4()),
    )


def _own_invitation(door: queries.Door) -> queries.InvitationSeen | None:
    return queries.own_invitation(actor(), door.group.id) if door.way is Way.INVITED else None


def _has_seats(door: queries.Door, manages: bool) -> bool:
    return door.group.kind == GroupKind.STEERING_COMMITTEE and (door.reads or manages)


class _Roll:
    """Who is in a group, as its page lists them: members, guests, and those who were."""

    def __init__(self, everybody: Any, wanted: str) -> None:
        members = [row for row in everybody if row.current and row.guest_until is None]
        self.chairs = [row for row in members if row.is_chair]
        self.count = len(members)
        self.searchable = self.count > FEW
        self.members = [row for row in members if _matches(row, wanted)]
        self.guests = [row for row in everybody if row.current and row.guest_until is not None]
        self.former = [row for row in everybody if not row.current]


def _matches(row: Any, wanted: str) -> bool:
    text = f"{row.name} {organisation_name(row.organisation)}".casefold()
    return all(word in text for word in wanted.casefold().split())


@pages.form("/<uuid:group_id>/edit", permission=May.GROUPS_TAKE_PART)
def edit(group_id: UUID) -> ResponseReturnValue:
    """Change a group."""
    found = service.group_to_manage(actor(), group_id)
    form = Form(GroupChange(), found, choices=_offices(), version=found.version)

    def save(data: dict[str, Any]) -> "Group":
        return service.update_group(actor(), group_id, version=form.posted_version, **data)

    if form.accepts(save):
        return see_other("groups.group", group_id=group_id)
    crumbs = [to_groups(), to_group(found), Link(gettext("Change group"), "")]
    return form.render("network/groups/edit.html", crumbs=crumbs, group=found)


@pages.action("/<uuid:group_id>/archive", permission=May.GROUPS_TAKE_PART)
def archive(group_id: UUID) -> ResponseReturnValue:
    """Close a group."""
    service.archive_group(actor(), group_id)
    flash(gettext("The group is archived. What was written stays readable."))
    return see_other("groups.group", group_id=group_id)


@pages.action("/<uuid:group_id>/reopen", permission=May.GROUPS_TAKE_PART)
def reopen(group_id: UUID) -> ResponseReturnValue:
    """Open a closed group again."""
    service.reopen_group(actor(), group_id)
    flash(gettext("The group is active again: its members can write."))
    return see_other("groups.group", group_id=group_id)


def _offices() -> dict[str, list[tuple[str, str]]]:
    return {
        "office": [("", ""), *translated(OFFICE_LABELS).items()],
        "office_region": [("", gettext("All regions")), *_regions()],
    }


def _regions() -> list[tuple[str, str]]:
    return [(region, region_name(region)) for region in queries.regions()]
