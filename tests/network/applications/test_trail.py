"""Each step of an application for membership is on the trail, and none names its contact."""

from kernel.values import clock
from network.applications import queries, service
from network.applications.rules import CONTACT_KEPT, ApplicationState, Kind, Letter
from network.members.queries import embs_of
from tests.network.applications.conftest import TYPED
from tests.trails import NOBODY, Deed, Told

REASON = "Decided on 3 March (fictional)."
APPLIES = {"country": "TV", "membership": "applied", "name": TYPED["name"]}


def receive(_nobody, _ids):
    return service.receive(Letter(**TYPED | {"kind": Kind.EMB, "language": "en"}))


def take(state, name="membership_application", reason=REASON):
    def step(who, ids):
        found = queries.application(ids[name])
        service.take_step(
            who, ids[name], version=found.version, step=ApplicationState(state),
            reason=reason, tell=False,
        )  # fmt: skip
        return embs_of(["TV"]).get("TV")

    return step


def forget(_nobody, _ids):
    with clock.frozen(clock.now() + 2 * CONTACT_KEPT):
        service.forget_contacts()


DECLINED = "membership_application declined"
DEEDS = [
    Deed(NOBODY, receive, "membership_application.received", "membership_application", None,
         {"state": "received"}),
    Deed("administrator", take("considered", reason=""), "organisation.created", "organisation",
         None, APPLIES,
         then=[Told("membership_application.considered", "membership_application",
                    {"state": "received"}, {"state": "considered"}, by="administrator")]),
    Deed("administrator", take("admitted"), "organisation.membership_changed", "organisation",
         {"membership": "applied"}, {"membership": "active", "reason": REASON},
         then=[Told("membership_application.admitted", "membership_application",
                    {"state": "considered"}, {"state": "admitted", "reason": REASON},
                    by="administrator")]),
    Deed(NOBODY, receive, "membership_application.received", DECLINED, None,
         {"state": "received"}),
    Deed("administrator", take("declined", DECLINED), "membership_application.declined", DECLINED,
         {"state": "received"}, {"state": "declined", "reason": REASON}),
    Deed(NOBODY, forget, "membership_application.contact_forgotten", "membership_application",
         then=[Told("membership_application.contact_forgotten", DECLINED)]),
]  # fmt: skip


def test_each_step_of_an_application_is_on_the_trail(untold, administrator):
    assert untold(DEEDS, administrator=administrator) == []
