"""The pages of a work plan: tasks and their picture, the starter plan, moving polling day."""

from typing import Any, Final
from uuid import UUID

from flask import Response, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext, ngettext
from markupsafe import Markup
from marshmallow import ValidationError

from kernel.errors import Invalid
from kernel.fields import Schema
from kernel.values import clock
from kernel.web import Form, Pages, actor, attachment, posted_version, render, see_other
from kernel.web.downloads import ICS, XLSX
from kernel.web.languages import direction
from kernel.web.menu import Link
from kernel.web.pictures import Bar, BarState, Milestone, gantt
from missions.missions.queries import Mission
from missions.missions.service import PRECISIONS
from missions.permissions import MissionsPermission
from missions.plan import documents, schemas, service
from missions.plan.service import ChangedPhase, Plan, Task

SEE: Final = MissionsPermission.MISSION_SEE
EDIT: Final = MissionsPermission.PLAN_EDIT

pages = Pages(
    "plan",
    __name__,
    url_prefix="/missions/<uuid:mission_id>/plan",
    section="missions",
    known_to=SEE,
)


@pages.page("", permission=SEE)
def index(mission_id: UUID) -> ResponseReturnValue:
    """The tasks of a mission, drawn and listed."""
    plan = service.plan(actor(), mission_id)
    return render(
        "plan/index.html",
        plan=plan,
        mission=plan.mission,
        chart=_chart(plan) if plan.tasks else "",
        states=schemas.TASK_STATES,
        state_words={state: gettext(word) for state, word in schemas.TASK_STATES.items()},
        crumbs=_crumbs(plan.mission),
        last_day=documents.last_day,
    )


@pages.page("/plan.xlsx", permission=SEE)
def workbook(mission_id: UUID) -> Response:
    """The tasks as a workbook."""
    plan = service.plan(actor(), mission_id)
    return attachment(documents.workbook(plan), "work-plan.xlsx", XLSX)


@pages.page("/plan.ics", permission=SEE)
def calendar(mission_id: UUID) -> Response:
    """The tasks and polling day as a calendar."""
    plan = service.plan(actor(), mission_id)
    return attachment(documents.calendar(plan), "work-plan.ics", ICS)


@pages.action("/start", permission=EDIT)
def start(mission_id: UUID) -> ResponseReturnValue:
    """Fill an empty plan with the starter tasks."""
    service.apply_starter(actor(), mission_id, translate=gettext)
    return _back(mission_id, gettext("The starter plan was added. Change it as you need."))


@pages.form("/tasks/new", permission=EDIT)
def new_task(mission_id: UUID) -> ResponseReturnValue:
    """Add a task."""
    mission = service.plan_for_edit(actor(), mission_id)
    form = Form(schemas.TaskSchema(), values={"timing": "anchored", "days": 1})
    if form.accepts(lambda data: service.add_task(actor(), mission_id, **data)):
        return _back(mission_id, gettext("The task was added."))
    return _task_page(form, mission, gettext("New task"))


