"""The list of workshops, a new one, and the import of a file of them."""

from functools import partial
from typing import Any, Final
from uuid import UUID

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.fields import Country
from kernel.imports import ImportResult
from kernel.values import clock
from kernel.values.outcomes import Outcome
from kernel.web import Form, Pages, actor, attachment, render, see_other
from kernel.web.asking import asked_in_address
from kernel.web.downloads import CSV, XLSX
from kernel.web.imports import columns_form, kept_upload, positions, problems_of
from kernel.web.regions import region_name
from training.permissions import TrainingPermission
from training.workshops import access, listing, queries, schemas, service
from training.workshops.queries import WHOLE_NETWORK, WorkshopFilter
from training.workshops.rules import DEFAULT_THRESHOLD, WorkshopState

SEE: Final = TrainingPermission.WORKSHOPS_SEE
MANAGE: Final = TrainingPermission.WORKSHOPS_MANAGE

pages = Pages(
    "workshops",
    "training.workshops",
    url_prefix="/training/workshops",
    section="training",
    known_to=SEE,
)


@pages.page("", permission=SEE)
def index() -> ResponseReturnValue:
    """The workshops of the network, filtered by what stands in the address."""
    wanted = _wanted()
    choices = queries.filter_choices()
    regions = [(region, region_name(region)) for region in choices.regions]
    if choices.whole_network:
        regions.append((WHOLE_NETWORK, listing.region_words(None)))
    return render(
        "workshops/index.html",
        workshops=queries.list_workshops(wanted),
        wanted=wanted,
        query=_in_address(wanted),
        programmes=[(code, code) for code in choices.programmes],
        regions=regions,
        years=[(year, year) for year in choices.years],
        can_manage=access.can_manage(actor()),
        region_words=listing.region_words,
        state_words=listing.state_words,
    )


@pages.page("/export.<any(csv, xlsx):kind>", permission=SEE)
def export(kind: str) -> ResponseReturnValue:
    """Exactly what the list shows under the same filters."""
    content = listing.export(queries.list_workshops(_wanted()), kind)
    words = gettext("workshops")
    name = f"{words}-{clock.now():%Y-%m-%d}.{kind}"
    return attachment(content, name, XLSX if kind == "xlsx" else CSV)


@pages.form("/new", permission=MANAGE)
def new() -> ResponseReturnValue:
    """Write down a workshop by hand."""
    form = Form(
        schemas.NewWorkshop(),
        {"state": WorkshopState.DRAFT, "threshold": DEFAULT_THRESHOLD},
        choices={
            "region": listing.region_choices(),
            "country": [("", ""), *Country().form_choices()],
        },
    )
    made = form.outcome_of(lambda data: service.create_workshop(actor(), **data))
    if made is not None:
        flash(gettext("The workshop was added."), "ok")
        return see_other("workshop.overview", workshop_id=made.id)
    return form.render(
        "workshops/form.html",
        title=gettext("New workshop"),
        submit=gettext("Add the workshop"),
        draft="workshop-new",
        back=url_for("workshops.index"),
        crumbs=listing.crumbs(gettext("New workshop")),
    )


@pages.form("/import", permission=MANAGE)
def upload() -> ResponseReturnValue:
    """First step of an import: choose the file."""
    form = Form(schemas.EventsUpload())
    import_id = kept_upload(form, partial(service.event_imports.keep_upload, actor()))
    if import_id is not None:
        return see_other("workshops.check", events_import_id=import_id)
    return form.render(
        "imports/upload.html",
        title=gettext("Import workshops"),
        crumbs=listing.crumbs(gettext("Import workshops")),
        about=gettext(
            "Each row is one workshop, known by its programme, its title and its month: importing a"
            " file again brings workshops up to date and never doubles them. You see what would happen"
            " before anything is changed."
        ),
        back=url_for("workshops.index"),
    )


@pages.form("/import/<uuid:events_import_id>", permission=MANAGE)
def check(events_import_id: UUID) -> ResponseReturnValue:
    """Second step: match the columns, see what would happen or what is wrong."""
    imports = service.event_imports
    preview = imports.preview(actor(), events_import_id)
    form = columns_form(schemas.EventColumns(), preview.table, preview.mapping)
    if form.accepts(lambda data: imports.match_columns(actor(), events_import_id, positions(data))):
        return see_other("workshops.check", events_import_id=events_import_id)
    return form.render(
        "workshops/check.html",
        crumbs=listing.crumbs(gettext("Check the import")),
        report=preview.report,
        problems=problems_of(preview.report),
        steps=preview.steps,
        counts={outcome.value: preview.count(outcome) for outcome in Outcome},
        rows={row.number: row.data for row in preview.report.rows},
        region_of=listing.region_as_written,
        region_words=listing.region_words,
        labels={view.name: view.label for view in form.fields} | {"day": gettext("Day")},
        confirm_url=url_for("workshops.confirm", events_import_id=events_import_id),
        upload_url=url_for("workshops.upload"),
    )


@pages.action("/import/<uuid:events_import_id>/confirm", permission=MANAGE)
def confirm(events_import_id: UUID) -> ResponseReturnValue:
    """Last step: import the file, all of it."""
    flash(_told(service.event_imports.confirm(actor(), events_import_id)), "ok")
    return see_other("workshops.index")


def _wanted() -> WorkshopFilter:
    """The filters in the address; what cannot be understood is left out, as if not asked."""
    return WorkshopFilter(**asked_in_address(schemas.WorkshopFilterSchema))


def _in_address(wanted: WorkshopFilter) -> dict[str, Any]:
    return {name: value for name, value in vars(wanted).items() if value}


def _told(result: ImportResult) -> str:
    return " ".join(
        (
            ngettext("%(num)s workshop added.", "%(num)s workshops added.", result.created),
            ngettext("%(num)s workshop changed.", "%(num)s workshops changed.", result.updated),
            ngettext(
                "%(num)s workshop was the same already.",
                "%(num)s workshops were the same already.",
                result.unchanged,
            ),
        )
    )
