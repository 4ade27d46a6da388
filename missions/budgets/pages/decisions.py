"""What becomes of a version: one button each, and a form where a reason is asked."""

from collections.abc import Callable
from uuid import UUID

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.questions import Subject
from kernel.web import Form, actor
from kernel.web.forms import posted_version
from missions.budgets import service
from missions.budgets.pages.blueprint import (
    APPROVE,
    EDIT,
    back,
    form_page,
    of_mission,
    opened,
    pages,
)
from missions.budgets.pages.sheet import start_page
from missions.budgets.schemas import BudgetReturnSchema, BudgetStartSchema


@pages.action("/start", permission=EDIT)
def start(mission_id: UUID) -> ResponseReturnValue:
    """Start the budget of a subject."""
    subject = of_mission(mission_id)
    form = Form(BudgetStartSchema())
    if form.accepts(lambda data: service.start(actor(), subject, **data)):
        return back(subject)
    return start_page(subject, form)


@pages.action("/versions/<int:number>/submit", permission=EDIT)
def submit(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Hand the draft to the approvers."""
    done = gettext("The budget was submitted. Approvers have been told by mail.")
    return _move(of_mission(mission_id), number, service.submit, done)


@pages.action("/versions/<int:number>/rework", permission=EDIT)
def rework(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Make a draft again of what was returned."""
    return _move(of_mission(mission_id), number, service.rework, gettext("You can edit again."))


@pages.action("/versions/<int:number>/approve", permission=APPROVE)
def approve(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Approve what somebody else submitted."""
    done = gettext("The budget was approved. Its author has been told by mail.")
    return _move(of_mission(mission_id), number, service.approve, done)


@pages.form("/versions/<int:number>/return", permission=APPROVE)
def send_back(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Return what was submitted, with a reason."""
    sheet = opened(mission_id, number)
    form = Form(BudgetReturnSchema(), version=sheet.version.lock)
    if form.accepts(
        lambda data: service.send_back(
            actor(), sheet.subject, number, lock=form.posted_version, **data
        )
    ):
        flash(gettext("The budget was returned. Its author has been told by mail."), "ok")
        return back(sheet.subject)
    return form_page(form, sheet, gettext("Return the budget"), gettext("Return to author"))


@pages.action("/versions/<int:number>/revise", permission=EDIT)
def revise(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Open a revision of the approved version."""
    done = gettext("This is the draft of a revision. The approved version stays in force.")
    return _move(of_mission(mission_id), number, service.revise, done)


@pages.action("/versions/<int:number>/close", permission=APPROVE)
def close(mission_id: UUID, number: int) -> ResponseReturnValue:
    """Close an approved budget."""
    done = gettext("The budget was closed.")
    return _move(of_mission(mission_id), number, service.close, done)


def _move(
    subject: Subject, number: int, verb: Callable[..., object], done: str
) -> ResponseReturnValue:
    """Do what a button says, on the version that was read; what is refused stands on a page."""
    verb(actor(), subject, number, lock=posted_version())
    flash(done, "ok")
    return back(subject)
