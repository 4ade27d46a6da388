"""Importing a file of participants in two steps, with rows left out on purpose."""

from functools import partial
from typing import Any, Final
from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.imports import ImportResult
from kernel.values.outcomes import Outcome
from kernel.web import Form, actor, see_other
from kernel.web.imports import columns_form, kept_upload, positions, problems_of
from training.participants import schemas, service
from training.participants.importing import columns_schema
from training.participants.pages.blueprint import MANAGE, crumbs, pages

LONGEST: Final = 5
"""Digits of the number of a row."""


@pages.form("/import", permission=MANAGE)
def upload(workshop_id: UUID) -> ResponseReturnValue:
    """First step: choose the file."""
    workshop = service.workshop_to_fill(actor(), workshop_id)
    form = Form(schemas.ParticipantsUpload())
    import_id = kept_upload(form, partial(service.keep_upload, actor(), workshop_id))
    if import_id is not None:
        return see_other(
            "participants.check", workshop_id=workshop_id, participants_import_id=import_id
        )
    return form.render(
        "imports/upload.html",
        title=gettext("Import participants"),
        about=gettext(
            "Each row is one person, known by the mail address, with the minutes attended of each session:"
            " importing a file again brings people up to date and never doubles them. You see"
            " what would happen before anything is changed."
        ),
        back=url_for("participants.index", workshop_id=workshop_id),
        crumbs=crumbs(workshop_id, workshop.title, gettext("Import participants")),
    )


@pages.form("/import/<uuid:participants_import_id>", permission=MANAGE)
def check(workshop_id: UUID, participants_import_id: UUID) -> ResponseReturnValue:
    """Second step: match the columns, leave out rows, see what would happen or what is wrong."""
    left_out = _rows(request.args.getlist("left_out"))
    preview = service.preview(actor(), workshop_id, participants_import_id, left_out)
    ids: dict[str, Any] = {
        "workshop_id": workshop_id,
        "participants_import_id": participants_import_id,
    }
    form = columns_form(columns_schema(preview.agenda), preview.table, preview.mapping)
    if form.accepts(
        lambda data: service.match_columns(
            actor(), workshop_id, participants_import_id, positions(data)
        )
    ):
        return see_other("participants.check", **ids)
    workshop = service.workshop_to_fill(actor(), workshop_id)
    return form.render(
        "participants/check.html",
        crumbs=crumbs(workshop_id, workshop.title, gettext("Check the import")),
        report=preview.report,
        problems=problems_of(preview.report),
        left_out=preview.left_out,
        left_out_rows=sorted(left_out),
        steps=preview.steps,
        counts={outcome.value: preview.count(outcome) for outcome in Outcome},
        labels={view.name: view.label for view in form.fields},
        check_url=url_for("participants.check", **ids),
        confirm_url=url_for("participants.confirm", **ids),
        upload_url=url_for("participants.upload", workshop_id=workshop_id),
    )


@pages.action("/import/<uuid:participants_import_id>/confirm", permission=MANAGE)
def confirm(workshop_id: UUID, participants_import_id: UUID) -> ResponseReturnValue:
    """Last step: import every row that is not left out."""
    left_out = _rows(request.form.getlist("left_out"))
    result = service.confirm(actor(), workshop_id, participants_import_id, left_out)
    flash(_told(result), "ok")
    return see_other("participants.index", workshop_id=workshop_id)


def _rows(texts: list[str]) -> frozenset[int]:
    """The numbers of rows; what is no number names none."""
    return frozenset(
        int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= LONGEST
    )


def _told(result: ImportResult) -> str:
    return " ".join(
        (
            ngettext("%(num)s participant added.", "%(num)s participants added.", result.created),
            ngettext(
                "%(num)s participant changed.", "%(num)s participants changed.", result.updated
            ),
            ngettext(
                "%(num)s participant was the same already.",
                "%(num)s participants were the same already.",
                result.unchanged,
            ),
        )
    )
