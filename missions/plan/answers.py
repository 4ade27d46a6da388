"""What the work plans answer to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import ngettext

from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, SOON, Waiting
from kernel.values import clock
from kernel.values.periods import end_of_day
from missions.permissions import MissionsPermission
from missions.plan import queries


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For planners, by mission, the tasks that should be done by now and those due within a week."""
    if not actor.can(MissionsPermission.PLAN_EDIT):
        return
    for plan in queries.tasks_due(actor, clock.now(), SOON, MOST):
        url = url_for("plan.index", mission_id=plan.mission_id)
        if plan.overdue_on is not None:
            yield Waiting(
                "tasks_overdue",
                ngettext("%(num)d task is overdue", "%(num)d tasks are overdue", plan.overdue),
                url,
                plan.title,
                due=end_of_day(plan.overdue_on, plan.time_zone),
                count=plan.overdue,
            )
        if plan.soon_on is not None:
            yield Waiting(
                "tasks_due",
                ngettext("%(num)d task to finish", "%(num)d tasks to finish", plan.soon),
                url,
                plan.title,
                due=end_of_day(plan.soon_on, plan.time_zone),
                count=plan.soon,
            )
