"""Functions at an organisation: given by who looks after it, held by one person, deputised by another."""

import pytest
from sqlalchemy import delete, select

from kernel.accounts.services import colleagues
from kernel.admin.people import service as roles
from kernel.audit.models import AuditEntry
from kernel.db import db
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.identity.models import Affiliation, RoleGrant
from network.people import queries, service
from network.people.rules import SEATS, Function, Seat, check_seats

HEAD, DEPUTY = Seat(Function.HEAD), Seat(Function.HEAD, deputy=True)
FOCAL, FOCAL_DEPUTY = Seat(Function.FOCAL_POINT), Seat(Function.FOCAL_POINT, deputy=True)


@pytest.fixture
def keeper(factory, namibia):
    """The administrator of the body in Africa."""
    return factory.actor("Keeper Fictional", organisation=namibia, roles=["emb_administrator"])


@pytest.fixture
def give(acting, keeper, namibia):
    """Say who holds what: `give({HEAD: selma})`."""

    def change(chosen, actor=keeper, organisation=namibia, version=None):
        with acting(actor):
            stands = queries.functions_version(organisation.id)
            service.change_functions(
                actor,
                organisation.id,
                version=stands if version is None else version,
                chosen={seat: who.person_id if who else None for seat, who in chosen.items()},
            )

    return change


@pytest.fixture
def held(acting, keeper, namibia):
    """The names of who holds what, by the name of the seat."""

    def names():
        with acting(keeper):
            return {
                Seat(Function(one.function), one.deputy).key: one.name.split()[0]
                for one in queries.seats_at(namibia.id)
            }

    return names


def test_functions_and_deputies_are_chosen_on_one_page(browser_for, keeper, namibia, selma, tomas):
    browser = browser_for(keeper)
    page = browser.get(f"/network/members/{namibia.id}")
    assert "No focal point" in page.text
    page = browser.get(page.links()["Change the functions"])
    done = browser.submit(
        page,
        "Save",
        head=str(selma.person_id),
        focal_point=str(tomas.person_id),
        focal_point_deputy=str(selma.person_id),
    )
    assert "The functions were saved." in done.text
    assert "No focal point" not in done.text
    table = {
        "".join(row.find("th").itertext()): [
            "".join(cell.itertext()).split("since")[0].strip() for cell in row.findall("td")
        ]
        for row in done.document.iter("tr")
        if row.find("td") is not None
    }
    assert table["Head of the organisation"] == ["Selma Fictional", "–"]
    assert table["Focal point"] == ["Tomas Fictional", "Selma Fictional"]
    person = browser.get(f"/network/people/{selma.person_id}")
    assert "Deputy focal point" in person.text


def test_a_focal_point_looks_after_her_organisation_from_the_next_request(
    give, browser_for, factory, selma, tomas, namibia
):
    browser = browser_for(selma)
    path = f"/organisations/{namibia.id}/people"
    assert browser.get(path).status == 403
    give({FOCAL: selma})
    assert browser.get(path).status == 200
    give({FOCAL: tomas})
    assert browser.get(path).status == 403
    assert factory.reload(tomas.person_id).has_role("focal_point")


def test_a_focal_point_hands_on_her_function(give, held, factory, selma, tomas):
    give({FOCAL: selma})
    give({FOCAL: tomas}, actor=factory.reload(selma.person_id))
    assert held() == {"focal_point": "Tomas"}


def test_who_does_not_look_after_an_organisation_gives_nothing_out(give, selma, mere, fiji):
    for actor in (selma, mere):
        with pytest.raises(Forbidden):
            give({HEAD: selma}, actor=actor)


def test_an_administrator_of_another_organisation_gives_nothing_out(
    give, keeper, browser_for, fiji, mere
):
    with pytest.raises(Forbidden):
        give({HEAD: mere}, organisation=fiji)
    assert browser_for(keeper).get(f"/network/people/at/{fiji.id}/functions").status == 403


def test_nobody_from_elsewhere_holds_a_function(give, mere):
    with pytest.raises(Refused, match="works for this organisation") as refused:
        give({HEAD: mere})
    assert refused.value.field == "head"


