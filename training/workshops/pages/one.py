"""The pages of one workshop: its facts and agenda, its edit, and the import of its agenda."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.imports import ImportResult
from kernel.values.countries import today_in
from kernel.values.outcomes import Outcome
from kernel.web import Form, Pages, actor, render, see_other
from kernel.web.imports import columns_form, kept_upload, positions, problems_of
from kernel.web.menu import Link
from training.certificates.queries import certificates_to_issue
from training.participants.queries import Standing, registered_at
from training.permissions import TrainingPermission
from training.workshops import access, listing, queries, schemas, service
from training.workshops.queries import ListedWorkshop, Session
from training.workshops.rules import WorkshopState, has_ended, next_step

SEE: Final = TrainingPermission.WORKSHOPS_SEE
MANAGE: Final = TrainingPermission.WORKSHOPS_MANAGE

one_workshop = Pages(
    "workshop",
    "training.workshops",
    url_prefix="/training/workshops/<uuid:workshop_id>",
    section="training",
    known_to=SEE,
)


@one_workshop.page("", permission=SEE)
def overview(workshop_id: UUID) -> ResponseReturnValue:
    """A workshop: its facts, its agenda, and for an officer what to do next. No participant is named."""
    workshop = queries.listed_workshop(workshop_id)
    sessions = queries.sessions_of(workshop_id)
    scheduled = sum(session.scheduled_minutes for session in sessions)
    can_manage = access.can_manage(actor())
    registered = registered_at(workshop_id) if can_manage else None
    return render(
        "workshops/overview.html",
        workshop=workshop,
        sessions=sessions,
        scheduled=scheduled,
        needed=Standing(0, scheduled, workshop.threshold).needed,
        registered=registered,
        next_step=_advice(workshop, sessions, registered),
        can_manage=can_manage,
        region=listing.region_words(workshop.region),
        state=listing.state_words(workshop.state),
        threshold=listing.share_words(workshop.threshold),
        crumbs=listing.crumbs(workshop.title),
    )


@one_workshop.form("/edit", permission=MANAGE)
def edit(workshop_id: UUID) -> ResponseReturnValue:
    """Correct what is known of a workshop."""
    workshop = service.workshop_for_edit(actor(), workshop_id)
    form = Form(
        schemas.WorkshopEdit(),
        service.facts_of(workshop),
        choices={"region": listing.region_choices(workshop.region)},
        version=workshop.version,
    )
    if form.accepts(
        lambda data: service.edit_workshop(
            actor(), workshop_id, version=form.posted_version, **data
        )
    ):
        flash(gettext("The workshop was saved."), "ok")
        return see_other("workshop.overview", workshop_id=workshop_id)
    return form.render(
        "workshops/form.html",
        title=gettext("Edit workshop"),
        submit=gettext("Save"),
        draft=f"workshop-{workshop_id}",
        back=url_for("workshop.overview", workshop_id=workshop_id),
        crumbs=_crumbs(workshop_id, workshop.title, gettext("Edit workshop")),
    )


@one_workshop.form("/agenda/import", permission=MANAGE)
def upload_agenda(workshop_id: UUID) -> ResponseReturnValue:
    """First step of importing the agenda: choose the file."""
    workshop = service.workshop_for_edit(actor(), workshop_id)
    form = Form(schemas.AgendaUpload())
    keep = partial(service.agenda_imports.keep_upload, actor(), subject_id=workshop_id)
    import_id = kept_upload(form, keep)
    if import_id is not None:
        return see_other(
            "workshop.check_agenda", workshop_id=workshop_id, agenda_import_id=import_id
        )
    return form.render(
        "imports/upload.html",
        title=gettext("Import the agenda"),
        about=gettext(
            "Each row is one session, known by its code. The file is the whole agenda: importing it again"
            " brings sessions up to date, and a session it leaves out is taken off unless attendance is"
            " on record for it. The day of the workshop itself is not changed."
        ),
        back=url_for("workshop.overview", workshop_id=workshop_id),
        crumbs=_crumbs(workshop_id, workshop.title, gettext("Import the agenda")),
    )


@one_workshop.form("/agenda/import/<uuid:agenda_import_id>", permission=MANAGE)
def check_agenda(workshop_id: UUID, agenda_import_id: UUID) -> ResponseReturnValue:
    """Second step: match the columns, see what would happen or what is wrong."""
    imports = service.agenda_imports
    preview = imports.preview(actor(), agenda_import_id, subject_id=workshop_id)
    ids: dict[str, Any] = {
        "workshop_id": workshop_id,
        "agenda_import_id": agenda_import_id,
    }
    form = columns_form(schemas.AgendaColumns(), preview.table, preview.mapping)
    if form.accepts(
        lambda data: imports.match_columns(
            actor(), agenda_import_id, positions(data), subject_id=workshop_id
        )
    ):
        return see_other("workshop.check_agenda", **ids)
    workshop = queries.workshop_of(workshop_id)
    return form.render(
        "workshops/check_agenda.html",
        crumbs=_crumbs(workshop_id, workshop.title, gettext("Check the import")),
        report=preview.report,
        problems=problems_of(preview.report),
        rows={row.number: row.data for row in preview.report.rows},
        steps=preview.steps,
        counts={outcome.value: preview.count(outcome) for outcome in Outcome},
        labels={view.name: view.label for view in form.fields}
        | {"position": gettext("Place in the agenda")},
        confirm_url=url_for("workshop.confirm_agenda", **ids),
        upload_url=url_for("workshop.upload_agenda", workshop_id=workshop_id),
    )


@one_workshop.action("/agenda/import/<uuid:agenda_import_id>/confirm", permission=MANAGE)
def confirm_agenda(workshop_id: UUID, agenda_import_id: UUID) -> ResponseReturnValue:
    """Last step: import the agenda, all of it."""
    result = service.agenda_imports.confirm(actor(), agenda_import_id, subject_id=workshop_id)
    flash(_told(result), "ok")
    return see_other("workshop.overview", workshop_id=workshop_id)


def _advice(
    workshop: ListedWorkshop, sessions: Sequence[Session], registered: int | None
) -> listing.Advice | None:
    """What an officer does next; nothing for those who only look, or with a workshop that was cancelled."""
    if registered is None or workshop.state == WorkshopState.CANCELLED:
        return None
    step = next_step(
        sessions=len(sessions),
        participants=registered,
        ended=has_ended([each.held_on for each in sessions], today_in(workshop.country)),
        locked=workshop.locked,
        issued=not certificates_to_issue(1, workshop.id),
    )
    return listing.advice(step, workshop.id) if step else None


def _crumbs(workshop_id: UUID, title: str, *last: str) -> list[Link]:
    """The way to a page below that of the workshop."""
    above = listing.crumbs(title)
    above[-1] = Link(title, url_for("workshop.overview", workshop_id=workshop_id))
    return [*above, *(Link(label, "") for label in last)]


def _told(result: ImportResult) -> str:
    return " ".join(
        (
            ngettext("%(num)s session added.", "%(num)s sessions added.", result.created),
            ngettext("%(num)s session changed.", "%(num)s sessions changed.", result.updated),
            ngettext(
                "%(num)s session was the same already.",
                "%(num)s sessions were the same already.",
                result.unchanged,
            ),
        )
    )
