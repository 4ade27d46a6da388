"""What teams answer to the kernel's questions: what waits for who makes them up."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import ngettext

from kernel.identity.actor import Actor
from kernel.questions.waiting import MOST, Waiting
from missions.permissions import MissionsPermission
from missions.roster import queries


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Missions with people nominated who no longer agree to be found."""
    if not actor.can(MissionsPermission.TEAM_EDIT):
        return
    for mission_id, title, people in queries.without_consent(MOST):
        text = ngettext(
            "%(num)d person nominated withdrew their consent: decide on the nomination",
            "%(num)d people nominated withdrew their consent: decide on the nominations",
            people,
        )
        url = url_for("team.index", mission_id=mission_id)
        yield Waiting("consent_withdrawn", text, url, title, count=people, order=25)