def test_nobody_is_her_own_deputy():
    [person] = [object()]
    with pytest.raises(Refused, match="another deputy") as refused:
        check_seats({seat: person if seat in (HEAD, DEPUTY) else None for seat in SEATS}, [person])
    assert refused.value.field == "head_deputy"


def test_two_people_giving_out_functions_meet(give, selma, tomas):
    give({HEAD: selma})
    with pytest.raises(Conflict):
        give({HEAD: tomas}, version=0)


def test_an_organisation_that_does_not_exist_has_no_functions(acting, keeper, mere):
    with acting(keeper), pytest.raises(NotFound):
        service.functions_for_change(keeper, mere.person_id)


def test_functions_end_with_the_affiliation(
    give, held, acting, run_jobs, keeper, namibia, selma, tomas, inside
):
    give({HEAD: selma, DEPUTY: tomas})
    with acting(keeper):
        affiliation = db.session.scalars(
            select(Affiliation.id).where(Affiliation.person_id == selma.person_id)
        ).one()
        colleagues.end_affiliation(keeper, affiliation)
    assert held() == {"head_deputy": "Tomas"}
    run_jobs()
    with inside():
        assert queries.held_by(selma.person_id, namibia.id) == []
    give({HEAD: tomas, DEPUTY: None})
    assert held() == {"head": "Tomas"}


def test_the_function_follows_the_role_where_that_is_given_elsewhere(
    acting, administrator, run_jobs, held, namibia, selma, tomas
):
    for who in (selma, tomas):
        with acting(administrator):
            roles.grant_role(
                administrator, who.person_id, role="focal_point", organisation_id=namibia.id
            )
        run_jobs()
    assert held() == {"focal_point": "Selma", "focal_point_deputy": "Tomas"}
    with acting(administrator):
        grant = next(
            one for one in roles.queries.grants(selma.person_id) if one.role == "focal_point"
        )
        roles.revoke_role(administrator, selma.person_id, grant.id)
    run_jobs()
    assert held() == {"focal_point_deputy": "Tomas"}


def test_roles_given_before_there_were_functions_take_their_seats_once(
    factory, acting, administrator, held, namibia, fiji
):
    for name in ("Selma Fictional", "Tomas Fictional", "Third Fictional"):
        factory.actor(name, organisation=namibia, roles=["focal_point"])
    factory.actor("Mere Fictional", organisation=fiji)
    with acting(administrator):
        assert service.follow_all_focal_points() == 1
    assert held() == {"focal_point": "Selma", "focal_point_deputy": "Tomas"}
    with acting(administrator):
        trail = select(AuditEntry).where(AuditEntry.action == "organisation.function_changed")
        assert len(db.session.scalars(trail).all()) == 2
        service.follow_all_focal_points()
        assert len(db.session.scalars(trail).all()) == 2


def test_a_seat_without_its_role_is_left_at_night(acting, administrator, give, held, selma, tomas):
    give({FOCAL: selma, HEAD: tomas})
    with acting(administrator):
        db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == selma.person_id))
    with acting(administrator):
        assert service.follow_all_focal_points() == 1
        assert service.follow_all_focal_points() == 0
    assert held() == {"head": "Tomas"}


def test_the_api_gives_out_functions_on_the_version_that_was_read(
    app, tenant, api_token, keeper, namibia, selma
):
    client, path = app.test_client(), f"/api/v1/directory/organisations/{namibia.id}/functions"
    options = {
        "base_url": f"http://{tenant.host}",
        "headers": {"Authorization": f"Bearer {api_token(keeper)}"},
    }
    read = client.get(path, **options)
    assert set(read.json) == {seat.key for seat in SEATS}
    body = {"it": str(selma.person_id)}
    assert client.put(path, json=body, **options).status_code == 428
    options["headers"]["If-Match"] = read.headers["ETag"]
    assert client.put(path, json=body, **options).json["it"] == str(selma.person_id)
    late = client.put(path, json=body, **options)
    assert late.status_code == 409
