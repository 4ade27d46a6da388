"""The mail to planners: somebody nominated no longer agrees to be found."""

from uuid import UUID

from kernel import mail
from kernel.identity.queries import people_who_can
from kernel.questions.waiting import MOST
from kernel.values import clock
from missions.permissions import MissionsPermission
from missions.roster import queries


def tell_planners(person_id: UUID) -> None:
    """Queue a mail to whoever makes up teams, with the missions a person is nominated for without consent."""
    missions = queries.without_consent(MOST, person_id)
    if not missions:
        return
    planners = people_who_can(MissionsPermission.TEAM_EDIT, clock.now())
    others = [planner for planner in planners if planner != person_id]
    context = {"name": queries.person_name(person_id), "missions": missions}
    for recipient in mail.recipients_of(others).values():
        mail.queue(recipient, "consent_withdrawn", context)
