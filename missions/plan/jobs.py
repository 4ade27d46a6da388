"""Mail about plans: whoever plans or approves missions learns that polling day moved."""

from kernel import mail
from kernel.events import subscriber
from kernel.identity.queries import people_who_can
from kernel.values import clock
from missions.missions import queries as missions
from missions.permissions import MissionsPermission
from missions.plan.service.events import PollingDayMoved


@subscriber(PollingDayMoved, "missions.polling_day_moved")
def tell_planners(event: PollingDayMoved) -> None:
    """Tell everybody who plans or approves missions, but not whoever moved the day."""
    concerned = {
        person
        for permission in (MissionsPermission.PLAN_EDIT, MissionsPermission.MISSION_APPROVE)
        for person in people_who_can(permission, clock.now())
    }
    mover = mail.recipient_of(event.moved_by)
    context = {
        "mission_id": event.mission_id,
        "title": missions.title_of(event.mission_id),
        "before": event.before,
        "after": event.after,
        "moved_by": mover.name if mover else None,
    }
    for recipient in mail.recipients_of(sorted(concerned - {event.moved_by})).values():
        mail.queue(recipient, "polling_day_moved", context)
