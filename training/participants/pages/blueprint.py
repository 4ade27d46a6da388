"""What the pages of participants have in common."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from kernel.web import Form, Pages
from kernel.web.menu import Link
from training.permissions import TrainingPermission

MANAGE: Final = TrainingPermission.WORKSHOPS_MANAGE

pages = Pages(
    "participants",
    "training.participants",
    url_prefix="/training/workshops/<uuid:workshop_id>/participants",
    section="training",
    known_to=MANAGE,
)


def asks_reason(form: Form) -> Form:
    """A form whose reason is not said to be optional: the service asks for it once attendance is locked."""
    form.fields = [
        replace(each, required=each.required or each.name == "reason") for each in form.fields
    ]
    return form


def crumbs(workshop_id: UUID, title: str, *last: str) -> list[Link]:
    """The way to the list of participants of a workshop, or to a page below it."""
    above = [
        Link(gettext("Workshops"), url_for("workshops.index")),
        Link(title, url_for("workshop.overview", workshop_id=workshop_id)),
        Link(
            gettext("Participants"),
            url_for("participants.index", workshop_id=workshop_id) if last else "",
        ),
    ]
    return [*above, *(Link(label, "") for label in last)]
