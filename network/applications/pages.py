"""The pages of applications: writing one from outside, and the secretariat's list, entry and decision."""

from typing import Final
from uuid import UUID

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.fields import Country
from kernel.identity.permissions import KernelPermission
from kernel.web import PUBLIC, Form, Pages, actor, render, see_other
from kernel.web.asking import asked_in_address
from kernel.web.languages import language, translated
from network.applications import schemas, service
from network.applications.receiving import receive
from network.applications.rules import KIND_LABELS, STATE_LABELS, STEP_LABELS, Letter

MANAGE: Final = KernelPermission.MEMBERS_MANAGE

pages = Pages(
    "membership_applications",
    __name__,
    url_prefix="/network/applications",
    section="network",
    known_to=MANAGE,
)
apply_pages = Pages("membership_apply", __name__, url_prefix="/apply")


@apply_pages.form("", permission=PUBLIC)
def apply() -> ResponseReturnValue:
    """An organisation applies. The answer is the same whatever the network knows of it."""
    form = _letter_form()

    if form.accepts(receive):
        return see_other("membership_apply.received")
    return form.render("network/applications/apply.html")


@apply_pages.page("/received", permission=PUBLIC)
def received() -> ResponseReturnValue:
    """What happens now."""
    return render("network/applications/received.html")


@pages.page("", permission=MANAGE)
def index() -> ResponseReturnValue:
    """The applications, those that wait first."""
    asked = asked_in_address(schemas.ApplicationQuery)
    state = asked["state"]
    shown = service.listed(actor(), state, asked["page"])

    def at(number: int) -> str:
        return url_for("membership_applications.index", state=state, page=number)

    return render(
        "network/applications/index.html",
        shown=shown,
        state=state or "",
        states=translated(STATE_LABELS),
        kinds=translated(KIND_LABELS),
        apply_url=url_for("membership_apply.apply", _external=True),
        previous=at(shown.page - 1) if shown.page > 1 else "",
        next=at(shown.page + 1) if shown.page < shown.pages else "",
    )


@pages.form("/enter", permission=MANAGE)
def enter() -> ResponseReturnValue:
    """Enter an application that came on paper or by mail."""
    form = _letter_form()
    kept = form.outcome_of(
        lambda data: service.enter(actor(), Letter(**data, language=language())).id
    )
    if kept is not None:
        flash(gettext("The application was entered."), "ok")
        return see_other("membership_applications.application", membership_application_id=kept)
    return form.render("network/applications/enter.html")


@pages.form("/<uuid:membership_application_id>", permission=MANAGE)
def application(membership_application_id: UUID) -> ResponseReturnValue:
    """One application with its history, and taking it a step further."""
    found, history = service.application_of(actor(), membership_application_id)
    steps = service.next_steps(found)
    form = Form(
        schemas.ApplicationStepInput(),
        {"tell": found.contact_address is not None},
        choices={"step": [(step.value, gettext(STEP_LABELS[step])) for step in steps]},
        version=found.version,
    )
    seen = {
        "name": found.name,
        "facts": found,
        "history": history,
        "steps": steps,
        "states": translated(STATE_LABELS),
        "kinds": translated(KIND_LABELS),
    }
    if form.accepts(
        lambda data: service.take_step(
            actor(), membership_application_id, version=form.posted_version, **data
        )
    ):
        flash(gettext("The application was taken a step further."), "ok")
        return see_other(
            "membership_applications.application",
            membership_application_id=membership_application_id,
        )
    return form.render("network/applications/application.html", **seen)


def _letter_form() -> Form:
    """The form of an application; its list of countries begins with none."""
    countries = [("", gettext("No country")), *Country().form_choices()]
    return Form(schemas.ApplicationInput(), choices={"country": countries})
