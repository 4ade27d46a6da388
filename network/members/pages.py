"""Pages of the members: directory with map, a member, its correction, and the import in two steps."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.identity.permissions import KernelPermission
from kernel.imports import ImportResult
from kernel.values import clock
from kernel.values.outcomes import Outcome
from kernel.values.paging import page_of
from kernel.web import Form, Pages, actor, attachment, render, see_other
from kernel.web.asking import asked_in_address
from kernel.web.downloads import CSV, XLSX
from kernel.web.formats import language_name
from kernel.web.imports import columns_form, kept_upload, positions, problems_of
from kernel.web.languages import translated
from kernel.web.menu import Link
from kernel.web.regions import region_name
from network.members import access, directory, queries, service
from network.members.rules import FLAG_LABELS, MEMBERSHIP_LABELS, step_label
from network.members.schemas import (
    ImportColumns,
    ImportUpload,
    MemberEdit,
    MemberListQuery,
    MembershipInput,
)
from network.people import service as people

SEE = KernelPermission.MEMBERS_SEE
MANAGE = KernelPermission.MEMBERS_MANAGE

pages = Pages("members", __name__, url_prefix="/network/members", section="network", known_to=SEE)


@pages.page("", permission=SEE)
def index() -> ResponseReturnValue:
    """The directory: filters, map, list."""
    asked = asked_in_address(MemberListQuery)
    found = queries.members(directory.wanted(asked))
    shown = page_of(found, asked["page"], asked["page_size"])
    return render(
        "network/members/index.html",
        shown=shown,
        asked=asked,
        query=_query(asked),
        regions=[(region, region_name(region)) for region in queries.regions()],
        flags=translated(FLAG_LABELS),
        memberships=translated(MEMBERSHIP_LABELS),
        world=directory.world(found),
        insets=directory.insets(found),
        name_of=directory.shown_name,
        region_of=region_name,
        can_manage=access.can_manage(actor()),
    )


@pages.page("/export.<any(csv, xlsx):kind>", permission=SEE)
def export(kind: str) -> ResponseReturnValue:
    """Exactly what the directory shows under the same filters, all pages of it."""
    content = directory.export(
        queries.members(directory.wanted(asked_in_address(MemberListQuery))), kind
    )
    words = gettext("members")
    name = f"{words}-{clock.now():%Y-%m-%d}.{kind}"
    return attachment(content, name, XLSX if kind == "xlsx" else CSV)


@pages.page("/<uuid:organisation_id>", permission=SEE)
def member(organisation_id: UUID) -> ResponseReturnValue:
    """One member: its facts and its people."""
    found = access.shown_member(actor(), queries.member(organisation_id))
    return render(
        "network/members/member.html",
        member=found,
        name=directory.shown_name(found),
        region=region_name(found.region),
        languages=[language_name(code) for code in found.languages],
        people=queries.people_of(organisation_id),
        seats=people.seats_listed(organisation_id),
        history=queries.history_of(organisation_id),
        memberships=translated(MEMBERSHIP_LABELS),
        step_word=lambda step: gettext(step_label(step.before, step.after)),
        can_manage=access.can_manage(actor()),
        can_admit=access.can_admit(actor(), organisation_id),
    )


@pages.form("/<uuid:organisation_id>/edit", permission=MANAGE)
def edit(organisation_id: UUID) -> ResponseReturnValue:
    """Correct a member's facts; saving confirms its name."""
    found = service.member_to_change(actor(), organisation_id)
    form = Form(
        MemberEdit(),
        {name: getattr(found, name) for name in MemberEdit().fields},
        version=found.version,
    )
    name = directory.shown_name(found)
    if form.accepts(
        lambda data: service.change_member(actor(), organisation_id, form.posted_version, data)
    ):
        flash(gettext("The member was saved."), "ok")
        return see_other("members.member", organisation_id=organisation_id)
    return form.render("network/members/edit.html", name=name, organisation_id=organisation_id)


