"""What groups answer to the kernel's questions."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext

from kernel.identity.actor import Actor
from kernel.mail.network import mail_network
from kernel.questions.waiting import MOST, Waiting
from kernel.values import clock
from network.groups import queries
from network.groups.rules import TERM_NOTICE, end_of_day
from network.permissions import NetworkPermission


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Requests to one's groups, one's own invitations, terms that end, and seats to be filled."""
    if not actor.can(NetworkPermission.GROUPS_TAKE_PART):
        return
    zone = mail_network().time_zone
    for row in queries.waiting_for(actor, clock.today(zone) + TERM_NOTICE):
        yield _WORDS[row.kind](row, zone)
    for seat in queries.vacant_seats(actor, MOST):
        text = gettext("Name who sits in %(group)s for your organisation", group=seat.group.name)
        url = url_for("groups.seat", seat_id=seat.seat.id)
        yield Waiting("vacant_seat", text, url, seat.organisation, order=45)


def _request(row: Any, _zone: str) -> Waiting:
    text = gettext("Answer who asks to join %(group)s", group=row.group)
    url = url_for("groups.join_request", request_id=row.target_id)
    return Waiting("join_request", text, url, row.about, order=30)


def _invitation(row: Any, _zone: str) -> Waiting:
    text = gettext("Accept or decline an invitation into a group")
    return Waiting("group_invitation", text, _group(row), row.group, order=30)


def _term(row: Any, zone: str) -> Waiting:
    text = gettext("Prolong a term in %(group)s, or let it end", group=row.group)
    return Waiting("group_term", text, _group(row), row.about, _due(row.due, zone), order=60)


def _chair(row: Any, zone: str) -> Waiting:
    text = gettext("Your term as chair ends: appoint who follows you, or prolong it")
    url = url_for("groups.group", group_id=row.group_id, _anchor="chairs")
    return Waiting("chair_term", text, url, row.group, _due(row.due, zone), order=40)


def _group(row: Any) -> str:
    return url_for("groups.group", group_id=row.group_id)


def _due(last_day: date, zone: str) -> Any:
    return end_of_day(last_day, zone)


_WORDS = {"request": _request, "invitation": _invitation, "term": _term, "chair": _chair}
