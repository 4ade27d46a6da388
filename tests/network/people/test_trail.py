"""Functions at an organisation, their roles, and what people say of themselves are on the trail."""

from network.people import queries, service
from network.people.rules import Function, Seat
from tests.trails import SEALED, Deed, Told


def name_focal_point(who, ids):
    stands = queries.functions_version(ids["organisation"])
    chosen = {Seat(Function.FOCAL_POINT): ids["colleague"]}
    service.change_functions(who, ids["organisation"], version=stands, chosen=chosen)


def describe(who, _ids):
    return service.change_profile(
        who, version=0, position="Registrar", languages=[], expertise=["Ink"],
        about="Ten elections.", phone="", audiences={},
    )  # fmt: skip


SAID = ("about", "expertise", "position")
DEEDS = [
    Deed("administrator", name_focal_point, "organisation.focal_point_roles_changed",
         "organisation", {"focal_point": []}, {"focal_point": ["colleague"]},
         then=[Told("organisation.function_changed", "organisation", {"focal_point": None},
                    {"focal_point": "colleague"}, by="administrator")]),
    Deed("colleague", describe, "profile.changed", "profile",
         dict.fromkeys(SAID, SEALED), dict.fromkeys(SAID, SEALED), about="colleague"),
]  # fmt: skip


def test_who_holds_what_and_what_people_say_is_on_the_trail(untold, factory):
    organisation = factory.organisation("Testland")
    known = {
        "organisation": organisation,
        "administrator": factory.actor(roles=["network_administrator"]),
        "colleague": factory.actor("Cora Colleague", organisation=organisation),
    }
    assert untold(DEEDS, **known) == []
