"""What accounts answer to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import ngettext

from kernel.accounts import queries
from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission
from kernel.questions.waiting import MOST, Waiting
from kernel.values import clock


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Invitations that nobody accepted in time, by organisation, to whoever admits its people."""
    if not actor.can(KernelPermission.PEOPLE_ADMIT):
        return
    everywhere = actor.can(KernelPermission.ROLES_MANAGE)
    own = [
        each for each in actor.organisation_ids if actor.can(KernelPermission.PEOPLE_ADMIT, each)
    ]
    found = queries.expired_invitations(clock.now(), None if everywhere else own, MOST)
    for expired in found:
        yield Waiting(
            "invitations_expired",
            ngettext(
                "%(num)d invitation has expired: send it again",
                "%(num)d invitations have expired: send them again",
                expired.count,
            ),
            url_for("colleagues.people", organisation_id=expired.organisation_id),
            expired.organisation,
            count=expired.count,
            order=30,
        )
