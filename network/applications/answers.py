"""What applications for membership answer to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import ngettext

from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission
from kernel.questions.waiting import Waiting
from network.applications import queries


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For who looks after the members: organisations that applied and have no answer yet."""
    if not actor.can(KernelPermission.MEMBERS_MANAGE):
        return
    if count := queries.to_decide():
        text = ngettext(
            "%(num)d organisation applies for membership: decide on it",
            "%(num)d organisations apply for membership: decide on them",
            count,
        )
        url = url_for("membership_applications.index")
        yield Waiting("membership_applications", text, url, count=count, order=50)
