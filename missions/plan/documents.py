"""A work plan as a workbook and as a calendar, in the language of the reader."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext

from kernel.documents.calendar import CalendarEvent, ics
from kernel.documents.sheets import Sheet, xlsx
from kernel.values import clock
from kernel.web.languages import direction
from missions.plan.rules import TaskState
from missions.plan.schemas import TASK_STATES
from missions.plan.service import Plan, Task


def last_day(task: Task) -> date:
    """The last day of a task, itself included."""
    return task.starts_on + timedelta(days=task.days - 1)


def workbook(plan: Plan) -> bytes:
    """The tasks of a plan as a workbook."""
    sheet = Sheet(
        title=gettext("Work plan"),
        headings=[
            gettext("Task"),
            gettext("Days from polling day"),
            gettext("From"),
            gettext("To"),
            gettext("Days"),
            gettext("State"),
            gettext("Note"),
        ],
        rows=[
            [
                task.title,
                task.offset_days,
                task.starts_on,
                last_day(task),
                task.days,
                gettext(TASK_STATES[TaskState(task.state)]),
                task.note,
            ]
            for task in plan.tasks
        ],
        rtl=direction() == "rtl",
    )
    return xlsx([sheet])


def calendar(plan: Plan) -> bytes:
    """The tasks of a plan and its polling day as a calendar."""
    mission = plan.mission
    events = [
        CalendarEvent(
            uid=f"{task.id}@comitia",
            summary=task.title,
            starts=task.starts_on,
            ends=last_day(task),
            changed_at=clock.now(),
            description=task.note,
        )
        for task in plan.tasks
    ]
    polling_day = CalendarEvent(
        uid=f"{mission.id}-polling-day@comitia",
        summary=gettext("Polling day: %(mission)s", mission=mission.title),
        starts=mission.polling_day,
        changed_at=clock.now(),
        url=url_for("mission.overview", mission_id=mission.id, _external=True),
    )
    return ics(mission.title, [*events, polling_day])
