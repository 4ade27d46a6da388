"""The pages of those who run workshops: who earned one, a run and its progress, one certificate."""

from typing import Any, Final
from uuid import UUID

from flask import flash, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from kernel.web import Form, Pages, actor, render, see_other
from kernel.web.menu import Link
from training.certificates import schemas, service, words
from training.certificates.rules import CertificateState, Step, grouped, steps_from
from training.navigation import at_workshop
from training.permissions import TrainingPermission
from training.workshops.queries import ListedWorkshop, listed_workshop

SEE: Final = TrainingPermission.WORKSHOPS_SEE
MANAGE: Final = TrainingPermission.WORKSHOPS_MANAGE

VERBS: Final = {
    Step.SUSPEND: service.suspend,
    Step.REINSTATE: service.reinstate,
    Step.REVOKE: service.revoke,
    Step.REPLACE: service.replace,
}

officers = Pages(
    "certificates",
    "training.certificates",
    url_prefix="/training",
    section="training",
    known_to=SEE,
)


@officers.page("/workshops/<uuid:workshop_id>/certificates", permission=MANAGE)
def index(workshop_id: UUID) -> ResponseReturnValue:
    """Those who earned a certificate of a workshop or have one, and the button that issues."""
    found = service.register(actor(), workshop_id)
    return render(
        "certificates/index.html",
        register=found,
        workshop=found.workshop,
        grouped=grouped,
        states=words.STATES,
        crumbs=_crumbs(found.workshop),
    )


@officers.action("/workshops/<uuid:workshop_id>/certificates/issue", permission=MANAGE)
def issue(workshop_id: UUID) -> ResponseReturnValue:
    """Start a run, and lead to its progress."""
    run = service.start_issuing(actor(), workshop_id)
    return see_other("certificates.progress", issue_run_id=run.id)


@officers.page("/issue-runs/<uuid:issue_run_id>", permission=MANAGE)
def progress(issue_run_id: UUID) -> ResponseReturnValue:
    """How far a run is; the page asks again by itself until it is done."""
    run = service.progress(actor(), issue_run_id)
    workshop = _workshop_at_hand(run.workshop_id)
    return render(
        "certificates/progress.html",
        run=run,
        stuck=service.is_stuck(run),
        workshop=workshop,
        crumbs=_crumbs(workshop, gettext("Issuing")),
    )


@officers.page("/workshops/<uuid:workshop_id>/certificates.zip", permission=MANAGE)
def archive(workshop_id: UUID) -> ResponseReturnValue:
    """Every certificate that stands, in one file."""
    packed = service.archive(actor(), workshop_id)
    if packed is None:
        flash(gettext("No certificate of this workshop stands, so there is nothing to download."))
        return see_other("certificates.index", workshop_id=workshop_id)
    response = send_file(
        packed, "application/zip", as_attachment=True, download_name="certificates.zip"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@officers.page("/certificates/<uuid:certificate_id>", permission=MANAGE)
def show(certificate_id: UUID) -> ResponseReturnValue:
    """One certificate: what it says, whether it stands, and what can be done."""
    held = service.certificate(actor(), certificate_id)
    return render("certificates/show.html", **_about(held))


@officers.form("/certificates/<uuid:certificate_id>/suspend", permission=MANAGE)
def suspend(certificate_id: UUID) -> ResponseReturnValue:
    """Let it not stand for the time being."""
    return _step(Step.SUSPEND, certificate_id)


@officers.form("/certificates/<uuid:certificate_id>/reinstate", permission=MANAGE)
def reinstate(certificate_id: UUID) -> ResponseReturnValue:
    """Let a suspended one stand again."""
    return _step(Step.REINSTATE, certificate_id)


@officers.form("/certificates/<uuid:certificate_id>/revoke", permission=MANAGE)
def revoke(certificate_id: UUID) -> ResponseReturnValue:
    """Take it back for good."""
    return _step(Step.REVOKE, certificate_id)


@officers.form("/certificates/<uuid:certificate_id>/replace", permission=MANAGE)
def replace(certificate_id: UUID) -> ResponseReturnValue:
    """Issue another one in its place."""
    return _step(Step.REPLACE, certificate_id)


def _step(step: Step, certificate_id: UUID) -> ResponseReturnValue:
    """Ask for the reason, take the step, and show what became of it."""
    held = service.certificate(actor(), certificate_id)
    form = Form(schemas.ReasonSchema(), version=held.certificate.version)
    done = []

    def act(data: dict[str, Any]) -> None:
        verb = VERBS[step]
        done.append(verb(actor(), certificate_id, version=form.posted_version, **data))

    if form.accepts(act):
        flash(gettext(words.TOLD[step]), "ok")
        return see_other("certificates.show", certificate_id=done[0].id)
    return form.render(
        "certificates/step.html",
        step=step,
        label=words.STEPS[step],
        effect=words.EFFECTS[step],
        **_about(held, gettext(words.STEPS[step])),
    )


def _about(held: service.Holding, *last: str) -> dict[str, Any]:
    """What the pages of one certificate show."""
    workshop, row = _workshop_at_hand(held.workshop_id), held.certificate
    code = grouped(row.code)
    here = "" if not last else _url("show", held)
    return {
        "held": held,
        "certificate": row,
        "workshop": workshop,
        "code": code,
        "states": words.STATES,
        "steps": [
            Link(gettext(words.STEPS[step]), _url(step, held))
            for step in steps_from(CertificateState(row.state))
        ],
        "crumbs": _crumbs(workshop, (code, here), *((label, "") for label in last)),
    }


def _workshop_at_hand(workshop_id: UUID) -> ListedWorkshop:
    """The workshop that a page is about whose address does not name it."""
    at_workshop(workshop_id)
    return listed_workshop(workshop_id)


def _url(endpoint: str, held: service.Holding) -> str:
    return url_for(f"certificates.{endpoint}", certificate_id=held.certificate.id)


def _crumbs(workshop: ListedWorkshop, *last: str | tuple[str, str]) -> list[Link]:
    index_url = url_for("certificates.index", workshop_id=workshop.id) if last else ""
    return [
        Link(gettext("Workshops"), url_for("workshops.index")),
        Link(workshop.title, url_for("workshop.overview", workshop_id=workshop.id)),
        Link(gettext("Certificates"), index_url),
        *(Link(each, "") if isinstance(each, str) else Link(*each) for each in last),
    ]
