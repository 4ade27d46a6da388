"""Pages of alumni: one's own record, and the list for those who look after alumni."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import ValidationError

from kernel.errors import Invalid
from kernel.questions.credentials import Purpose
from kernel.values import clock
from kernel.values.paging import pages_of
from kernel.web import SIGNED_IN, Form, Pages, actor, attachment, render, see_other
from kernel.web.asking import asked_in_address
from kernel.web.downloads import CSV, XLSX
from kernel.web.formats import country, partial_day
from kernel.web.languages import translated
from training.alumni import export, queries, service
from training.alumni.queries import PAGE_SIZE, AlumniFilter
from training.alumni.schemas import AlumniListQuery, AvailabilitySchema, ConsentSchema
from training.alumni.words import (
    ALLOWED,
    CERTIFICATES,
    GENDER_OF_ONE,
    GENDERS,
    PURPOSES,
    STATES,
)
from training.certificates.queries import certificates_of_person
from training.permissions import TrainingPermission
from training.workshops.queries import list_workshops

SEE = TrainingPermission.ALUMNI_SEE

pages = Pages("alumni", __name__, url_prefix="/training/alumni", section="training", known_to=SEE)
mine = Pages("my_record", __name__, url_prefix="/training/alumni/me", section="training")


@pages.page("", permission=SEE)
def index() -> ResponseReturnValue:
    """The alumni, narrowed and one page at a time, with everybody found counted by gender."""
    asked = asked_in_address(AlumniListQuery)
    wanted = _wanted(asked)
    found, total = queries.alumni(wanted, asked["page"])
    last = pages_of(total, PAGE_SIZE)
    query = _query(asked)
    return render(
        "alumni/index.html",
        found=found,
        total=total,
        asked=asked,
        query=query,
        genders=_by_gender(wanted),
        workshops=_workshop_choices(),
        countries=sorted(
            ((code, country(code)) for code in queries.countries_of_alumni()),
            key=lambda choice: choice[1],
        ),
        words={
            "state": translated(STATES),
            "gender": translated(GENDER_OF_ONE),
            "allows": translated(ALLOWED),
        },
        pages=last,
        previous=_address(query, asked["page"] - 1) if asked["page"] > 1 else "",
        next=_address(query, asked["page"] + 1) if asked["page"] < last else "",
    )


@pages.page("/export.<any(csv, xlsx):kind>", permission=SEE)
def save(kind: str) -> ResponseReturnValue:
    """Exactly the alumni that the list shows under the same filters, all pages of it."""
    content = export.alumni(queries.all_alumni(_wanted(asked_in_address(AlumniListQuery))), kind)
    words = gettext("alumni")
    name = f"{words}-{clock.now():%Y-%m-%d}.{kind}"
    return attachment(content, name, XLSX if kind == "xlsx" else CSV)


@mine.form("", permission=SIGNED_IN)
def record() -> ResponseReturnValue:
    """One's own record, with a form for days on which one could go."""
    form = Form(AvailabilitySchema())
    if form.accepts(lambda data: service.add_availability(actor(), **data)):
        flash(gettext("The days were added to your availability."), "ok")
        return see_other("my_record.record")
    found = service.my_record(actor())
    return form.render(
        "alumni/me.html",
        found=found,
        certificates=certificates_of_person(actor().person_id),
        certificate_states=translated(CERTIFICATES),
        purposes=PURPOSES,
        states=translated(STATES),
        may_list=actor().can(SEE),
    )


@mine.action("/confirm", permission=SIGNED_IN)
def confirm() -> ResponseReturnValue:
    """Say that the record is one's own."""
    service.confirm_record(actor())
    flash(gettext("Thank you. Your record is confirmed."), "ok")
    return see_other("my_record.record")


@mine.action("/availability/<uuid:availability_id>/remove", permission=SIGNED_IN)
def remove_availability(availability_id: UUID) -> ResponseReturnValue:
    """Take back days one stated."""
    service.remove_availability(actor(), availability_id)
    flash(gettext("The days were taken back."), "ok")
    return see_other("my_record.record")


@mine.action("/consent", permission=SIGNED_IN)
def consent() -> ResponseReturnValue:
    """Allow a purpose, or withdraw that."""
    try:
        data = ConsentSchema().load_form(request.form)
    except ValidationError as error:
        raise Invalid(error.messages_dict) from error
    service.set_consent(actor(), purpose=Purpose(data["purpose"]), given=data["given"])
    flash(_told_consent(data["given"]), "ok")
    return see_other("my_record.record")


def _told_consent(given: bool) -> str:
    if given:
        return str(gettext("You can now be found. You may withdraw this at any time."))
    return str(gettext("You withdrew your consent: you are no longer found."))


def _by_gender(wanted: AlumniFilter) -> list[tuple[str, int]]:
    """Every gender with its count, also where it is nobody, in a fixed order."""
    counted = {each.gender: each.people for each in queries.genders_of(wanted)}
    return [(gettext(label), counted.get(gender, 0)) for gender, label in GENDERS.items()]


def _workshop_choices() -> list[tuple[UUID, str]]:
    return [
        (workshop.id, f"{workshop.programme} {partial_day(workshop.held)}: {workshop.title}")
        for workshop in list_workshops()
    ]


def _wanted(asked: Mapping[str, Any]) -> AlumniFilter:
    return AlumniFilter(
        text=asked["q"] or "", workshop_id=asked["workshop_id"], country=asked["country"]
    )


def _query(asked: Mapping[str, Any]) -> dict[str, str]:
    """The filters that are set, as they stand in addresses."""
    return {name: str(value) for name, value in asked.items() if value and name != "page"}


def _address(query: Mapping[str, str], page: int) -> str:
    values: dict[str, Any] = {**query, "page": page}
    return url_for("alumni.index", **values)
