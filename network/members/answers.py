"""What the directory of members answers to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import ngettext

from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission
from kernel.questions.waiting import Waiting
from network.members import queries
from network.members.rules import Flag


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For who looks after the members: those without a focal point, and names nobody confirmed."""
    if not actor.can(KernelPermission.MEMBERS_MANAGE):
        return
    counts = queries.flagged()
    if count := counts[Flag.NO_FOCAL_POINT]:
        text = ngettext(
            "%(num)d member has no focal point: invite one",
            "%(num)d members have no focal point: invite one for each",
            count,
        )
        url = url_for("members.index", flag=Flag.NO_FOCAL_POINT)
        yield Waiting("focal_points_missing", text, url, count=count, order=60)
    if count := counts[Flag.NAME_TO_CONFIRM]:
        text = ngettext(
            "Confirm the name of %(num)d member", "Confirm the names of %(num)d members", count
        )
        url = url_for("members.index", flag=Flag.NAME_TO_CONFIRM)
        yield Waiting("names_to_confirm", text, url, count=count, order=70)
