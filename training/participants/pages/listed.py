"""The list of participants, its spreadsheet, and somebody added by hand."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.fields import Country
from kernel.values import clock
from kernel.values.paging import page_of
from kernel.web import Form, actor, attachment, render, see_other
from kernel.web.asking import asked_in_address
from kernel.web.downloads import CSV, XLSX
from kernel.web.languages import translated
from kernel.web.routes import addresses
from training.participants import listing, queries, schemas, service
from training.participants.pages.blueprint import MANAGE, asks_reason, crumbs, pages
from training.participants.rules import GENDER_LABELS, RESULT_LABELS


@pages.page("", permission=MANAGE)
def index(workshop_id: UUID) -> ResponseReturnValue:
    """Who was registered and what her attendance amounts to, narrowed by what stands in the address."""
    workshop = queries.attendances_of(workshop_id)
    everybody = queries.standings_in(workshop)
    asked = asked_in_address(schemas.ParticipantListQuery)
    found = listing.narrowed(everybody, asked)
    shown = page_of(found, asked["page"], listing.PAGE_SIZE)
    query = _query(asked)
    return render(
        "participants/index.html",
        workshop=workshop,
        shown=shown,
        query=query,
        registered=len(everybody),
        by_gender=listing.by_gender(found),
        genders=translated(GENDER_LABELS),
        results=translated(RESULT_LABELS),
        countries=listing.country_words(everybody),
        address=addresses("participants.person", "participant_id", workshop_id=workshop_id),
        narrower=lambda **more: f"?{urlencode({**query, **more})}",
        crumbs=crumbs(workshop_id, workshop.title),
    )


@pages.page("/export.<any(csv, xlsx):kind>", permission=MANAGE)
def export(workshop_id: UUID, kind: str) -> ResponseReturnValue:
    """Exactly whom the list shows under the same filters, all pages of it, with minutes per session."""
    found = listing.narrowed(
        queries.standings_of(workshop_id), asked_in_address(schemas.ParticipantListQuery)
    )
    minutes = {
        participant_id: {id: row.minutes for id, row in rows.items()}
        for participant_id, rows in queries.minutes_by_participant(workshop_id).items()
    }
    content = listing.export(found, queries.agenda_of(workshop_id), minutes, kind)
    words = gettext("participants")
    name = f"{words}-{clock.now():%Y-%m-%d}.{kind}"
    return attachment(content, name, XLSX if kind == "xlsx" else CSV)


@pages.form("/add", permission=MANAGE)
def add(workshop_id: UUID) -> ResponseReturnValue:
    """Register somebody by hand; her own page asks for the minutes she attended."""
    workshop = queries.attendances_of(workshop_id)
    locked = workshop.locked_at is not None
    form = asks_reason(
        Form(
            schemas.participant_form(locked=locked),
            {"gender": "not_declared"},
            choices={"country": [("", ""), *Country().form_choices()]},
        )
    )
    added = form.outcome_of(lambda data: service.add_participant(actor(), workshop_id, **data))
    if added is not None:
        flash(gettext("The participant was added. Enter the minutes attended on the page."), "ok")
        return see_other("participants.person", workshop_id=workshop_id, participant_id=added.id)
    return form.render(
        "participants/add.html",
        workshop_id=workshop_id,
        locked=locked,
        crumbs=crumbs(workshop_id, workshop.title, gettext("Add a participant")),
    )


def _query(asked: Mapping[str, Any]) -> dict[str, str]:
    """The filters that are set, as they stand in addresses."""
    values = schemas.ParticipantQuery().form_values(asked)
    return {name: str(value) for name, value in values.items() if value}
