"""What the directory says waits for who looks after it."""

import pytest


@pytest.fixture
def told(waiting):
    """`told(actor)` is the text and the address of what waits for her among the members."""
    return lambda actor: [
        (each["text"], each["url"])
        for each in waiting(actor)
        if each["kind"] in {"focal_points_missing", "names_to_confirm"}
    ]


@pytest.fixture
def administrator(factory):
    secretariat = factory.organisation("Secretariat", kind="secretariat")
    return factory.actor(organisation=secretariat, roles=["network_administrator"])


def test_members_without_a_focal_point_wait_for_the_administrator(factory, administrator, told):
    factory.organisation()
    focal = factory.actor(roles=["focal_point"])
    assert told(administrator) == [
        (
            "1 member has no focal point: invite one",
            "/network/members?flag=no-focal-point",
        )
    ]
    assert told(focal) == []


def test_names_made_up_for_members_wait_to_be_confirmed(factory, administrator, told):
    for _ in range(2):
        body = factory.organisation(name_is_fallback=True)
        factory.actor(organisation=body, roles=["focal_point"])
    assert told(administrator) == [
        ("Confirm the names of 2 members", "/network/members?flag=name-to-confirm")
    ]


def test_nothing_waits_where_every_member_is_complete(factory, administrator, told):
    factory.actor(roles=["focal_point"])
    assert told(administrator) == []
