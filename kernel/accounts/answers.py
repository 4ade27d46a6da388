"""What accounts answer to the kernel's questions."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext, ngettext

from kernel.accounts import queries
from kernel.identity.actor import Actor
from kernel.identity.permissions import KernelPermission
from kernel.mail import bounces
from kernel.questions.waiting import MOST, Waiting
from kernel.values import clock


def waiting(actor: Actor) -> Iterator[Waiting]:
    """One's own mail that stopped; to whoever admits people, theirs, and invitations nobody accepted."""
    if bounces.suspended_since(actor.account_id) is not None:
        yield Waiting(
            "mail_stopped",
            gettext("Mail to you came back, so no more is sent: confirm your address"),
            url_for("accounts.account", _anchor="sign-in"),
            order=5,
        )
    if not actor.can(KernelPermission.PEOPLE_ADMIT):
        return
    everywhere = actor.can(KernelPermission.ROLES_MANAGE)
    own = [
        each for each in actor.organisation_ids if actor.can(KernelPermission.PEOPLE_ADMIT, each)
    ]
    organisations = None if everywhere else own
    for expired in queries.expired_invitations(clock.now(), organisations, MOST):
        yield _invitations_expired(expired)
    for stopped in queries.mail_stopped(clock.now(), organisations, MOST):
        yield _mail_stopped(stopped)


def _invitations_expired(expired: queries.ExpiredInvitations) -> Waiting:
    return Waiting(
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


def _mail_stopped(stopped: queries.MailStopped) -> Waiting:
    return Waiting(
        "mail_of_colleagues_stopped",
        ngettext(
            "Mail to %(num)d person came back: ask for the right address",
            "Mail to %(num)d people came back: ask for the right addresses",
            stopped.count,
        ),
        url_for("colleagues.people", organisation_id=stopped.organisation_id),
        stopped.organisation,
        count=stopped.count,
        order=35,
    )