@pages.form("/tasks/<uuid:task_id>", permission=EDIT)
def edit_task(mission_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Change a task."""
    mission, task = service.task_for_edit(actor(), mission_id, task_id)
    form = Form(schemas.TaskSchema(), values=service.facts(task), version=task.version)
    if form.accepts(
        lambda data: service.edit_task(
            actor(), mission_id, task_id, version=form.posted_version, **data
        )
    ):
        return _back(mission_id, gettext("The task was saved."))
    return _task_page(form, mission, gettext("Edit task"), task)


@pages.action("/tasks/<uuid:task_id>/state", permission=EDIT)
def set_state(mission_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Say where a task stands."""
    state = _loaded(schemas.TaskStateSchema())["state"]
    service.set_task_state(actor(), mission_id, task_id, version=posted_version(), state=state)
    return _back(mission_id, gettext("The task was saved."))


@pages.action("/tasks/<uuid:task_id>/remove", permission=EDIT)
def remove_task(mission_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Take a task out of the plan."""
    service.remove_task(actor(), mission_id, task_id, version=posted_version())
    return _back(mission_id, gettext("The task was removed."))


@pages.form("/phases/<key>", permission=EDIT)
def edit_phase(mission_id: UUID, key: str) -> ResponseReturnValue:
    """Give a phase other days."""
    mission, phase = service.phase_for_edit(actor(), mission_id, key)
    form = Form(schemas.PhaseSchema(), values=phase, version=phase.version)
    changed = form.outcome_of(
        lambda data: service.change_phase(
            actor(), mission_id, key, version=form.posted_version, **data
        )
    )
    if changed is not None:
        flash(_told(changed), "ok")
        return see_other("mission.overview", mission_id=mission_id)
    return form.render(
        "plan/phase.html",
        mission=mission,
        phase=service.PhaseDays(key, phase.first_day, phase.last_day),
        crumbs=_crumbs(mission, gettext("Change phase")),
    )


@pages.form("/move-polling-day", permission=EDIT)
def move(mission_id: UUID) -> ResponseReturnValue:
    """Enter a new polling day; what it does is shown before it is done."""
    mission = service.plan_for_edit(actor(), mission_id)
    form = Form(schemas.PollingDaySchema(), values=mission)

    def look(data: dict[str, Any]) -> dict[str, Any]:
        service.preview_move(actor(), mission_id, **data)
        return data

    asked = form.outcome_of(look)
    if asked is not None:
        return see_other("plan.preview", mission_id=mission_id, **asked)
    title = gettext("Move polling day")
    return form.render(
        "plan/move.html", mission=mission, title=title, crumbs=_crumbs(mission, title)
    )


@pages.form("/move-polling-day/preview", permission=EDIT)
def preview(mission_id: UUID) -> ResponseReturnValue:
    """Show what a new polling day does, and do it once it is confirmed."""
    service.plan_for_edit(actor(), mission_id)
    try:
        asked = schemas.PollingDaySchema().load(request.args)
    except ValidationError:
        return see_other("plan.move", mission_id=mission_id)
    form = Form(schemas.ConfirmationSchema())
    if form.accepts(
        lambda _: service.move_polling_day(
            actor(), mission_id, version=form.posted_version, **asked
        )
    ):
        return _back(mission_id, gettext("Polling day was moved."))
    planned = service.preview_move(actor(), mission_id, **asked)
    mission = planned.missions[0].mission
    form.version = mission.version
    page = render(
        "plan/preview.html",
        form=form,
        move=planned,
        mission=mission,
        reasons=schemas.REASONS,
        precisions=PRECISIONS,
        crumbs=_crumbs(mission, gettext("Move polling day")),
    )
    return page, 409 if form.conflict else 422 if form.errors else 200


def _told(changed: ChangedPhase) -> str:
    """What a change of a phase did, in one sentence."""
    if changed.budget is None:
        return str(gettext("The phase was saved. No budget line counts on it."))
    if changed.budget.opens_revision:
        return str(gettext("The phase was saved. A draft revision of the budget follows it."))
    return str(
        ngettext(
            "The phase was saved. %(num)s budget line was counted again.",
            "The phase was saved. %(num)s budget lines were counted again.",
            len(changed.budget.lines),
        )
    )


def _loaded(schema: Schema) -> dict[str, Any]:
    """What a button posted; raises Invalid for anything the button would not send."""
    try:
        return schema.load_form(request.form)
    except ValidationError as error:
        raise Invalid(error.messages_dict) from error


def _chart(plan: Plan) -> Markup:
    rows: list[Bar | Milestone] = [
        Bar(
            task.title,
            task.starts_on,
            documents.last_day(task),
            BarState(task.state),
            url=_task_url(task) if plan.may_edit else "",
        )
        for task in plan.tasks
    ]
    day = plan.mission.polling_day
    rows.append(Milestone(gettext("Polling day"), day))
    return gantt(
        sorted(rows, key=lambda row: row.first),
        title=gettext("Work plan"),
        description=gettext(
            "The tasks of the mission around polling day, %(day)s.", day=format_date(day, "long")
        ),
        today=clock.today(plan.mission.time_zone),
        today_label=gettext("Today"),
        month_name=lambda month: str(format_date(month, "MMM")),
        rtl=direction() == "rtl",
    )


def _task_url(task: Task) -> str:
    return url_for("plan.edit_task", mission_id=task.mission_id, task_id=task.id)


def _crumbs(mission: Mission, *last: str) -> list[Link]:
    plan_url = url_for("plan.index", mission_id=mission.id) if last else ""
    return [
        Link(gettext("Missions"), url_for("missions.index")),
        Link(mission.title, url_for("mission.overview", mission_id=mission.id)),
        Link(gettext("Plan"), plan_url),
        *(Link(label, "") for label in last),
    ]


def _task_page(
    form: Form, mission: Mission, title: str, task: Task | None = None
) -> ResponseReturnValue:
    return form.render(
        "plan/task.html",
        mission=mission,
        task=task,
        title=title,
        states=schemas.TASK_STATES,
        crumbs=_crumbs(mission, title),
    )


def _back(mission_id: UUID, told: str) -> ResponseReturnValue:
    flash(told, "ok")
    return see_other("plan.index", mission_id=mission_id)