@pages.form("/<uuid:organisation_id>/membership", permission=MANAGE)
def membership(organisation_id: UUID) -> ResponseReturnValue:
    """Take a membership a step further, with its reason."""
    found = service.member_to_change(actor(), organisation_id)
    steps = service.next_steps(found)
    form = Form(
        MembershipInput(),
        choices={"membership": [(step, gettext(MEMBERSHIP_LABELS[step])) for step in steps]},
        version=found.version,
    )
    name, now = directory.shown_name(found), gettext(MEMBERSHIP_LABELS[found.membership])

    def change(data: Mapping[str, Any]) -> None:
        service.change_membership(actor(), organisation_id, form.posted_version, **data)

    if form.accepts(change):
        flash(gettext("The membership was changed."), "ok")
        return see_other("members.member", organisation_id=organisation_id)
    return form.render(
        "network/members/membership.html",
        name=name,
        organisation_id=organisation_id,
        now=now,
        steps=steps,
        is_applicant=found.membership == "applied",
        has_left=found.membership == "left",
    )


@pages.form("/import", permission=MANAGE)
def upload() -> ResponseReturnValue:
    """First step of an import: choose the file."""
    form = Form(ImportUpload())
    import_id = kept_upload(form, partial(service.imports.keep_upload, actor()))
    if import_id is not None:
        return see_other("members.check", import_id=import_id)
    return form.render(
        "imports/upload.html",
        title=gettext("Import members"),
        crumbs=_import_crumbs(),
        about=gettext(
            "Each row is one election management body, known by the code of its country: importing a"
            " file again brings members up to date and never doubles them. You see what would happen"
            " before anything is changed."
        ),
        back=url_for("members.index"),
    )


@pages.form("/import/<uuid:import_id>", permission=MANAGE)
def check(import_id: UUID) -> ResponseReturnValue:
    """Second step: match the columns, see what would happen or what is wrong."""
    preview = service.imports.preview(actor(), import_id)
    form = columns_form(ImportColumns(), preview.table, preview.mapping)
    if form.accepts(
        lambda data: service.imports.match_columns(actor(), import_id, positions(data))
    ):
        return see_other("members.check", import_id=import_id)
    return form.render(
        "network/members/check.html",
        crumbs=_import_crumbs(gettext("Check")),
        report=preview.report,
        problems=problems_of(preview.report),
        steps=preview.steps,
        counts={outcome.value: preview.count(outcome) for outcome in Outcome},
        field_labels={view.name: view.label for view in form.fields},
        confirm_url=url_for("members.confirm", import_id=import_id),
        upload_url=url_for("members.upload"),
    )


@pages.action("/import/<uuid:import_id>/confirm", permission=MANAGE)
def confirm(import_id: UUID) -> ResponseReturnValue:
    """Last step: import the file, all of it."""
    result = service.imports.confirm(actor(), import_id)
    flash(_told(result), "ok")
    return see_other("members.index")


def _told(result: ImportResult) -> str:
    parts = [
        ngettext("%(num)s member added.", "%(num)s members added.", result.created),
        ngettext("%(num)s member changed.", "%(num)s members changed.", result.updated),
        ngettext(
            "%(num)s member was the same already.",
            "%(num)s members were the same already.",
            result.unchanged,
        ),
    ]
    return " ".join(parts)


def _import_crumbs(*last: str) -> list[Link]:
    """The way to a step of the import."""
    above = [Link(gettext("Members"), url_for("members.index"))]
    above += [Link(gettext("Import members"), url_for("members.upload") if last else "")]
    return [*above, *(Link(label, "") for label in last)]


def _query(asked: Mapping[str, Any]) -> dict[str, str]:
    """What differs from the whole directory, as it stands in addresses, for links that keep it."""
    schema = MemberListQuery()
    usual = schema.form_values(schema.load({}))
    values = schema.form_values(asked)
    return {
        name: str(value)
        for name, value in values.items()
        if name != "page" and value != usual[name]
    }
