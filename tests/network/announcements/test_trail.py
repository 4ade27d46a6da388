"""Whatever is done with announcements is on the trail, what jobs do among it."""

from datetime import UTC, date, datetime

from kernel.values import clock
from network.announcements import queries, service
from network.announcements.rules import Audience, Content
from tests.network.announcements.conftest import ENGLISH
from tests.trails import NOBODY, Deed

MOMENT = datetime(2090, 3, 1, 9, tzinfo=UTC)
AFTER_IT = datetime(2090, 5, 1, tzinfo=UTC)
SENT = Content(
    (ENGLISH,),
    Audience(everybody=True),
    must_acknowledge=True,
    due_on=date(2090, 4, 1),
    expires_on=date(2090, 4, 20),
)
DRAFTED = {
    "audience": Audience(everybody=True).as_data(),
    "must_acknowledge": False,
    "due_on": None,
    "expires_on": None,
}


def draft(who, _ids):
    return service.draft(who, Content((ENGLISH,), Audience(everybody=True)))


def stands(ids, name="announcement"):
    return queries.announcement(ids[name]).version


def change(who, ids):
    service.change(who, ids["announcement"], SENT, version=stands(ids))


def schedule(who, ids):
    service.schedule(who, ids["announcement"], version=stands(ids), at=MOMENT)


def take_back(who, ids):
    service.take_back(who, ids["announcement"], version=stands(ids))


def discard(who, ids):
    service.discard(who, ids["announcement discarded"], version=1)


def later(moment, act):
    def do(_nobody, _ids):
        with clock.frozen(moment):
            act()

    return do


WAITS = {"state": "scheduled", "scheduled_for": MOMENT.isoformat()}
DEEDS = [
    Deed("secretariat", draft, "announcement.drafted", "announcement discarded", None, DRAFTED),
    Deed("secretariat", discard, "announcement.discarded", "announcement discarded", DRAFTED),
    Deed("secretariat", draft, "announcement.drafted", "announcement", None, DRAFTED),
    Deed("secretariat", change, "announcement.changed", "announcement",
         {"must_acknowledge": False, "due_on": None, "expires_on": None},
         {"must_acknowledge": True, "due_on": "2090-04-01", "expires_on": "2090-04-20"}),
    Deed("secretariat", schedule, "announcement.scheduled", "announcement",
         {"state": "draft"}, WAITS),
    Deed("secretariat", take_back, "announcement.taken_back", "announcement",
         {"state": "scheduled"}, {"state": "draft"}),
    Deed("secretariat", schedule, "announcement.scheduled", "announcement",
         {"state": "draft"}, WAITS),
    Deed(NOBODY, later(MOMENT, service.send_due), "announcement.sent", "announcement",
         {"state": "scheduled"}, {"state": "sent", "people": 5}),
    Deed("focal", lambda who, ids: service.acknowledge(who, ids["announcement"]),
         "announcement.acknowledged", "announcement", None, {"via": "web"}),
    Deed(NOBODY, later(AFTER_IT, service.expire), "announcement.expired", "announcement",
         {"state": "sent"}, {"state": "expired"}),
]  # fmt: skip


def test_whatever_is_done_with_an_announcement_is_on_the_trail(untold, cast):
    assert untold(DEEDS, secretariat=cast.secretariat, focal=cast.focal) == []
