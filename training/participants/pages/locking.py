"""Locking attendance: first what will be recorded, then for good."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from kernel.web import Form, actor, see_other
from kernel.web.languages import translated
from training.participants import listing, schemas, service
from training.participants.pages.blueprint import MANAGE, crumbs, pages
from training.participants.rules import GENDER_LABELS, Tally


@pages.form("/lock", permission=MANAGE)
def lock(workshop_id: UUID) -> ResponseReturnValue:
    """Show what locking records; lock when it is confirmed and still true."""
    summary = service.locking_summary(actor(), workshop_id)
    form = _form(summary)
    if form.accepts(
        lambda data: service.lock_attendance(
            actor(), workshop_id, version=form.posted_version, seen=Tally(**_counts(data))
        )
    ):
        flash(_done(summary.tally), "ok")
        return see_other("participants.index", workshop_id=workshop_id)
    outdated = form.conflict is not None
    if outdated:
        # Both versions are numbers to read, nothing was typed: show them as they are now.
        summary = service.locking_summary(actor(), workshop_id)
        form = _form(summary)
    page = form.render(
        "participants/lock.html",
        summary=summary,
        outdated=outdated,
        by_gender=listing.by_gender(summary.standings),
        genders=translated(GENDER_LABELS),
        crumbs=crumbs(workshop_id, summary.workshop.title, gettext("Lock attendance")),
    )
    return (page[0], 409) if outdated and isinstance(page, tuple) else page


def _form(summary: service.LockingSummary) -> Form:
    return Form(schemas.SeenTally(), asdict(summary.tally), version=summary.workshop.version)


def _counts(data: dict[str, Any]) -> dict[str, int]:
    return {name: count or 0 for name, count in data.items()}


def _done(tally: Tally) -> str:
    alumni = tally.earned + tally.took_part
    return str(
        ngettext(
            "Attendance is locked. %(num)s participation was recorded.",
            "Attendance is locked. %(num)s participations were recorded.",
            alumni,
        )
    )
